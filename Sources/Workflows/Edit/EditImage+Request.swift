public import Imaging

extension EditImage {
    /// What becomes of the picture.
    public enum Edit: Sendable, Equatable {
        /// The area is painted anew under the prompt, from what is there or, with `infills` and always
        /// at strength 1, from its surroundings.
        case inpaint(EditArea, strength: Double, infills: Bool)
        /// What lies in the area is taken away; the best of so many candidates is kept.
        case remove(EditArea, candidateCount: Int, margin: Double, element: String)
        /// Pictures like this one; 0 gives the model's reconstruction, 1 any picture.
        case vary(strength: Double)
        /// The whole picture follows the prompt; 0 gives the model's reconstruction.
        case restyle(strength: Double)
        /// The picture goes on beyond its borders.
        case outpaint(Outpainting)

        /// The word of the command line and of file names.
        public var name: String {
            switch self {
            case .inpaint: "inpaint"
            case .remove: "remove"
            case .vary: "vary"
            case .restyle: "restyle"
            case .outpaint: "outpaint"
            }
        }

        /// Whether several pictures are painted of which the best is kept.
        var hasCandidates: Bool {
            if case .remove = self { return true }
            return false
        }

        var strength: Double? {
            switch self {
            case .inpaint(_, let strength, _), .vary(let strength), .restyle(let strength): strength
            case .remove, .outpaint: nil
            }
        }
    }

    /// What to edit, how, and where to put it; nil takes the model's own value.
    public struct Request: Sendable, Equatable {
        /// The picture's file.
        public var source: String
        /// What becomes of it.
        public var edit: Edit
        /// The words to paint by.
        public var prompt = ""
        /// Words for what should not be painted.
        public var negativePrompt = ""
        /// Pictures to make.
        public var imageCount = 1
        /// The seed of the first picture; the others' count up from it.
        public var seed: UInt64
        /// Denoising steps.
        public var inferenceStepCount: Int?
        /// The weight of classifier-free guidance; 1 means none.
        public var guidanceScale: Double?
        /// A scheduler's name.
        public var scheduler: String?
        /// Columns and rows that the model works at.
        public var size: ImageSize?
        /// A model's name or folder.
        public var model = ModelLocator.defaultModel
        /// What is added to the model's weights.
        public var loras: [GenerateImages.LoRA] = []
        /// The type of numbers.
        public var dtype = GenerateImages.NumberType.float32
        /// The kind of device.
        public var device = GenerateImages.Processor.cpu
        /// The folder of the pictures; it is made where it is missing.
        public var outputFolder = "out"
        /// The folder of the archive that takes a record of each picture; nil records nothing.
        public var workspace: String?
        /// Whether the edited region is shown before, after and as their difference.
        public var compares = false

        /// Asks for one picture with the model's own settings.
        public init(source: String, edit: Edit, seed: UInt64) {
            self.source = source
            self.edit = edit
            self.seed = seed
        }

        /// The pictures that are painted for the request.
        var paintedCount: Int {
            if case .remove(_, let candidateCount, _, _) = edit { return candidateCount }
            return imageCount
        }

        /// Checks what can be checked without picture and model.
        func validate() throws {
            guard imageCount >= 1 else { throw WorkflowError.imageCount(imageCount) }
            if let inferenceStepCount, inferenceStepCount < 1 {
                throw WorkflowError.inferenceStepCount(inferenceStepCount)
            }
            if let guidanceScale, !(guidanceScale.isFinite && guidanceScale >= 0) {
                throw WorkflowError.guidanceScale(guidanceScale)
            }
            if let strength = edit.strength, !(0...1).contains(strength) {
                throw EditError.strength(strength)
            }
            if case .remove(_, let count, let margin, _) = edit {
                guard (1...64).contains(count) else { throw EditError.candidateCount(count) }
                guard (0...1024).contains(margin) else { throw EditError.margin(margin) }
                guard imageCount == 1 else { throw EditError.imagesOfRemoval(imageCount) }
            }
            guard !seed.addingReportingOverflow(UInt64(paintedCount - 1)).overflow else {
                throw WorkflowError.seedOverflow(seed: seed, imageCount: paintedCount)
            }
        }
    }
}

/// The part of a picture that an edit may change; the parts given are put together.
public struct EditArea: Sendable, Equatable {
    /// A picture's file: white is changed; with an alpha channel, what is transparent.
    public var maskPath: String?
    /// Rectangles.
    public var boxes: [PixelRectangle]
    /// Polygons, each by its corners.
    public var polygons: [[PixelPoint]]

    /// Makes an area; an empty one stands for the transparent pixels of the picture itself.
    public init(
        maskPath: String? = nil,
        boxes: [PixelRectangle] = [],
        polygons: [[PixelPoint]] = []
    ) {
        self.maskPath = maskPath
        self.boxes = boxes
        self.polygons = polygons
    }

    /// Whether the picture's transparent pixels are meant, under which there is nothing.
    var isSourcesOwn: Bool { maskPath == nil && boxes.isEmpty && polygons.isEmpty }

    /// The mask of a picture.
    ///
    /// - Parameters:
    ///   - source: the picture.
    ///   - warn: takes what the user should know about the mask.
    /// - Returns: a mask that repaints something and keeps something.
    /// - Throws: `ImagingError`, or `EditError.noArea`.
    func mask(of source: EditingSource, warn: (String) -> Void) throws -> PixelMask {
        let (width, height) = (source.pixels.width, source.pixels.height)
        var mask = try PixelMask(width: width, height: height)
        for box in boxes { try mask.add(box) }
        for polygon in polygons { try mask.add(polygon: polygon) }
        if let maskPath {
            let reading = PixelMask.reading(try PixelImage.read(path: maskPath))
            if reading.ambiguousCount > 0 {
                warn(
                    "\(reading.ambiguousCount) pixels of the mask are neither black nor white (or "
                        + "half transparent): from half of the full scale on they count as white"
                )
            }
            mask = try mask.union(reading.mask)
        } else if isSourcesOwn {
            guard let own = source.ownMask else { throw EditError.noArea }
            mask = own
        }
        try mask.validate(width: width, height: height)
        return mask
    }
}
