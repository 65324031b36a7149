import Crypto
import DICOM
import Foundation
import Imaging

/// An import under way: takes files one by one.
struct ImportWork {
    let options: ImportImages.Options
    let labels: LabelTable
    let folder: ImageSetFolder
    let journal: ImportJournal
    private var known: Set<String>
    private var index = DuplicateIndex()

    /// Why a file is not imported, though nothing is broken.
    private enum Obstacle: Error {
        case forAPerson(String)
        case unknown(String)
    }

    init(
        options: ImportImages.Options,
        labels: LabelTable,
        folder: ImageSetFolder,
        journal: ImportJournal
    ) {
        self.options = options
        self.labels = labels
        self.folder = folder
        self.journal = journal
        known = Set(journal.entries.map(\.sha256))
        for image in journal.entries.flatMap(\.images) { index.insert(image) }
    }

    /// Imports a file.
    ///
    /// - Throws: where the disk takes no more; what is wrong with the file is an event.
    mutating func take(_ path: String) throws -> ImportImages.Event {
        let limits = DecodingLimits()
        let bytes: [UInt8]
        do { bytes = try File.read(path, limits: limits) } catch {
            return .failed(path: path, reason: Self.reason(error))
        }
        let sha256 = SHA256.hash(data: bytes).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
            .joined()
        guard !known.contains(sha256) else { return .known(path: path) }
        var entry = ImportJournal.Entry(path: path, sha256: sha256, images: [])
        var added: [ImportJournal.Image] = []
        var created: [String] = []
        do {
            try SourceImage.all(in: bytes, limits: limits) { source in
                let (image, pixels) = try prepare(source, path: path)
                if let equal = index.equal(to: image.pixelSHA256)
                    ?? added.first(where: { $0.pixelSHA256 == image.pixelSHA256 })?.file
                {
                    entry.duplicates.append(equal)
                    return
                }
                if try folder.add(pixels, as: image.file) { created.append(image.file) }
                added.append(image)
            }
        } catch {
            for file in created { folder.remove(file) }
            return try event(for: error, path: path)
        }
        entry = ImportJournal.Entry(
            path: path,
            sha256: sha256,
            images: added,
            duplicates: entry.duplicates
        )
        try journal.append(entry)
        known.insert(sha256)
        for image in added { index.insert(image) }
        if added.isEmpty, let first = entry.duplicates.first {
            return .duplicate(path: path, of: first)
        }
        return .imported(path: path, imageCount: added.count)
    }

    /// Decides what a picture is called, whose it is and where it belongs.
    private func prepare(
        _ source: SourceImage,
        path: String
    ) throws -> (image: ImportJournal.Image, pixels: PixelImage) {
        let pixels =
            options.cropsPadding ? try source.image.withoutUniformBorder() : source.image
        let facts = try facts(of: source, path: path)
        if !options.isCleared {
            if let concern = source.concern ?? Self.trace(in: facts, source.identifiers) {
                throw Obstacle.forAPerson(concern)
            }
            let text = try BurnedInText(pixels)
            if let line = text.lines.first {
                throw Obstacle.forAPerson("there seems to be text in the image at \(line)")
            }
        }
        let sha256 = ImageSetFolder.pixelSHA256(pixels)
        // An image of nobody known is a patient of its own.
        let patient = facts.patient ?? sha256
        let part = options.split.part(of: patient)
        let hash = try PerceptualHash(pixels)
        if !options.isCleared, index.equal(to: sha256) == nil,
            let near = index.near(hash, outside: part)
        {
            throw Obstacle.forAPerson(
                "it is nearly the same as \(near.file), which is in another part (\(near.part)); "
                    + "if both are of one patient, say so in the column patient of the labels"
            )
        }
        var kept = facts
        kept.patient = nil
        let image = ImportJournal.Image(
            file: ImageSetFolder.file(pixelSHA256: sha256, part: part),
            pixelSHA256: sha256,
            perceptualHash: hash.hexadecimal,
            patient: options.keepsPatientNumbers ? patient : journal.pseudonym(of: patient),
            part: part,
            facts: kept
        )
        return (image, pixels)
    }

    /// Which of the facts may tell whose the image is.
    private static func trace(in facts: ImageFacts, _ identifiers: IdentifyingText) -> String? {
        for (name, path) in ImageFacts.columns where !["licence", "patient"].contains(name) {
            guard let trace = facts[keyPath: path].flatMap(identifiers.trace) else { continue }
            return "its \(name) seems to hold \(trace); change it, or import with --cleared"
        }
        return nil
    }

    /// The labels first, then the caption beside the file, the file itself, and what the user gives
    /// for all.
    private func facts(of source: SourceImage, path: String) throws -> ImageFacts {
        var facts = labels.facts(of: path)
        if facts.prompt == nil { facts.prompt = ImportSources.sidecar(of: path) }
        facts = facts.completed(by: source.facts).completed(
            by: ImageFacts(
                modality: options.modality,
                anatomy: options.anatomy,
                licence: options.licence
            )
        )
        for (name, value) in [("modality", facts.modality), ("anatomy", facts.anatomy)]
        where value == nil {
            throw Obstacle.unknown(
                "its \(name) is not known; give --\(name), or a column \(name) in the labels"
            )
        }
        if facts.prompt == nil {
            let template = try options.template ?? CaptionTemplate(CaptionTemplate.standard)
            facts.prompt = template.caption(facts, window: source.window)
        }
        guard facts.prompt != nil else {
            throw Obstacle.unknown("the caption template needs a fact that is not known")
        }
        return facts
    }

    private func event(for error: any Error, path: String) throws -> ImportImages.Event {
        switch error {
        case Obstacle.forAPerson(let reason): .setAside(path: path, reason: reason)
        case Obstacle.unknown(let reason): .failed(path: path, reason: reason)
        case ImagingError.diskFull, ImagingError.file, ImagingError.fileExists: throw error
        default: .failed(path: path, reason: Self.reason(error))
        }
    }

    private static func reason(_ error: any Error) -> String { "\(error)" }
}
