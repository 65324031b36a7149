import Glibc

/// The first bytes of an SQLite file, read before SQLite may change any of them.
///
/// - SeeAlso: "Database File Format", section 1.3, at sqlite.org.
struct DatabaseHeader {
    private static let byteCount = 100
    private static let magic = Array("SQLite format 3\0".utf8)

    /// Counts changes of the schema; 0 where there never was a table.
    let schemaCookie: UInt32
    /// Whose file it is.
    let applicationID: UInt32

    /// Reads a header; nil for a file that is not there, is empty, or is no database.
    init?(path: String) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: Self.byteCount)
        guard read(descriptor, &bytes, bytes.count) == bytes.count, bytes.starts(with: Self.magic)
        else { return nil }
        func number(at offset: Int) -> UInt32 {
            bytes[offset..<(offset + 4)].reduce(0) { $0 << 8 | UInt32($1) }
        }
        schemaCookie = number(at: 40)
        applicationID = number(at: 68)
    }

    /// Throws `ArchiveError.notAnArchive` for a database that another program has made.
    func check(path: String) throws(ArchiveError) {
        guard applicationID == UInt32(ArchiveSchema.applicationID) || schemaCookie == 0 else {
            throw .notAnArchive(path: path)
        }
    }
}
