import Imaging
import Models
import Pipelines
import Tensors

/// A model's autoencoder, through which an image goes as the last step of every generated image did.
struct Reconstruction {
    /// The side at which the autoencoder was trained.
    var side: Int { autoencoder.configuration.sampleSize }

    private let autoencoder: AutoencoderKL
    private let dtype: DType
    private let device: Device

    /// Loads the autoencoder.
    ///
    /// - Parameters:
    ///   - folder: the model's folder.
    ///   - dtype: the type of its numbers.
    ///   - device: where it computes; prepared already.
    /// - Throws: what the model's files give reason to.
    init(modelFolder folder: String, dtype: DType = .float32, device: Device = .cpu) throws {
        autoencoder = try ModelFolder(path: folder).loadAutoencoder(dtype: dtype, device: device)
        (self.dtype, self.device) = (dtype, device)
    }

    /// The image that the autoencoder makes of the mean of an image's latents.
    ///
    /// - Parameter image: 8-bit grey, `side` x `side`.
    /// - Returns: 8-bit grey of the same size.
    /// - Throws: `TorchError`.
    func callAsFunction(_ image: PixelImage) throws -> PixelImage {
        let channels = autoencoder.configuration.inputChannels
        let tensor = Tensor(image.byteSamples, [1, 1, image.height, image.width]).to(.float32)
        return try withTorchErrors {
            try withoutGradients {
                let input = (tensor / 127.5 - 1).expanded([-1, channels, -1, -1])
                let latents = autoencoder.encode(input.to(dtype).to(device)).mean
                let decoded = autoencoder.decode(latents).to(.float32).to(.cpu)
                return try PixelImage(decoded: decoded).convertedToGrey()
            }
        }
    }
}
