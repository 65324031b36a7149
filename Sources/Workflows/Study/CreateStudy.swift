import Archive
public import Foundation
import Imaging
import ReaderStudy
import StudyStore

/// Makes a reader study: picks images, brings them to one format, checks that the format does not give
/// them away, and stores them with readers and orders.
public struct CreateStudy: Sendable {
    let request: Request
    private let locator: ModelLocator

    /// Prepares to make a study.
    ///
    /// - Parameters:
    ///   - request: what the study is made of.
    ///   - locator: finds the model that real images go through.
    public init(_ request: Request, locator: ModelLocator = ModelLocator()) {
        (self.request, self.locator) = (request, locator)
    }

    /// Makes the study, whole or not at all.
    ///
    /// - Parameters:
    ///   - now: the time of making.
    ///   - report: takes notes and warnings.
    /// - Returns: the study.
    /// - Throws: `StudyFailure`, `StudyStoreError`, `StudyError`, or what a source throws.
    public func callAsFunction(
        at now: Date,
        report: (Event) -> Void
    ) async throws -> Result {
        guard !request.readers.isEmpty else { throw StudyFailure.noReaders }
        let picked = try pick()
        let format = try format(for: picked)
        let matched = try match(picked, format, report)
        try refuseTwins(matched)
        var definition = request.definition
        definition.order = try request.order(caseCount: matched.count)
        let preparation = try prepare(matched, format, seed: definition.order.seed)
        warn(preparation, matched.map(\.picked.truth), report)

        let cases = matched.enumerated().map { index, image in
            StudyCase(
                caseID: Self.caseID(index, of: matched.count),
                truth: image.picked.truth,
                source: image.picked.image.name,
                modality: image.picked.labels.modality,
                anatomy: image.picked.labels.anatomy,
                finding: image.picked.labels.finding,
                sex: image.picked.labels.sex
            )
        }
        let files = Dictionary(zip(cases.map(\.caseID), matched.map(\.png))) { first, _ in first }
        let store = try await StudyStore.create(
            definition,
            cases: cases,
            readers: request.readers,
            in: request.workspace,
            by: request.lead,
            at: now
        ) { files[$0.caseID] ?? [] }
        do {
            try StudyPreparation.write(preparation, of: store.folder)
        } catch {
            // Half a study is none; the first error is the one to tell.
            try? FileManager.default.removeItem(atPath: store.folder.path)
            throw error
        }
        return Result(
            store: store,
            preparation: preparation,
            cases: cases,
            showingCount: cases.count + definition.order.repeatCount + definition.impressionCount
        )
    }

    /// Draws the images of each kind and mixes them, so that a case's number tells nothing.
    private func pick() throws -> [PickedImage] {
        var generator = SeededGenerator(seed: request.definition.order.seed, stream: "images")
        var picked: [PickedImage] = []
        for (truth, text) in [(Truth.real, request.real), (.fake, request.synthetic)] {
            guard let text else { continue }
            let source = try StudySource(
                text,
                kinds: truth == .real ? [.real] : [.synthetic, .edited],
                workspace: request.workspace
            )
            let wanted = request.imageCount ?? source.images.count
            guard (1...source.images.count).contains(wanted) else {
                throw StudyFailure.tooFewImages(
                    source: source.description,
                    found: source.images.count,
                    wanted: wanted
                )
            }
            for image in generator.shuffled(source.images).prefix(wanted) {
                picked.append(try PickedImage(image, truth, source: source.description))
            }
        }
        return generator.shuffled(picked)
    }

    private func format(for images: [PickedImage]) throws(StudyFailure) -> PresentationFormat {
        guard let side = request.side else {
            return .fitting(images.map { ($0.layout.width, $0.layout.height) })
        }
        let sides = PresentationFormat.smallestSide...PresentationFormat.largestSide
        guard sides.contains(side) else { throw .invalidSide(side) }
        return PresentationFormat(side: side)
    }

    /// Brings all images to the format; real ones through the autoencoder first, where one is wanted.
    private func match(
        _ images: [PickedImage],
        _ format: PresentationFormat,
        _ report: (Event) -> Void
    ) throws -> [MatchedImage] {
        guard let model = request.realThrough else {
            return try images.map { try MatchedImage($0, in: format) }
        }
        guard request.real != nil else { throw StudyFailure.nothingReal(through: model) }
        let reconstruct = try Reconstruction(modelFolder: locator.folder(of: model))
        report(.note("real images go through the autoencoder of \(model)"))
        return try images.map { image in
            try MatchedImage(image, in: format) { pixels in
                guard image.truth == .real else { return pixels }
                return try reconstruct(pixels.squareGrey(side: reconstruct.side))
            }
        }
    }

    /// Throws where two images would be shown as the same pixels.
    private func refuseTwins(_ images: [MatchedImage]) throws(StudyFailure) {
        var names: [[UInt8]: String] = [:]
        for image in images {
            if let other = names.updateValue(image.picked.image.name, forKey: image.png) {
                throw .sameImage(other, image.picked.image.name)
            }
        }
    }

    private func prepare(
        _ images: [MatchedImage],
        _ format: PresentationFormat,
        seed: UInt64
    ) throws -> StudyFacts.Preparation {
        func check(
            _ features: (MatchedImage) -> FormatFeatures,
            _ names: [String]
        ) throws(StudyError) -> ConfoundCheck? {
            func rows(_ truth: Truth) -> [[Double]] {
                images.filter { $0.picked.truth == truth }.map { features($0).values }
            }
            let (real, fake) = (rows(.real), rows(.fake))
            guard min(real.count, fake.count) >= ConfoundCheck.smallestCount else { return nil }
            return try ConfoundCheck(real: real, fake: fake, names: names, seed: seed)
        }
        var models: [String: String] = [:]
        for (index, image) in images.enumerated() {
            models[Self.caseID(index, of: images.count)] = image.picked.model
        }
        return StudyFacts.Preparation(
            realSource: try request.real.map { try sourceText($0) },
            syntheticSource: try sourceText(request.synthetic),
            side: format.side,
            windowPercentiles: [format.lowPercentile, format.highPercentile],
            originals: try check(\.picked.features, FormatFeatures.originalNames),
            matched: try check(\.features, FormatFeatures.matchedNames),
            softwareVersion: SoftwareVersion.current,
            models: models,
            realThrough: request.realThrough.map { URL(filePath: $0).lastPathComponent }
        )
    }

    /// The last part of a folder's path, or the query: what a report may tell.
    private func sourceText(_ text: String) throws -> String {
        FileManager.default.fileExists(atPath: text)
            ? "the folder \(URL(filePath: text).lastPathComponent)" : "an archive (\(text))"
    }

    private static func caseID(_ index: Int, of count: Int) -> String {
        let number = String(index + 1)
        return "case-" + String(repeating: "0", count: String(count).count - number.count) + number
    }
}
