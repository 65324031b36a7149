import Foundation

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
}
