import Archive
import Foundation
import Imaging
import Pipelines
public import PromptPolicy
import Schedulers

/// Edits a picture and writes each result to its file as soon as it is done.
///
/// Pixels outside of the mask are those of the source, bit by bit. The files carry their provenance, with
/// the hashes of source and mask. One that an earlier run of the same request has written is not painted
/// again. Pictures and failures are put on record in the request's workspace.
public struct EditImage: Sendable {
    /// What to edit, and how.
    public let request: Request
    private let policy: PromptPolicy
    private let locator: ModelLocator

    /// What happens meanwhile: the same as when pictures are generated.
    public typealias Event = GenerateImages.Event

    /// Prepares an edit.
    ///
    /// - Parameters:
    ///   - request: what to edit.
    ///   - policy: decides which prompts are refused.
    ///   - locator: finds the model.
    public init(
        _ request: Request,
        policy: PromptPolicy = .clinical,
        locator: ModelLocator = ModelLocator()
    ) {
        self.request = request
        self.policy = policy
        self.locator = locator
    }

    /// Edits the picture.
    ///
    /// - Parameter report: takes the events, one after the other.
    /// - Throws: an error that `FailureKind` sorts, or `CancellationError` after the step in which the
    ///   task was cancelled; finished files stay in any case.
    public func run(report: @escaping @Sendable (Event) -> Void) async throws {
        try request.validate()
        let scheduler = try request.scheduler.map { try SchedulerKind(named: $0) }
        let source = try EditingSource(path: request.source)
        let folder = try locator.folder(of: request.model)
        try request.device.prepare()
        let configuration = try PipelineConfiguration(modelFolder: folder)
        let easel = try Easel(request, source, configuration, scheduler) { report(.warning($0)) }
        try easel.validate()
        let exhibition = try Exhibition(of: easel, report: report)
        try exhibition.refuse(by: policy)
        let engine = try TextToImageEngine(
            modelFolder: folder,
            loras: request.loras.map(\.lora),
            dtype: request.dtype.dtype,
            device: request.device.device
        )
        async let hash = WeightsHash.sha256(ofModel: folder, with: request.loras)
        try OutputFolder.create(request.outputFolder)
        var pictures = (0..<request.paintedCount).map { easel.plannedPicture($0) }
        if pictures.contains(where: { access($0.path, F_OK) == 0 }) {
            let weights = try await hash
            for index in pictures.indices { pictures[index].provenance.modelSHA256 = weights }
        }
        let present = try exhibition.showPresent(pictures)
        var failures: [String] = []
        var watch = Stopwatch(imageCount: pictures.count - present.count)
        for index in pictures.indices where !present.contains(index) {
            defer { watch.finishImage() }
            let (start, stopwatch) = (ContinuousClock.now, watch)
            pictures[index].provenance.modelSHA256 = try await hash
            pictures[index].startedAt = Timestamp()
            let picture = pictures[index]
            do {
                pictures[index].painting = try await easel.paint(picture, with: engine) {
                    report(.progressed(picture.progress($0, $1, stopwatch)))
                }
            } catch  where !(error is CancellationError) {
                exhibition.note(error, of: pictures[index])
                guard case PipelineError.notFinite = error else { throw error }
                failures.append("\(error)")
                report(.failed(picture.failure(error)))
                continue
            }
            pictures[index].finishedAt = Timestamp()
            pictures[index].duration = .now - start
            if !request.edit.hasCandidates { try exhibition.show(pictures[index]) }
        }
        if request.edit.hasCandidates {
            for picture in easel.ranked(pictures) { try exhibition.show(picture) }
        }
        if let reason = failures.first {
            throw WorkflowError.failedImages(
                count: failures.count,
                imageCount: pictures.count,
                reason: reason
            )
        }
    }
}
