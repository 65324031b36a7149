import Foundation

/// A safetensors file, mapped into memory and read when its tensors are used.
///
/// The file must not be shortened while the object or a tensor of it lives: the system ends a program
/// that reads mapped bytes which are gone. Replacing it by renaming, as `Safetensors.write` does, is harmless.
public final class SafetensorsFile {
    /// Where the file is.
    public let path: String
    /// The names of the tensors, in the order of their bytes.
    public let keys: [String]
    /// The free text that the file carries.
    public let metadata: [String: String]

    private let entries: [String: SafetensorsHeader.Entry]
    private let mapping: FileMapping
    private let dataOffset: Int

    /// Maps the file and checks its whole header, but reads no tensor.
    ///
    /// - Throws: `SafetensorsError` for a file that cannot be opened or breaks the format in any way.
    public init(path: String) throws(SafetensorsError) {
        let mapping = try FileMapping(path: path)
        let bytes = mapping.bytes
        guard bytes.count >= 8 else { throw .tooShort(path: path, byteCount: bytes.count) }
        let claimed = UInt64(littleEndian: bytes.loadUnaligned(as: UInt64.self))
        let available = bytes.count - 8
        let limit = SafetensorsHeader.byteLimit
        guard claimed <= min(available, limit) else {
            throw .headerTooLong(path: path, claimed: claimed, available: available, limit: limit)
        }
        dataOffset = 8 + Int(claimed)
        let header = try SafetensorsHeader(
            UnsafeRawBufferPointer(rebasing: bytes[8..<dataOffset]),
            available: bytes.count - dataOffset,
            path: path
        )
        self.path = path
        self.mapping = mapping
        metadata = header.metadata
        keys = header.entries.map(\.key)
        entries = Dictionary(header.entries.map { ($0.key, $0) }) { first, _ in first }
    }

    /// The shape of a tensor, nil where there is none of that name.
    public func shape(of key: String) -> [Int]? { entries[key]?.shape }

    /// The type of a tensor, nil where there is none of that name or its type is not supported.
    public func dtype(of key: String) -> DType? {
        entries[key].flatMap { DType(safetensorsName: $0.dtype) }
    }

    /// The tensor of that name, without copying its bytes.
    ///
    /// Writing to it in place changes neither the file nor other programs' view of it, but every tensor of
    /// that name that this object gives.
    ///
    /// - Throws: `SafetensorsError` where there is none, or one of an unsupported type.
    public func tensor(named key: String) throws -> Tensor {
        guard let entry = entries[key] else {
            let nearest = key.nearest(in: keys)
            throw SafetensorsError.unknownKey(path: path, key: key, nearest: nearest)
        }
        guard let dtype = DType(safetensorsName: entry.dtype) else {
            throw SafetensorsError.unsupportedDType(path: path, key: key, dtype: entry.dtype)
        }
        let bytes = bytes(of: entry)
        // Any other byte is undefined behaviour in C++, which may turn it into a wrong count of elements.
        if dtype == .bool, let byte = bytes.first(where: { $0 > 1 }) {
            throw SafetensorsError.invalidBoolean(path: path, key: key, byte: byte)
        }
        return try withTorchErrors {
            guard let start = bytes.baseAddress, !bytes.isEmpty else {
                return Tensor.zeros(entry.shape, dtype: dtype)
            }
            guard Int(bitPattern: start).isMultiple(of: dtype.byteCount) else {
                return Tensor(copying: bytes, entry.shape, dtype: dtype)
            }
            return Tensor.over(start, shape: entry.shape, dtype: dtype, owner: mapping)
        }
    }

    /// Gives back the memory of a tensor's bytes, which the next use reads from the file again.
    ///
    /// For a tensor that has been copied; what was written to one in place is lost.
    package func evict(_ key: String) {
        if let entry = entries[key] { mapping.evict(bytes(of: entry)) }
    }

    private func bytes(of entry: SafetensorsHeader.Entry) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(
            rebasing: mapping.bytes[(dataOffset + entry.begin)..<(dataOffset + entry.end)]
        )
    }
}

@available(*, unavailable)
extension SafetensorsFile: Sendable {}

/// The bytes of a file in memory, until the last reference goes.
private final class FileMapping {
    let bytes: UnsafeRawBufferPointer

    init(path: String) throws(SafetensorsError) {
        // Not blocking, for a pipe that nobody writes to.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw .cannotOpen(path: path, errno: errno) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw .cannotOpen(path: path, errno: errno) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .notAFile(path: path) }
        let count = Int(status.st_size)
        guard count > 0 else { throw .tooShort(path: path, byteCount: 0) }
        // Private and writable, so that an in-place operation changes pages of this process only;
        // not reserved, since hardly any page is ever written.
        let flags = MAP_PRIVATE | MAP_NORESERVE
        let start = mmap(nil, count, PROT_READ | PROT_WRITE, flags, descriptor, 0)
        guard let start, start != MAP_FAILED else { throw .cannotOpen(path: path, errno: errno) }
        bytes = UnsafeRawBufferPointer(start: start, count: count)
    }

    /// Drops the pages that lie wholly in `part`; others may hold what belongs to a neighbour.
    func evict(_ part: UnsafeRawBufferPointer) {
        let page = Int(sysconf(Int32(_SC_PAGESIZE)))
        let start = Int(bitPattern: part.baseAddress)
        let first = (start + page - 1) / page * page
        let end = (start + part.count) / page * page
        guard first < end, let pages = UnsafeMutableRawPointer(bitPattern: first) else { return }
        // Advice: where it fails, the pages stay.
        madvise(pages, end - first, Int32(MADV_DONTNEED))
    }

    deinit { munmap(UnsafeMutableRawPointer(mutating: bytes.baseAddress), bytes.count) }
}
