public import ArgumentParser
public import Imaging
import Workflows

/// What every edit is told: the picture, and how to draw.
struct EditOptions: ParsableArguments {
    @Argument(
        help: ArgumentHelp("The picture, a PNG, JPEG, TIFF or DICOM file.", valueName: "image")
    )
    var source: String

    @Flag(help: "Write the region before, after and their difference too.")
    var compare = false

    @OptionGroup var drawing: DrawingOptions

    /// Runs an edit.
    func run(
        _ edit: EditImage.Edit,
        prompt: String,
        _ context: CommandContext = .process
    ) async throws {
        try await drawing.run(context) { seed in
            var request = EditImage.Request(source: source, edit: edit, seed: seed)
            request.prompt = prompt
            request.negativePrompt = drawing.negative
            request.imageCount = drawing.imageCount
            request.inferenceStepCount = drawing.steps
            request.guidanceScale = drawing.guidance
            request.scheduler = drawing.scheduler
            request.size = drawing.size
            request.model = drawing.model
            request.loras = drawing.loras
            request.dtype = drawing.dtype
            request.device = drawing.device
            request.outputFolder = drawing.outputFolder
            request.workspace = drawing.recordingWorkspace
            request.compares = compare
            let editing = EditImage(request, policy: try drawing.policy.policy())
            return { report in try await editing.run(report: report) }
        }
    }
}

/// What an edit may change.
struct AreaOptions: ParsableArguments {
    @Option(
        help: """
            Mask of the picture's size: white (from half of the full scale on) is painted; with an alpha \
            channel, what is transparent.
            """
    )
    var mask: String?

    @Option(
        parsing: .unconditionalSingleValue,
        help: ArgumentHelp("A rectangle to paint; several are joined.", valueName: "x,y,w,h")
    )
    var box: [PixelRectangle] = []

    @Option(
        parsing: .unconditionalSingleValue,
        help: ArgumentHelp(
            "A polygon to paint, by its corners; several are joined.",
            valueName: "x,y x,y x,y …"
        )
    )
    var polygon: [Polygon] = []

    var area: EditArea {
        EditArea(maskPath: mask, boxes: box, polygons: polygon.map(\.points))
    }
}

/// The corners of a polygon as they are given: "10,10 50,10 30,40".
struct Polygon: ExpressibleByArgument {
    let points: [PixelPoint]

    init?(argument: String) {
        let pairs = argument.split { $0 == " " || $0 == ";" }.map { pair in
            pair.split(separator: ",", omittingEmptySubsequences: false).map { Double($0) }
        }
        let points = pairs.compactMap { numbers -> PixelPoint? in
            guard numbers.count == 2, let x = numbers[0], let y = numbers[1], x.isFinite, y.isFinite
            else { return nil }
            return PixelPoint(x: x, y: y)
        }
        guard points.count == pairs.count, !points.isEmpty else { return nil }
        self.points = points
    }
}

extension PixelRectangle: ExpressibleByArgument {
    /// Reads a rectangle such as "10,20,64,32": column, row, width and height.
    public init?(argument: String) {
        let numbers = argument.split(separator: ",", omittingEmptySubsequences: false)
            .map { Int($0) }
        guard numbers.count == 4, let x = numbers[0], let y = numbers[1], let width = numbers[2],
            let height = numbers[3]
        else { return nil }
        self.init(x: x, y: y, width: width, height: height)
    }
}
