import Imaging
import Layers
import Models
import Schedulers
import Tensors

extension StableDiffusionPipeline {
    /// The latents of a picture, of the autoencoder's colours.
    func encode(_ picture: PixelImage) throws -> PictureLatents {
        let channelCount = configuration.autoencoder.inputChannels
        let tensor = try picture.tensor(channelCount: channelCount).to(device)
        return try withTorchErrors {
            withoutGradients { PictureLatents(tensor, autoencoder, dtype: dtype) }
        }
    }

    /// The run of a validated edit that has steps.
    func denoise(_ request: ImageEditRequest, under conditioning: Conditioning) throws
        -> DenoisingSequence
    {
        let picture = try encode(request.picture)
        let isVariation = request.change == .vary
        var run = try denoise(
            request.text,
            under: conditioning,
            scheduler: isVariation ? try configuration.makeInvertibleScheduler(request.text) : nil
        )
        run.skippedStepCount = request.skippedStepCount
        switch request.change {
        case .restyle:
            run.start = { scheduler, noise in .noised(picture, scheduler, noise) }
        case .vary:
            let inversion = DDIMInversion(
                predictor: run.predictor,
                configuration: configuration.scheduler
            )
            run.start = { scheduler, noise in
                let inverted = inversion.invert(picture.mean, by: scheduler)
                return DenoisingStart(
                    latents: inverted.turned(
                        towards: noise.draw(),
                        by: request.strength * .pi / 2
                    )
                )
            }
        case .inpaint(let mask):
            let change = ChangeMap(mask, blockSide: configuration.downsamplingFactor)
            let isBlank = request.skippedStepCount == 0 && !request.startsFromPicture
            guard configuration.isForInpainting else {
                run.start = { scheduler, noise in
                    .inpainted(picture, isBlank: isBlank, where: change, scheduler, noise)
                }
                break
            }
            let masked = try encode(picture.picture, without: mask)
            run.start = { scheduler, noise in
                .inpainted(
                    isBlank ? nil : picture,
                    masked: masked,
                    where: change,
                    scheduler,
                    noise
                )
            }
        }
        return run
    }

    /// The latents of a picture with mid-grey in place of the masked pixels.
    func encode(_ picture: Tensor, without mask: PixelMask) throws -> PictureLatents {
        try withTorchErrors {
            let kept = mask.isRepainted.map { $0 ? 0 : 1 } as [Float]
            let flags = Tensor(kept, [1, 1, mask.height, mask.width]).to(device)
            return withoutGradients {
                PictureLatents(picture * flags, autoencoder, dtype: dtype)
            }
        }
    }
}

extension ChangeMap {
    /// What a mask says of each block of pixels; that of its first pixel, as in diffusers.
    init(_ mask: PixelMask, blockSide side: Int) {
        let (columns, rows) = (mask.width / side, mask.height / side)
        self.init(
            width: columns,
            height: rows,
            values: (0..<rows * columns).map { index in
                mask[index % columns * side, index / columns * side] ? 1 : 0
            }
        )
    }
}
