import Foundation
import Imaging
import Pipelines
import Schedulers
import Tensors

extension GenerateImages {
    /// What a provenance calls the scheduler that comes with the model.
    static let modelScheduler = "model"

    /// The pictures of the request, prompt by prompt; a prompt that is given twice is drawn once.
    func plan(
        with configuration: PipelineConfiguration,
        _ scheduler: SchedulerKind?,
        report: (Event) -> Void
    ) throws -> [PlannedImage] {
        let model = ([configuration.modelName] + request.loras.map(\.label))
            .joined(separator: Provenance.loraSeparator)
        var names: [String: String] = [:]
        var images: [PlannedImage] = []
        for prompt in request.prompts {
            let slug = ImageName.slug(prompt)
            if let other = names.updateValue(prompt, forKey: slug) {
                guard other != prompt else {
                    report(.warning("the prompt \"\(prompt)\" is given twice and drawn once"))
                    continue
                }
                throw WorkflowError.sameFileName(
                    prompts: [other, prompt],
                    name: ImageName.file(prompt: prompt, seed: request.seed)
                )
            }
            if let warning = configuration.tokenWarning(for: prompt) { report(.warning(warning)) }
            let series = (0..<request.imageCount).map { index in
                plannedImage(prompt, index, model, configuration.defaults, scheduler)
            }
            if let image = series.first {
                try configuration.validate(image.request, on: request.device.device)
            }
            images += series
        }
        if let warning = configuration.tokenWarning(for: request.negativePrompt) {
            report(.warning(warning))
        }
        return images
    }

    private func plannedImage(
        _ prompt: String,
        _ index: Int,
        _ model: String,
        _ defaults: ModelDefaults,
        _ scheduler: SchedulerKind?
    ) -> PlannedImage {
        let seed = request.seed &+ UInt64(index)
        let single = TextToImageRequest(
            prompt: prompt,
            negativePrompt: request.negativePrompt,
            seed: seed,
            inferenceStepCount: request.inferenceStepCount ?? defaults.inferenceStepCount,
            guidanceScale: request.guidanceScale ?? defaults.guidanceScale,
            width: request.size?.width ?? defaults.width,
            height: request.size?.height ?? defaults.height,
            scheduler: scheduler ?? defaults.scheduler
        )
        let provenance = Provenance(
            prompt: prompt,
            negativePrompt: request.negativePrompt.isEmpty ? nil : request.negativePrompt,
            seed: request.seed,
            index: index,
            inferenceStepCount: single.inferenceStepCount,
            guidanceScale: single.guidanceScale,
            scheduler: single.scheduler?.rawValue ?? Self.modelScheduler,
            width: single.width,
            height: single.height,
            model: model,
            dtype: request.dtype.rawValue,
            device: request.device.rawValue,
            softwareVersion: SoftwareVersion.current
        )
        let path = "\(request.outputFolder)/\(ImageName.file(prompt: prompt, seed: seed))"
        return PlannedImage(request: single, path: path, provenance: provenance)
    }
}
