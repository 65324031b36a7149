import Archive
import Foundation
import GRDB
import Imaging

/// A workspace in a folder that is gone when the test ends.
final class TemporaryArchive: Sendable {
    let folder: String
    let archive: ImageArchive

    init() throws {
        folder =
            FileManager.default.temporaryDirectory
            .appending(path: "skiagraph-\(UUID().uuidString)").path
        archive = try ImageArchive(workspace: folder)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    var databasePath: String { "\(folder)/archive.sqlite" }

    /// The names below the folder of files, without folders, sorted.
    func fileNames() throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: "\(folder)/files")
            .filter { $0.contains(".") }.sorted()
    }

    /// Does with the database what the archive would not: a hand that knows SQL.
    func tamper(_ sql: String) throws {
        let queue = try DatabaseQueue(path: databasePath)
        try queue.write { db in try db.execute(sql: sql) }
    }

    /// Adds a generated image of its own.
    @discardableResult
    func addImage(
        prompt: String = "An X-ray of the hand",
        seed: UInt64 = 0,
        labels: ImageLabels = ImageLabels()
    ) throws -> ImageRecord {
        let provenance = Provenance.sample(prompt: prompt, seed: seed)
        return try archive.add(
            png(seed, provenance),
            as: ImageDraft(provenance: provenance, labels: labels)
        )
    }

    /// Adds an edit of an image.
    func addEdit(of parent: ImageRecord, seed: UInt64 = 100) throws -> ImageRecord {
        var provenance = Provenance.sample(prompt: "A fracture", seed: seed)
        provenance.parentSHA256 = parent.file?.sha256
        provenance.digitalSourceType = .compositeWithTrainedAlgorithmicMedia
        return try archive.add(
            png(seed, provenance),
            as: ImageDraft(provenance: provenance),
            mask: png(seed + 1)
        )
    }

    /// A picture that no other seed has.
    func png(_ seed: UInt64, _ provenance: Provenance? = nil) throws -> [UInt8] {
        let samples = (0..<64).map { UInt8(truncatingIfNeeded: seed >> ($0 % 8 * 8)) &+ UInt8($0) }
        return try PixelImage(width: 8, height: 8, grey: samples)
            .encodedPNG(text: provenance?.pngText() ?? [])
    }
}

extension Provenance {
    static func sample(prompt: String, seed: UInt64 = 0) -> Provenance {
        Provenance(
            prompt: prompt,
            seed: seed,
            index: 0,
            inferenceStepCount: 20,
            guidanceScale: 5,
            scheduler: "ddim",
            width: 8,
            height: 8,
            model: "radiograph-mini",
            modelSHA256: String(repeating: "ab", count: 32),
            dtype: "float32",
            device: "cpu",
            softwareVersion: "0.1.0"
        )
    }
}
