public import Foundation

/// A folder that is gone when the test ends.
public final class TemporaryFolder: Sendable {
    /// Where it is.
    public let path: String

    /// Makes an empty folder.
    ///
    /// - Throws: what Foundation says of the place for temporary files.
    public init() throws {
        path =
            FileManager.default.temporaryDirectory
            .appending(path: "skiagraph-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// The names in it, sorted.
    ///
    /// - Throws: what Foundation says of the folder.
    public func names() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: path).sorted()
    }

    /// Where a file of that name is or would be.
    public func file(_ name: String) -> String { "\(path)/\(name)" }

    /// The content of a file.
    ///
    /// - Throws: what Foundation says of the file.
    public func data(_ name: String) throws -> Data {
        try Data(contentsOf: URL(filePath: file(name)))
    }

    /// The content of a file of text.
    ///
    /// - Throws: what Foundation says of the file.
    public func text(_ name: String) throws -> String {
        try String(contentsOfFile: file(name), encoding: .utf8)
    }

    /// Writes a file and returns where it is.
    ///
    /// - Throws: what Foundation says of the file.
    @discardableResult
    public func write(_ bytes: some Sequence<UInt8>, to name: String) throws -> String {
        try Data(bytes).write(to: URL(filePath: file(name)))
        return file(name)
    }

    /// Writes a file of text and returns where it is.
    ///
    /// - Throws: what Foundation says of the file.
    @discardableResult
    public func write(_ text: String, to name: String) throws -> String {
        try write(text.utf8, to: name)
    }
}
