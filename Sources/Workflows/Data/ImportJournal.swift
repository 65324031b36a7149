import Crypto
import Foundation
import Glibc

/// What was imported from which file: the memory of imports into one set, kept apart from the set.
///
/// A file of one JSON object a line, to which lines are only added; a line is on the disk before the
/// next file begins. Beside it lies the key that turns patients into pseudonyms.
final class ImportJournal {
    /// An image of the set.
    struct Image: Codable {
        /// Below the set's folder.
        let file: String
        /// Equal for equal pixels.
        let pixelSHA256: String
        /// `PerceptualHash` in digits.
        let perceptualHash: String
        /// The pseudonym.
        let patient: String
        let part: PatientSplit.Part
        let facts: ImageFacts
    }

    /// A file that was imported.
    struct Entry: Codable {
        let path: String
        let sha256: String
        let images: [Image]
        /// Images of the set that the others of the file are equal to.
        var duplicates: [String] = []
    }

    private(set) var entries: [Entry] = []
    private let path: String
    private let descriptor: Int32
    private let key: SymmetricKey

    /// Opens or begins the journal of a set, for this process alone.
    ///
    /// - Parameters:
    ///   - folder: holds journals and key; it is made, for its owner only, where it is missing.
    ///   - set: the set's name.
    /// - Throws: `DataSetError`.
    init(folder: String, set: String) throws(DataSetError) {
        if mkdir(folder, 0o700) != 0, errno != EEXIST {
            throw .file(path: folder, errorNumber: errno)
        }
        key = try Self.key(at: "\(folder)/key")
        path = "\(folder)/\(set).jsonl"
        descriptor = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .file(path: path, errorNumber: errno) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else { throw .busy(path: path) }
        try readEntries()
    }

    deinit { close(descriptor) }

    /// The name that a patient has in the data set: the same for the same, and telling nothing
    /// without the key.
    func pseudonym(of patient: String) -> String {
        let code = HMAC<SHA256>.authenticationCode(for: Data(patient.utf8), using: key)
        return "p" + code.prefix(6).map { Self.twoDigits($0) }.joined()
    }

    /// Adds an entry and waits until it is on the disk.
    func append(_ entry: Entry) throws(DataSetError) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard var line = try? encoder.encode(entry) else {
            throw .file(path: path, errorNumber: EINVAL)
        }
        line.append(UInt8(ascii: "\n"))
        var rest = Array(line)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { throw .file(path: path, errorNumber: errno) }
            rest = rest.dropFirst(count)
        }
        guard fsync(descriptor) == 0 else { throw .file(path: path, errorNumber: errno) }
        entries.append(entry)
    }

    /// Reads what is there; a last line that was cut short is taken off.
    private func readEntries() throws(DataSetError) {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw .file(path: path, errorNumber: EIO)
        }
        let whole = data.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        if whole < data.count, ftruncate(descriptor, off_t(whole)) != 0 {
            throw .file(path: path, errorNumber: errno)
        }
        let lines = data.prefix(whole).split(separator: UInt8(ascii: "\n"))
        for (index, line) in lines.enumerated() {
            do { entries.append(try JSONDecoder().decode(Entry.self, from: Data(line))) } catch {
                throw .journal(path: path, line: index + 1, problem: "this is no entry")
            }
        }
    }

    private static func key(at path: String) throws(DataSetError) -> SymmetricKey {
        if let text = FileManager.default.contents(atPath: path),
            let bytes = Data(base64Encoded: String(decoding: text, as: UTF8.self)),
            bytes.count == 32
        {
            return SymmetricKey(data: bytes)
        }
        let key = SymmetricKey(size: .bits256)
        let text = Data(key.withUnsafeBytes { Data($0) }.base64EncodedString().utf8)
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .file(path: path, errorNumber: errno) }
        defer { close(descriptor) }
        let count = text.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
        guard count == text.count, fsync(descriptor) == 0 else {
            throw .file(path: path, errorNumber: errno)
        }
        return key
    }

    private static func twoDigits(_ byte: UInt8) -> String {
        (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }
}
