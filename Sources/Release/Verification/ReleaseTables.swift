import Foundation
import Imaging

/// What a release says of its images, read back from the folder.
struct ReleaseTables {
    let imageCount: Int
    private let lines: [Line]

    /// A line of metadata.jsonl, as far as files go.
    private struct Line: Decodable {
        let fileName: String
        let dicomFile: String?
        let provenanceFile: String
        let sha256: String

        enum CodingKeys: String, CodingKey {
            case sha256
            case fileName = "file_name"
            case dicomFile = "dicom_file"
            case provenanceFile = "provenance_file"
        }
    }

    private struct Summary: Decodable { let images: Int }

    /// Reads the tables of a folder whose files are as they were released.
    ///
    /// - Throws: `ReleaseError.notARelease`.
    init(folder: String) throws(ReleaseError) {
        do {
            let decoder = JSONDecoder()
            let summary = try File.read("\(folder)/\(ReleaseSummary.fileName)")
            imageCount = try decoder.decode(Summary.self, from: Data(summary)).images
            lines = try File.read("\(folder)/metadata.jsonl").split(separator: 0x0A).map {
                try decoder.decode(Line.self, from: Data($0))
            }
        } catch {
            throw .notARelease(folder: folder, reason: "its tables cannot be read: \(error)")
        }
    }

    /// Where the tables and the list of hashes do not tell of the same images.
    func problems(_ list: HashList) -> [VerifyRelease.Report.Problem] {
        var findings: [(path: String, finding: String)] = []
        if lines.count != imageCount {
            findings.append(
                (ReleaseSummary.fileName, "it says \(imageCount) images, the table \(lines.count)")
            )
        }
        for line in lines {
            if list.hashes[line.fileName] != line.sha256 {
                findings.append((line.fileName, "the table has another SHA-256"))
            }
            for path in [line.provenanceFile, line.dicomFile].compactMap(\.self)
            where list.hashes[path] == nil {
                findings.append((path, "the table names it, but the list does not"))
            }
        }
        let named = Set(lines.map(\.fileName))
        for path in list.hashes.keys.sorted()
        where path.hasPrefix("images/") && !named.contains(path) {
            findings.append((path, "the table does not name it"))
        }
        return findings.map { .init(kind: .inconsistent, path: $0.path, finding: $0.finding) }
    }
}
