import Foundation
import Imaging
import Pipelines
import Tensors

/// What is painted of a canvas so far, in a file beside the picture to be.
struct CanvasState {
    private let path: String
    private let request: String

    /// The state of a picture whose provenance has the hash of the weights.
    init(_ picture: EditedPicture) throws {
        path = "\(picture.path.dropLast(4)).partial.safetensors"
        let text = try picture.provenance.pngText().map(\.value).joined(separator: "\n")
        request = WeightsHash.sha256(of: text)
    }

    /// What an earlier run of the same request has painted; nil where there is none.
    func read(_ layout: OutpaintingLayout) throws -> OutpaintingCanvas? {
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        let file = try SafetensorsFile(path: path)
        guard file.metadata["request"] == request,
            let count = file.metadata["painted"].flatMap(Int.init),
            (0..<layout.windows.count).contains(count)
        else { return nil }
        let latents = try file.tensor(named: "latents")
        let contents = try file.tensor(named: "contents").bytes()
            .compactMap(OutpaintingCanvas.Content.init(rawValue:))
        let (width, height) = (layout.width / layout.factor, layout.height / layout.factor)
        guard latents.dimensionCount == 3, latents.size(1) == height, latents.size(2) == width,
            contents.count == width * height
        else { return nil }
        return OutpaintingCanvas(
            layout: layout,
            latents: LatentGrid(
                channelCount: latents.size(0),
                width: width,
                height: height,
                values: try latents.array()
            ),
            contents: contents,
            paintedCount: count
        )
    }

    /// Keeps what is painted; the file appears whole.
    func write(_ canvas: OutpaintingCanvas) throws {
        let grid = canvas.latents
        let latents = try withTorchErrors {
            Tensor(grid.values, [grid.channelCount, grid.height, grid.width])
        }
        let contents = try withTorchErrors {
            Tensor(canvas.contents.map(\.rawValue), [grid.height, grid.width])
        }
        try Safetensors.write(
            [("latents", latents), ("contents", contents)],
            metadata: ["request": request, "painted": "\(canvas.paintedCount)"],
            to: path
        )
    }

    /// Removes the file, if there is one.
    func remove() throws {
        guard FileManager.default.fileExists(atPath: path) else { return }
        try FileManager.default.removeItem(atPath: path)
    }
}
