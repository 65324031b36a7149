import Foundation
import Imaging
import Pipelines

extension Easel {
    /// Paints all windows of a canvas, or those that an earlier run has left.
    func paint(
        _ plan: CanvasPlan,
        _ picture: EditedPicture,
        with engine: TextToImageEngine,
        progress: @escaping @Sendable (_ step: Int, _ stepCount: Int) -> Void
    ) async throws -> EditedPicture.Painting {
        let state = try CanvasState(picture)
        var canvas: OutpaintingCanvas
        if let begun = try state.read(plan.layout) {
            canvas = begun
        } else {
            canvas = try await engine.beginCanvas(around: shown, plan.layout)
        }
        let windowCount = plan.layout.windows.count
        while !canvas.isFinished {
            let window = canvas.paintedCount
            var text = picture.text
            text.prompt = plan.prompts[window]
            // Every window has noise of its own, far from that of the request's other pictures.
            text.seed &+= UInt64(window) &* 0x9E37_79B9_7F4A_7C15
            canvas = try await engine.paintNextWindow(of: canvas, text) { step, stepCount in
                progress(window * stepCount + step, windowCount * stepCount)
            }
            if !canvas.isFinished { try state.write(canvas) }
        }
        let decoded = try await engine.picture(of: canvas, picture.text)
        return try composed(decoded, plan)
    }

    /// Removes what an unfinished run has kept.
    func discardState(of picture: EditedPicture) throws {
        if canvas != nil { try CanvasState(picture).remove() }
    }

    /// The painted canvas around the source.
    private func composed(
        _ decoded: PixelImage,
        _ plan: CanvasPlan
    ) throws -> EditedPicture.Painting {
        let painted = try decoded.cropped(to: plan.visible)
        let isGrey = shown.channelCount == 1 || source.pixels.isGrey
        let grey = isGrey ? painted.convertedToGrey() : painted
        let matching = shown.channelCount == 3 ? grey.convertedToRGB() : grey.convertedToGrey()
        let before = try shown.padded(
            left: plan.x,
            top: plan.y,
            right: plan.width - plan.x - shown.width,
            bottom: plan.height - plan.y - shown.height
        )
        let after = try SeamlessBlend.blend(
            matching,
            into: before,
            where: plan.mask,
            // The source is sharper than latents can be, and may end in an edge of its own.
            easing: Double(3 * plan.layout.factor)
        )
        var pixels = try source.pixels.enlarged(
            width: plan.width,
            height: plan.height,
            x: plan.x,
            y: plan.y
        )
        try pixels.show(after, in: plan.mask)
        var painting = EditedPicture.Painting(pixels: pixels)
        let visible = plan.visible
        let borders = plan.layout.borders.map { border in
            SeamScore.Border(
                isVertical: border.isVertical,
                x: border.x - visible.x,
                y: border.y - visible.y,
                length: border.length
            )
        }
        if let score = SeamScore(of: after, borders: borders) {
            painting.measures = ["seam_score": score.mean, "seam_score_worst": score.worst]
        }
        if request.compares { painting.comparison = try Self.comparison(before, after) }
        return painting
    }
}
