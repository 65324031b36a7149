import Foundation

/// Where a study lies: `WORKSPACE/studies/NAME/`, with `study.sqlite` and `images/`.
public struct StudyFolder: Sendable, Equatable {
    /// The folder's path.
    public let path: String

    /// The folder of a study in a workspace, whether it is there or not.
    ///
    /// - Throws: `StudyStoreError.invalidName`.
    public init(study name: String, workspace: String) throws(StudyStoreError) {
        try Self.check(name: name)
        self.path = Self.studies(of: workspace) + "/" + name
    }

    init(path: String) { self.path = path }

    /// The database's path.
    public var database: String { path + "/study.sqlite" }

    /// The path of the prepared images.
    public var images: String { path + "/images" }

    /// The name of the study.
    var name: String { URL(filePath: path).lastPathComponent }

    /// The names of a workspace's studies, sorted; none where there is no workspace.
    public static func studies(in workspace: String) throws(StudyStoreError) -> [String] {
        let folder = studies(of: workspace)
        guard FileManager.default.fileExists(atPath: folder) else { return [] }
        do {
            return try FileManager.default.contentsOfDirectory(atPath: folder).filter { name in
                isValid(name)
                    && FileManager.default.fileExists(atPath: "\(folder)/\(name)/study.sqlite")
            }.sorted()
        } catch {
            throw .file(path: folder, operation: "read", reason: error.localizedDescription)
        }
    }

    /// Throws unless the name can be a study's.
    static func check(name: String) throws(StudyStoreError) {
        guard isValid(name) else { throw .invalidName(name) }
    }

    static func studies(of workspace: String) -> String { workspace + "/studies" }

    private static func isValid(_ name: String) -> Bool {
        (1...64).contains(name.utf8.count)
            && name.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                    UInt8(ascii: "-"), UInt8(ascii: "_"):
                    true
                default: false
                }
            }
    }
}
