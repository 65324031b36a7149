import Archive
import Foundation
import Imaging
import Release

/// An archive with images, reviewers and a place for releases, gone when the test ends.
final class ReleaseFixture: Sendable {
    let root: String
    let archive: ImageArchive

    init() throws {
        root =
            FileManager.default.temporaryDirectory
            .appending(path: "skiagraph-release-\(UUID().uuidString)").path
        archive = try ImageArchive(workspace: "\(root)/workspace")
        try archive.register(Reviewer(name: "Ada", credentials: "radiologist | 12 years"))
        try archive.register(Reviewer(name: "Ben", credentials: "radiologist"))
    }

    deinit {
        for path in FileManager.default.subpaths(atPath: root) ?? [] {
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: "\(root)/\(path)", isDirectory: &isFolder),
                isFolder.boolValue
            else { continue }
            chmod("\(root)/\(path)", 0o755)
        }
        try? FileManager.default.removeItem(atPath: root)
    }

    /// Where releases go.
    var destination: String { "\(root)/releases" }

    /// A generated image without votes.
    func image(
        _ seed: UInt64,
        prompt: String = "An X-ray of the hand",
        bitDepth: Int = 8
    ) throws -> ImageRecord {
        let provenance = Self.provenance(prompt: prompt, seed: seed)
        let bytes = try Self.png(seed, bitDepth, provenance)
        return try archive.add(bytes, as: ImageDraft(provenance: provenance))
    }

    /// A generated image that may leave.
    @discardableResult
    func releasableImage(
        _ seed: UInt64,
        prompt: String = "An X-ray of the hand",
        bitDepth: Int = 8
    ) throws -> ImageRecord {
        let record = try image(seed, prompt: prompt, bitDepth: bitDepth)
        try vote(.accept, on: record)
        try check(record, distance: 30)
        return record
    }

    /// Both reviewers' votes.
    func vote(_ decision: Vote.Decision, on record: ImageRecord) throws {
        for reviewer in ["Ada", "Ben"] {
            try archive.vote(
                decision,
                on: record.id,
                by: reviewer,
                reasons: decision == .reject ? [.extraDigit] : []
            )
        }
    }

    func check(_ record: ImageRecord, distance: Double) throws {
        let check = MemorizationCheck(
            measure: "pixels",
            nearest: "train/17.png",
            distance: distance,
            threshold: 12,
            trainingData: "hands"
        )
        try archive.recordMemorizationCheck(check, of: record.id)
    }

    /// Makes a release called "hands".
    func create(
        _ query: String = "",
        leavesOut: Bool = false,
        includesDICOM: Bool = false
    ) throws -> CreateRelease.Result {
        let request = CreateRelease.Request(
            description: try ReleaseDescription(
                name: "hands",
                title: "Synthetic hands: a test",
                creator: "The \"Bone\" Group",
                url: "https://example.org/hands"
            ),
            query: try ImageQuery(parsing: query),
            destination: destination,
            leavesOut: leavesOut,
            includesDICOM: includesDICOM
        )
        return try CreateRelease(from: archive, softwareVersion: "0.1.0")(request)
    }

    /// What keeps images of a query from being released, by number.
    func obstacles(_ query: String = "") throws -> [Int64: [String]] {
        do {
            _ = try create(query)
            return [:]
        } catch ReleaseError.blocked(let images, _) {
            return Dictionary(
                uniqueKeysWithValues: images.map { ($0.record.id, $0.obstacles.map(\.code)) }
            )
        }
    }

    func text(_ path: String) throws -> String {
        try String(contentsOfFile: "\(destination)/hands/\(path)", encoding: .utf8)
    }

    func json(_ path: String) throws -> [String: Any] {
        let value = try JSONSerialization.jsonObject(with: Data(text(path).utf8))
        return value as? [String: Any] ?? [:]
    }

    static func provenance(prompt: String, seed: UInt64) -> Provenance {
        Provenance(
            prompt: prompt,
            seed: seed,
            index: 0,
            inferenceStepCount: 20,
            guidanceScale: 4.5,
            scheduler: "ddim",
            width: 16,
            height: 12,
            model: "radiograph-mini",
            modelSHA256: String(repeating: "ab", count: 32),
            dtype: "float32",
            device: "cpu",
            softwareVersion: "0.1.0"
        )
    }

    private static func png(
        _ seed: UInt64,
        _ bitDepth: Int,
        _ provenance: Provenance
    ) throws -> [UInt8] {
        let samples = (0..<16 * 12).map { UInt8(truncatingIfNeeded: Int(seed % 97) + $0) }

        let image = try PixelImage(
            width: 16,
            height: 12,
            channelCount: 1,
            samples: bitDepth == 8 ? .uint8(samples) : .uint16(samples.map { UInt16($0) * 257 })
        )
        return try image.encodedPNG(text: provenance.pngText())
    }
}
