import Foundation
import Imaging
import Pipelines

/// A canvas around a picture: its size, its windows, and the words for each.
struct CanvasPlan {
    /// Columns that were asked for.
    let width: Int
    /// Rows that were asked for.
    let height: Int
    /// Where the picture's corner lies.
    let x: Int
    let y: Int
    /// The windows, on a canvas enlarged to the model's multiples.
    let layout: OutpaintingLayout
    /// The words of each window.
    let prompts: [String]
    /// Whether they come from a plan.
    private let isPlanned: Bool
    /// What is painted: all but the picture.
    let mask: PixelMask

    init(
        _ outpainting: EditImage.Outpainting,
        around source: EditablePixels,
        prompt: String,
        window: ImageSize,
        factor: Int
    ) throws {
        let plan: BodyPlan? =
            switch outpainting.words {
            case .prompt: nil
            case .body: try BodyPlan(named: prompt)
            case .file(let path): try BodyPlan(path: path)
            }
        let place = try Self.place(outpainting.extent, source, plan)
        (width, height, x, y) = (place.width, place.height, place.x, place.y)
        try Self.check(place, source)
        // The picture's corner lies on the latent grid; what is too much is cut off in the end.
        let (left, up) = ((factor - x % factor) % factor, (factor - y % factor) % factor)
        func multiple(_ side: Int) -> Int { (side + factor - 1) / factor * factor }
        layout = OutpaintingLayout(
            width: multiple(left + width),
            height: multiple(up + height),
            source: PixelRectangle(
                x: left + x,
                y: up + y,
                width: source.width,
                height: source.height
            ),
            windowWidth: window.width,
            windowHeight: window.height,
            factor: factor
        )
        let middle = layout.source.y + source.height / 2
        isPlanned = plan != nil
        prompts = layout.windows.map { window in
            guard let plan else { return prompt }
            let above = Double(middle - (window.y + window.height / 2)) / Double(source.height)
            return plan.prompt(at: plan.sourceCenter + above * plan.sourceHeight)
        }
        var kept = try PixelMask(width: width, height: height)
        try kept.add(PixelRectangle(x: x, y: y, width: source.width, height: source.height))
        mask = kept.inverted
    }

    /// What the provenance says of the canvas.
    var settings: String {
        let window = layout.windows.first.map { "\($0.width)x\($0.height)" } ?? "none"
        let words = isPlanned ? " prompts=\(wordsHash)" : ""
        return "at=\(x),\(y) window=\(window)\(words)"
    }

    private var wordsHash: String {
        String(WeightsHash.sha256(of: prompts.joined(separator: "\n")).prefix(16))
    }

    /// The layout's part that was asked for.
    var visible: PixelRectangle {
        PixelRectangle(
            x: layout.source.x - x,
            y: layout.source.y - y,
            width: width,
            height: height
        )
    }

    private static func place(
        _ extent: EditImage.Outpainting.Extent,
        _ source: EditablePixels,
        _ plan: BodyPlan?
    ) throws -> PixelRectangle {
        switch extent {
        case .margins(let left, let up, let right, let down):
            guard [left, up, right, down].allSatisfy({ (0...maximumSide).contains($0) }) else {
                throw EditError.canvas(
                    width: source.width,
                    height: source.height,
                    reason: "the margins are \(left), \(up), \(right), \(down) pixels and must be "
                        + "0 to \(maximumSide) (left, up, right, down)"
                )
            }
            return PixelRectangle(
                x: left,
                y: up,
                width: left + source.width + right,
                height: up + source.height + down
            )
        case .size(let size):
            var y = (size.height - source.height) / 2
            if let plan, plan.sourceHeight > 0 {
                // The whole body in the middle of the canvas, if the canvas holds it.
                let body = Double(source.height) / plan.sourceHeight
                let center = Double(size.height) / 2 + (0.5 - plan.sourceCenter) * body
                let top = Int(center) - source.height / 2
                y = min(max(top, 0), max(size.height - source.height, 0))
            }
            let x = (size.width - source.width) / 2
            return PixelRectangle(x: x, y: y, width: size.width, height: size.height)
        }
    }

    private static let maximumSide = 16_384

    private static func check(_ place: PixelRectangle, _ source: EditablePixels) throws {
        func refuse(_ reason: String) -> EditError {
            .canvas(width: place.width, height: place.height, reason: reason)
        }
        let size = "\(source.width)x\(source.height)"
        guard place.width >= source.width, place.height >= source.height else {
            throw refuse("the picture has \(size) pixels, and the canvas must hold it")
        }
        guard place.width > source.width || place.height > source.height else {
            throw refuse("the picture has these \(size) pixels already")
        }
        guard max(place.width, place.height) <= maximumSide else {
            throw refuse("a side has at most \(maximumSide) pixels")
        }
        let needed = place.width * place.height * source.channelCount * bytesPerSample
        let available = Int(clamping: ProcessInfo.processInfo.physicalMemory)
        guard needed <= available else {
            throw refuse(
                "it would take about \(needed >> 20) MiB of memory, of which there are "
                    + "\(available >> 20)"
            )
        }
    }

    /// Latents, decoded numbers, the field of tones and the picture, each of the whole canvas.
    private static let bytesPerSample = 40
}
