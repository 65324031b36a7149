import Foundation
public import Models
public import Tensors

/// The latents of a set of images, each encoded once, when first asked for.
///
/// Images are encoded one by one, so that a latent does not depend on which others were asked for with it.
public final class LatentCache {
    private let images: TrainingImages
    private let autoencoder: AutoencoderKL
    private let path: String
    private let key: String
    /// `[2 * count, C, h, w]`: as it is, then mirrored, image after image.
    private let latents: Tensor
    private var isEncoded: [UInt8]

    /// Starts empty, or with what an earlier run of the same autoencoder left at `path`.
    ///
    /// - Parameters:
    ///   - images: what is encoded.
    ///   - autoencoder: in its precision; its latents are scaled by its scaling factor.
    ///   - key: names the autoencoder's weights; a file of another key is not used.
    ///   - path: a safetensors file.
    /// - Throws: `TorchError`.
    public init(
        _ images: TrainingImages,
        autoencoder: AutoencoderKL,
        key: String,
        path: String
    ) throws {
        self.images = images
        self.autoencoder = autoencoder
        self.key = key
        self.path = path
        let factor = autoencoder.downsamplingFactor
        let shape = [
            2 * images.count, autoencoder.configuration.latentChannels,
            images.pixels.size(2) / factor, images.pixels.size(3) / factor,
        ]
        if let file = try? SafetensorsFile(path: path), file.metadata["key"] == key,
            file.shape(of: "latents") == shape
        {
            latents = try withTorchErrors { try file.tensor(named: "latents").cloned() }
            isEncoded = try file.tensor(named: "encoded").bytes()
        } else {
            latents = try withTorchErrors { Tensor.zeros(shape, dtype: .float16) }
            isEncoded = [UInt8](repeating: 0, count: shape[0])
        }
    }

    /// The scaled mean latents of these images, float32 `[N, C, h, w]`.
    public func batch(_ requests: [(index: Int, isMirrored: Bool)]) throws -> Tensor {
        let rows = requests.map { 2 * $0.index + ($0.isMirrored ? 1 : 0) }
        for row in rows where isEncoded[row] == 0 { try encode(row) }
        return latents.gathered(0, at: Tensor(rows, [rows.count])).to(.float32)
    }

    /// Writes the latents so far, atomically.
    public func save() throws {
        try Safetensors.write(
            [("latents", latents), ("encoded", Tensor(isEncoded, [isEncoded.count]))],
            metadata: ["key": key],
            to: path
        )
    }

    private func encode(_ row: Int) throws {
        try withTorchErrors {
            withoutGradients {
                var image = images.batch(Tensor([row / 2], [1]))
                if row % 2 == 1 { image = image.flipped([3]) }
                // An autoencoder for colours sees grey in all of them.
                image = image.expanded([-1, autoencoder.configuration.inputChannels, -1, -1])
                let mean = withAutocast(.bfloat16) { autoencoder.encode(image).mean }
                latents.selected(0, row)
                    .copy(from: autoencoder.scaled(mean.to(.float32)).squeezed(0))
            }
        }
        isEncoded[row] = 1
    }
}

@available(*, unavailable)
extension LatentCache: Sendable {}
