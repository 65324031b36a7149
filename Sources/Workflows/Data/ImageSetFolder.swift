import Crypto
import Foundation
import Imaging
import Training

/// A set of a data set: its images, `manifest.csv` for those to train on and to test with, and
/// `holdout.csv` for the others, which no training code opens.
struct ImageSetFolder {
    let path: String

    /// Opens or makes the folder.
    ///
    /// - Throws: `DataSetError.file`.
    init(_ path: String) throws(DataSetError) {
        self.path = path
        for folder in ["images", "holdout"] {
            do {
                try FileManager.default.createDirectory(
                    atPath: "\(path)/\(folder)",
                    withIntermediateDirectories: true
                )
            } catch { throw .file(path: "\(path)/\(folder)", errorNumber: errno) }
        }
    }

    /// Takes away what a process left that was killed while it wrote.
    func removeLeftovers() {
        for folder in [path, "\(path)/images", "\(path)/holdout"] {
            let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
            for name in names where name.hasSuffix(".tmp") { unlink("\(folder)/\(name)") }
        }
    }

    /// Whether there are images of an earlier import.
    static func hasImages(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: "\(path)/manifest.csv")
    }

    /// The name of an image: the beginning of its pixels' hash.
    static func file(pixelSHA256: String, part: PatientSplit.Part) -> String {
        "\(part == .holdout ? "holdout" : "images")/\(pixelSHA256.prefix(24)).png"
    }

    /// The hash of size and samples.
    static func pixelSHA256(_ image: PixelImage) -> String {
        var hasher = SHA256()
        hasher.update(data: Data("\(image.layout)\n".utf8))
        switch image.samples {
        case .uint8(let values): values.withUnsafeBytes { hasher.update(bufferPointer: $0) }
        case .uint16(let values): values.withUnsafeBytes { hasher.update(bufferPointer: $0) }
        }
        return hasher.finalize().map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    /// Writes an image, unless it is there.
    ///
    /// - Returns: whether it was not.
    func add(_ image: PixelImage, as file: String) throws -> Bool {
        do throws(ImagingError) { try image.writePNG(to: "\(path)/\(file)") } catch .fileExists {
            // The name is the hash of the pixels, but a hand may have been there.
            guard try PixelImage.read(path: "\(path)/\(file)") == image else {
                throw ImagingError.fileExists(path: "\(path)/\(file)")
            }
            return false
        }
        return true
    }

    /// Takes away an image that was added and is not to stay.
    func remove(_ file: String) { unlink("\(path)/\(file)") }

    /// Writes both tables anew; each is replaced as a whole.
    ///
    /// - Throws: `ImagingError` or `DataSetError`.
    func writeTables(_ images: [ImportJournal.Image]) throws {
        let sorted = images.sorted { $0.file < $1.file }
        try writeTable("manifest.csv", sorted.filter { $0.part != .holdout })
        try writeTable("holdout.csv", sorted.filter { $0.part == .holdout })
    }

    private func writeTable(
        _ name: String,
        _ images: [ImportJournal.Image]
    ) throws {
        let header = ImageManifest.columns + ["patient", "side"]
        let rows = images.map { image in
            let facts = image.facts
            let values: [String: String?] = [
                "file": image.file, "modality": facts.modality, "anatomy": facts.anatomy,
                "view": facts.view, "finding": facts.finding, "sex": facts.sex, "age": facts.age,
                "prompt": facts.prompt, "licence": facts.licence, "split": image.part.rawValue,
                "patient": image.patient, "side": facts.side,
            ]
            return header.map { Self.field((values[$0] ?? nil) ?? "") }.joined(separator: ",")
        }
        let text = ([header.joined(separator: ",")] + rows).joined(separator: "\n") + "\n"
        let new = "\(path)/\(name).tmp"
        unlink(new)
        try File.create(new, Array(text.utf8))
        guard rename(new, "\(path)/\(name)") == 0 else {
            throw DataSetError.file(path: "\(path)/\(name)", errorNumber: errno)
        }
    }

    /// RFC 4180.
    private static func field(_ text: String) -> String {
        let needsQuotes = text.contains { ",\"\n\r".contains($0) || $0.isNewline }
        return needsQuotes ? "\"\(text.replacing("\"", with: "\"\""))\"" : text
    }
}
