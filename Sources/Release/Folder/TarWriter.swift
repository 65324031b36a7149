import Foundation
import Imaging

/// Writes files into a tar file of the POSIX.1-1988 form (ustar), the same bytes for the same files.
enum TarWriter {
    private static let blockSize = 512

    /// Writes a tar file, complete and durable or not at all.
    ///
    /// - Parameters:
    ///   - entries: the path in the tar file of each file, and where the file is.
    ///   - path: the tar file, which must not be there yet.
    ///   - modified: the time of all entries, in seconds since 1970.
    /// - Throws: `ReleaseError.folder` or `.file`.
    static func write(
        _ entries: [(path: String, file: String)],
        to path: String,
        modified: Int64
    ) throws(ReleaseError) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o444)
        guard descriptor >= 0 else { throw .folder(path: path, errorNumber: errno) }
        defer { close(descriptor) }
        do throws(ImagingError) {
            for entry in entries {
                let bytes = try File.read(
                    entry.file,
                    limits: DecodingLimits(maximumByteCount: .max)
                )
                guard let header = header(entry.path, size: bytes.count, modified) else {
                    throw ImagingError.file(
                        path: entry.path,
                        action: .write,
                        errorNumber: ENAMETOOLONG
                    )
                }
                let padding = (blockSize - bytes.count % blockSize) % blockSize
                try File.write(header, to: descriptor, path)
                try File.write(bytes, to: descriptor, path)
                try File.write([UInt8](repeating: 0, count: padding), to: descriptor, path)
            }
            try File.write([UInt8](repeating: 0, count: 2 * blockSize), to: descriptor, path)
        } catch { throw .file(error) }
        guard fsync(descriptor) == 0 else { throw .folder(path: path, errorNumber: errno) }
    }

    /// The block before an entry's bytes; nil where the path does not fit.
    static func header(_ path: String, size: Int, _ modified: Int64) -> [UInt8]? {
        guard path.utf8.count <= 100 else { return nil }
        var block = [UInt8](repeating: 0, count: blockSize)
        func put(_ text: String, at offset: Int) {
            block.replaceSubrange(offset..<offset + text.utf8.count, with: text.utf8)
        }
        func octal(_ number: some BinaryInteger, digits: Int) -> String {
            let text = String(number, radix: 8)
            return String(repeating: "0", count: max(0, digits - text.count)) + text
        }
        put(path, at: 0)
        put(octal(0o644, digits: 7), at: 100)
        put(octal(0, digits: 7), at: 108)
        put(octal(0, digits: 7), at: 116)
        put(octal(size, digits: 11), at: 124)
        put(octal(modified, digits: 11), at: 136)
        // The sum of all bytes, with spaces in its own place.
        put(String(repeating: " ", count: 8), at: 148)
        put("0", at: 156)
        put("ustar\u{0}00", at: 257)
        let sum = block.reduce(0) { $0 + Int($1) }
        put(octal(sum, digits: 6) + "\u{0} ", at: 148)
        return block
    }
}
