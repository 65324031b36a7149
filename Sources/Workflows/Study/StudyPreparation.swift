import Foundation
import ReaderStudy
import StudyStore

/// What `create` did to a study's images, in a file beside the study, which the report reads.
enum StudyPreparation {
    /// The file of a study.
    static func path(of folder: StudyFolder) -> String { folder.path + "/preparation.json" }

    /// Writes the file, for the owner's eyes only.
    ///
    /// - Throws: `StudyFailure.file`.
    static func write(_ preparation: StudyFacts.Preparation, of folder: StudyFolder) throws {
        let path = path(of: folder)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        do {
            try encoder.encode(preparation).write(to: URL(filePath: path), options: .atomic)
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
        } catch {
            throw StudyFailure.file(path: path, reason: error.localizedDescription)
        }
    }

    /// Reads the file; nil where there is none, as with a study that another program made.
    ///
    /// - Throws: `StudyFailure.file` or `.unreadablePreparation`.
    static func read(of folder: StudyFolder) throws -> StudyFacts.Preparation? {
        let path = path(of: folder)
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        let data: Data
        do {
            data = try Data(contentsOf: URL(filePath: path))
        } catch {
            throw StudyFailure.file(path: path, reason: error.localizedDescription)
        }
        do {
            return try JSONDecoder().decode(StudyFacts.Preparation.self, from: data)
        } catch {
            throw StudyFailure.unreadablePreparation(path: path, reason: "\(error)")
        }
    }
}
