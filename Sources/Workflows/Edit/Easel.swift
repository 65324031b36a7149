import Imaging
import Pipelines
import Schedulers

/// The source, the mask and the model's settings of an edit, set up for painting.
struct Easel {
    let request: EditImage.Request
    let source: EditingSource
    let configuration: PipelineConfiguration
    /// The pixels that may change; nil for a picture that changes as a whole.
    let mask: PixelMask?
    /// What the model sees of the picture.
    let region: EditingRegion
    /// What the edit shows, before it begins.
    let shown: PixelImage
    let prompt: String
    let negativePrompt: String
    /// The canvas of an outpainting.
    let canvas: CanvasPlan?
    private let scheduler: SchedulerKind?

    init(
        _ request: EditImage.Request,
        _ source: EditingSource,
        _ configuration: PipelineConfiguration,
        _ scheduler: SchedulerKind?,
        warn: (String) -> Void
    ) throws {
        self.request = request
        self.source = source
        self.configuration = configuration
        self.scheduler = scheduler
        shown = source.pixels.shown
        let defaults = configuration.defaults
        let size = request.size ?? ImageSize(width: defaults.width, height: defaults.height)
        var (prompt, negative) = (request.prompt, request.negativePrompt)
        var canvas: CanvasPlan?
        switch request.edit {
        case .inpaint(let area, _, _):
            mask = try area.mask(of: source, warn: warn)
        case .remove(let area, _, let margin, let element):
            let given = try area.mask(of: source, warn: warn)
            mask = given.dilated(by: margin)
            (prompt, negative) = Removal.prompts(prompt, negative, without: element)
        case .vary, .restyle: mask = nil
        case .outpaint(let outpainting):
            guard !source.isDICOM else { throw EditError.dicomCanvas }
            let plan = try CanvasPlan(
                outpainting,
                around: source.pixels,
                prompt: prompt,
                window: size,
                factor: configuration.downsamplingFactor
            )
            mask = plan.mask
            canvas = plan
        }
        self.canvas = canvas
        (self.prompt, negativePrompt) = (prompt, negative)
        region = EditingRegion(
            around: canvas == nil ? mask?.boundingBox : nil,
            pictureWidth: source.pixels.width,
            pictureHeight: source.pixels.height,
            model: size,
            factor: configuration.downsamplingFactor
        )
        for text in prompts + [negativePrompt] {
            if let warning = configuration.tokenWarning(for: text) { warn(warning) }
        }
        if configuration.isGrey, !source.pixels.isGrey {
            warn("the model paints grey, the picture has colours: what is painted will be grey")
        }
    }

    /// All prompts to paint by, each once.
    var prompts: [String] { Set(canvas?.prompts ?? [prompt]).sorted() }

    /// Checks the first picture, before anything is written.
    func validate() throws {
        try mask?.validate(
            width: canvas?.width ?? source.pixels.width,
            height: canvas?.height ?? source.pixels.height
        )
        let (text, device) = (text(seed: request.seed), request.device.device)
        if canvas == nil {
            try configuration.validate(try editRequest(text), on: device)
        } else {
            try configuration.validateEdit(text, on: device)
        }
    }

    func start(presentCount: Int) -> GenerateImages.Start {
        GenerateImages.Start(
            imageCount: request.paintedCount,
            presentCount: presentCount,
            model: configuration.modelName,
            inferenceStepCount: text(seed: request.seed).inferenceStepCount
        )
    }

    /// What the model is asked for one picture.
    func text(seed: UInt64) -> TextToImageRequest {
        let defaults = configuration.defaults
        let isVariation: Bool
        if case .vary = request.edit { isVariation = true } else { isVariation = false }
        return TextToImageRequest(
            prompt: prompt,
            negativePrompt: negativePrompt,
            seed: seed,
            inferenceStepCount: request.inferenceStepCount ?? defaults.inferenceStepCount,
            // Guidance would lead a variation away from the picture that it starts from.
            guidanceScale: request.guidanceScale ?? (isVariation ? 1 : defaults.guidanceScale),
            width: canvas?.layout.windows.first?.width ?? region.width,
            height: canvas?.layout.windows.first?.height ?? region.height,
            scheduler: isVariation ? .ddim : scheduler ?? defaults.scheduler
        )
    }

    func plannedPicture(_ index: Int) -> EditedPicture {
        let text = text(seed: request.seed &+ UInt64(index))
        let provenance = Provenance(
            prompt: prompt,
            negativePrompt: negativePrompt.isEmpty ? nil : negativePrompt,
            seed: request.seed,
            index: index,
            inferenceStepCount: text.inferenceStepCount,
            guidanceScale: text.guidanceScale,
            scheduler: text.scheduler?.rawValue ?? GenerateImages.modelScheduler,
            width: canvas?.width ?? source.pixels.width,
            height: canvas?.height ?? source.pixels.height,
            model: ([configuration.modelName] + request.loras.map(\.label))
                .joined(separator: Provenance.loraSeparator),
            dtype: request.dtype.rawValue,
            device: request.device.rawValue,
            softwareVersion: SoftwareVersion.current,
            digitalSourceType: .compositeWithTrainedAlgorithmicMedia,
            parentSHA256: source.sha256,
            maskSHA256: mask.map { WeightsHash.sha256(of: $0.bytes) },
            edit: "\(request.edit.name) \(settings)"
        )
        let words = prompt.isEmpty ? "" : "-\(ImageName.slug(prompt))"
        let name = "\(source.stem)-\(request.edit.name)\(words)-s\(text.seed)"
        let path = "\(request.outputFolder)/\(name)"
        return EditedPicture(
            index: index,
            imageCount: request.paintedCount,
            path: "\(path).png",
            dicomPath: source.isDICOM ? "\(path).dcm" : nil,
            text: text,
            provenance: provenance
        )
    }

    /// What of the request is not said elsewhere in the provenance.
    private var settings: String {
        let size = request.size.map { " size=\($0.width)x\($0.height)" } ?? ""
        let work = "at=\(region.width)x\(region.height)\(size)"
        return switch request.edit {
        case .inpaint(_, let strength, _):
            "strength=\(strength)\(infills ? " infill" : "") \(work)"
        case .vary(let strength), .restyle(let strength): "strength=\(strength) \(work)"
        case .remove(_, _, let margin, _): "margin=\(margin) \(work)"
        case .outpaint: canvas?.settings ?? ""
        }
    }

    /// The engine's request for a picture of the region.
    func editRequest(_ text: TextToImageRequest) throws -> ImageEditRequest {
        var picture = try region.picture(of: shown)
        let factor = configuration.downsamplingFactor
        let strength = request.edit.strength ?? 1
        let change: ImageEditRequest.Change
        switch (request.edit, mask) {
        case (.vary, _): change = .vary
        case (.restyle, _): change = .restyle
        case (_, let mask?):
            let small = try region.mask(mask, factor: factor)
            if infills { picture = try SeamlessBlend.filled(picture, where: small) }
            change = .inpaint(small)
        case (_, nil): throw EditError.noArea
        }
        return ImageEditRequest(
            text: text,
            picture: picture,
            change: change,
            strength: strength,
            startsFromPicture: true
        )
    }

    /// Whether the surroundings, continued smoothly, take the place of what lies under the mask.
    private var infills: Bool {
        switch request.edit {
        case .inpaint(let area, let strength, let infills):
            infills || strength == 1 || area.isSourcesOwn
        case .remove: true
        case .vary, .restyle, .outpaint: false
        }
    }
}
