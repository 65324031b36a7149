import Archive
import Foundation
import Imaging
import Pipelines
public import PromptPolicy
import Schedulers
import Tensors

/// Draws pictures from prompts and writes each to its file as soon as it is done.
///
/// The files carry their provenance. One that an earlier run of the same request has written is not
/// drawn again, so a request that was cut short is gone on with by running it again. Pictures and
/// failures are put on record in the request's workspace, and so is a refused prompt, for which nothing
/// is drawn at all.
public struct GenerateImages: Sendable {
    /// What to draw.
    public let request: Request
    let policy: PromptPolicy
    private let locator: ModelLocator

    /// Prepares to draw.
    ///
    /// - Parameters:
    ///   - request: what to draw.
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

    /// Draws the pictures.
    ///
    /// - Parameter report: takes the events, one after the other.
    /// - Throws: an error that `FailureKind` sorts, or `CancellationError` after the step in which the
    ///   task was cancelled; finished files stay in any case.
    public func run(report: @escaping @Sendable (Event) -> Void) async throws {
        try request.validate()
        let scheduler = try request.scheduler.map { try SchedulerKind(named: $0) }
        let folder = try locator.folder(of: request.model)
        try request.device.prepare()
        let configuration = try PipelineConfiguration(modelFolder: folder)
        let images = try plan(with: configuration, scheduler, report: report)
        let recorder = try ImageRecorder(workspace: request.workspace)
        try checkPolicy(images, recorder, report: report)
        let engine = try TextToImageEngine(
            modelFolder: folder,
            loras: request.loras.map(\.lora),
            dtype: request.dtype.dtype,
            device: request.device.device
        )
        async let hash = WeightsHash.sha256(ofModel: folder, with: request.loras)
        try OutputFolder.create(request.outputFolder)
        let isFresh = images.allSatisfy { access($0.path, F_OK) != 0 }
        let sha256 = isFresh ? "" : try await hash
        let present = isFresh ? [:] : try existing(images, sha256: sha256)
        report(
            .started(
                Start(
                    imageCount: images.count,
                    presentCount: present.count,
                    model: configuration.modelName,
                    inferenceStepCount: images.first?.request.inferenceStepCount ?? 0
                )
            )
        )
        for (index, provenance) in present.sorted(by: { $0.key < $1.key }) {
            let path = images[index].path
            let id = try recorder.add(File.read(path), as: ImageDraft(provenance: provenance))
            report(.finished(Picture(path, id, provenance, index, nil)))
        }
        var failures: [String] = []
        var watch = Stopwatch(imageCount: images.count - present.count)
        for (index, image) in images.enumerated() where present[index] == nil {
            defer { watch.finishImage() }
            let (start, startedAt) = (ContinuousClock.now, Timestamp())
            let drawn = try await draw(image, index, of: images.count, engine, watch, report)
            let provenance = image.provenance(weights: try await hash)
            let draft = ImageDraft(
                provenance: provenance,
                startedAt: startedAt,
                finishedAt: Timestamp()
            )
            switch drawn {
            case .success(let picture):
                let bytes = try picture.encodedPNG(text: provenance.pngText())
                // On record first: whatever happens next, no file is without a record.
                let id = try recorder.add(bytes, as: draft)
                try File.create(image.path, bytes)
                report(.finished(Picture(image.path, id, provenance, index, .now - start)))
            case .failure(let error):
                recorder.noteFailure(of: draft, because: error) { report(.warning($0)) }
                guard case PipelineError.notFinite = error else { throw error }
                failures.append("\(error)")
                report(.failed(failure(image, index, error)))
            }
        }
        if let reason = failures.first {
            throw WorkflowError.failedImages(
                count: failures.count,
                imageCount: images.count,
                reason: reason
            )
        }
        if request.writesSheet {
            report(.wroteSheet(path: try writeSheet(of: images)))
        }
    }
}
