public import Imaging
import Layers
import Models
import Schedulers
import Tensors

extension TextToImageEngine {
    /// Begins a canvas: encodes the picture, window by window.
    ///
    /// - Parameters:
    ///   - picture: of the size of the layout's source.
    ///   - layout: the windows.
    /// - Returns: the canvas with no window painted.
    /// - Throws: `ImagingError`, `TorchError`, `CancellationError`.
    public func beginCanvas(
        around picture: PixelImage,
        _ layout: OutpaintingLayout
    ) async throws -> OutpaintingCanvas {
        let factor = layout.factor
        let (width, height) = (layout.width / factor, layout.height / factor)
        let channelCount = configuration.autoencoder.latentChannels
        var canvas = OutpaintingCanvas(
            layout: layout,
            latents: LatentGrid(channelCount: channelCount, width: width, height: height),
            contents: Array(repeating: .blank, count: width * height),
            paintedCount: 0
        )
        for window in layout.sourceWindows {
            try Task.checkCancellation()
            let part = try picture.cropped(
                extendingEdgesTo: PixelRectangle(
                    x: window.x - layout.source.x,
                    y: window.y - layout.source.y,
                    width: window.width,
                    height: window.height
                )
            )
            canvas.takeSource(try LatentGrid(pipeline.encode(part).mean), in: window)
        }
        return canvas
    }

    /// Paints the next window of a canvas.
    ///
    /// - Parameters:
    ///   - canvas: with a window left.
    ///   - request: prompt, steps and seed for this window; width and height are its.
    ///   - progress: called after every step, on the engine's thread.
    /// - Returns: the canvas with the window painted.
    /// - Throws: `CancellationError`, `PipelineError`, `SchedulerError`, `TorchError`.
    public func paintNextWindow(
        of canvas: OutpaintingCanvas,
        _ request: TextToImageRequest,
        progress: @Sendable (_ step: Int, _ stepCount: Int) -> Void = { _, _ in }
    ) async throws -> OutpaintingCanvas {
        try configuration.validateEdit(request, on: device)
        let window = canvas.layout.windows[canvas.paintedCount]
        let change = canvas.changes(in: window)
        let original = canvas.latents.cropped(to: canvas.positions(of: window))
        let conditioning = try conditioning(of: request)
        var run = try pipeline.denoise(request, under: conditioning, scheduler: nil)
        let known = try withTorchErrors { original.tensor.to(device) }
        let infilled = try withTorchErrors { canvas.infilled(in: window).tensor.to(device) }
        let masked =
            configuration.isForInpainting
            ? try pipeline.encodeMasked(known, where: change, request) : nil
        run.start = { scheduler, noise in
            let fresh = noise.draw()
            return DenoisingStart(
                latents: scheduler.addNoise(
                    to: infilled,
                    noise: fresh,
                    timestep: scheduler.timesteps[scheduler.stepIndex]
                ),
                kept: KeptLatents(original: known, noise: fresh, change: change),
                addedChannels: masked.map {
                    Tensor.concatenated([change.whole.to(fresh.device), $0.mean], axis: 1)
                }
            )
        }
        var result = canvas
        if let latents = try finish(run, request, progress: progress) {
            result.take(try LatentGrid(latents), in: window, where: change)
        }
        return result
    }

    /// The picture of a canvas in 16 bits, decoded in tiles of a window's size; far from all windows
    /// the source's part of it is left mid-grey.
    ///
    /// - Throws: `PipelineError`, `TorchError`.
    public func picture(of canvas: OutpaintingCanvas, _ request: TextToImageRequest) async throws
        -> PixelImage
    {
        var tiling = DecodingTiles(
            wholePixelCount: request.width * request.height,
            tileSide: min(request.width, request.height),
            overlap: canvas.layout.overlap
        )
        tiling.wanted = canvas.layout.windows
        let latents = try withTorchErrors { canvas.latents.tensor.to(device) }
        return try picture(of: latents, request, tiling: tiling)
    }
}

extension StableDiffusionPipeline {
    /// The latents of what a window knows, with mid-grey in place of what it paints.
    fileprivate func encodeMasked(
        _ known: Tensor,
        where change: ChangeMap,
        _ request: TextToImageRequest
    ) throws -> PictureLatents {
        let images = try decode(known, bitDepth: 16)
        guard let image = images.first ?? nil else {
            throw PipelineError.notFinite(prompt: request.prompt, seed: request.seed, step: nil)
        }
        let factor = configuration.downsamplingFactor
        var mask = try PixelMask(width: image.width, height: image.height)
        for (index, value) in change.values.enumerated() where value > 0 {
            try mask.add(
                PixelRectangle(
                    x: index % change.width * factor,
                    y: index / change.width * factor,
                    width: factor,
                    height: factor
                )
            )
        }
        let tensor = try image.tensor(channelCount: configuration.autoencoder.inputChannels)
        return try encode(tensor.to(device), without: mask)
    }
}
