import Foundation
import Imaging
import Pipelines
import Schedulers
import Tensors

extension GenerateImages {
    /// The pictures of the request, prompt by prompt; a prompt that is given twice is drawn once.
    func plan(
        with engine: TextToImageEngine,
        _ scheduler: SchedulerKind?,
        report: (Event) -> Void
    ) throws -> [PlannedImage] {
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
            if let warning = engine.tokenWarning(for: prompt) { report(.warning(warning)) }
            let series = (0..<request.imageCount).map { index in
                plannedImage(prompt, index, engine, scheduler)
            }
            if let image = series.first { try engine.validate(image.request) }
            images += series
        }
        if let warning = engine.tokenWarning(for: request.negativePrompt) {
            report(.warning(warning))
        }
        return images
    }

    private func plannedImage(
        _ prompt: String,
        _ index: Int,
        _ engine: TextToImageEngine,
        _ scheduler: SchedulerKind?
    ) -> PlannedImage {
        let defaults = engine.defaults
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
            scheduler: single.scheduler?.rawValue ?? "model",
            width: single.width,
            height: single.height,
            model: engine.modelName,
            dtype: request.dtype.rawValue,
            device: request.device.rawValue,
            softwareVersion: SoftwareVersion.current
        )
        let path = "\(request.outputFolder)/\(ImageName.file(prompt: prompt, seed: seed))"
        return PlannedImage(request: single, path: path, provenance: provenance)
    }

    /// Makes the output folder and those above it.
    func createOutputFolder() throws(WorkflowError) {
        let folder = request.outputFolder
        var path = folder.hasPrefix("/") ? "" : "."
        for component in folder.split(separator: "/") {
            path += "/\(component)"
            guard mkdir(path, 0o777) == 0 || errno == EEXIST else {
                throw .outputFolder(path: folder, errorNumber: errno)
            }
        }
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
            throw .outputFolder(path: folder, errorNumber: ENOTDIR)
        }
        guard access(path, W_OK | X_OK) == 0 else {
            throw .outputFolder(path: folder, errorNumber: errno)
        }
    }

    /// Makes GPUs usable, or says why they are not.
    func loadCUDA() throws {
        do { try Device.loadCUDA() } catch { throw WorkflowError.noCUDA(reason: error.message) }
    }
}
