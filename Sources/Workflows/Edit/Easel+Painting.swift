import Imaging
import Pipelines

extension Easel {
    /// Paints one picture.
    func paint(
        _ picture: EditedPicture,
        with engine: TextToImageEngine,
        progress: @escaping @Sendable (_ step: Int, _ stepCount: Int) -> Void
    ) async throws -> EditedPicture.Painting {
        if let canvas {
            return try await paint(canvas, picture, with: engine, progress: progress)
        }
        let painted = try await engine.edit(try editRequest(picture.text), progress: progress)
        return try composed(region.enlarged(painted))
    }

    /// Puts what was painted, as large as the region, into the source.
    func composed(_ painted: PixelImage) throws -> EditedPicture.Painting {
        var pixels = source.pixels
        var whole = shown
        let isGrey = source.pixels.isGrey
        let matching =
            shown.channelCount == 3
            ? (isGrey ? painted.convertedToGrey() : painted).convertedToRGB()
            : painted.convertedToGrey()
        let before = try shown.cropped(to: region.crop)
        var measures: [String: Double] = [:]
        let after: PixelImage
        if let mask {
            let part = try mask.cropped(to: region.crop)
            after = try SeamlessBlend.blend(matching, into: before, where: part)
            measures["border_step"] = BorderAgreement(of: after, around: part)?.score
        } else {
            after = matching
        }
        try whole.paste(after, x: region.crop.x, y: region.crop.y)
        try pixels.show(
            whole,
            in: mask ?? PixelMask(width: pixels.width, height: pixels.height, repaintsAll: true)
        )
        var painting = EditedPicture.Painting(pixels: pixels, measures: measures)
        if request.compares { painting.comparison = try Self.comparison(before, after) }
        return painting
    }

    /// Before, after, and how much each pixel has changed.
    static func comparison(_ before: PixelImage, _ after: PixelImage) throws -> PixelImage {
        let (before, after) = (before.convertedTo8Bit(), after.convertedTo8Bit())
        let changes = zip(before.convertedToGrey().byteSamples, after.convertedToGrey().byteSamples)
            .map { UInt8(abs(Int($0) - Int($1))) }
        let difference = try PixelImage(width: before.width, height: before.height, grey: changes)
        let cells = [("before", before), ("after", after), ("difference", difference)]
            .map { ContactSheet.Cell(image: $0.1, caption: $0.0) }
        return try ContactSheet(cells: cells, columnCount: 3).image()
    }

    /// Painted candidates, the one that agrees best with its border first; it keeps the plain name.
    func ranked(_ pictures: [EditedPicture]) -> [EditedPicture] {
        pictures.filter { $0.painting != nil }.sorted {
            let (left, right) = ($0.painting?.measures, $1.painting?.measures)
            return (left?["border_step"] ?? .infinity, $0.index)
                < (right?["border_step"] ?? .infinity, $1.index)
        }
    }
}
