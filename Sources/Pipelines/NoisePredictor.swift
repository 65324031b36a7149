import Layers
import Models
import Tensors

/// The network under a text.
struct NoisePredictor {
    let unet: UNet2DConditionModel
    let conditioning: Conditioning
    let guidanceScale: Double
    /// The noisiest timestep that is guided; nil where all are.
    let guidanceStartTimestep: Double?
    let dtype: DType

    /// The network's output, guided away from that of the negative prompt (Ho and Salimans,
    /// arXiv:2207.12598).
    func callAsFunction(_ input: Tensor, timestep: Double) -> Tensor {
        let isGuided = conditioning.isGuided
        let batch = isGuided ? Tensor.concatenated([input, input], axis: 0) : input
        let output = unet(
            batch.to(dtype),
            timestep: Tensor(timestep),
            context: conditioning.context
        ).to(.float32)
        guard isGuided else { return output }
        let parts = output.chunked(2, axis: 0)
        let (negative, positive) = (parts[0], parts[1])
        if let guidanceStartTimestep, timestep > guidanceStartTimestep { return positive }
        return negative + guidanceScale * (positive - negative)
    }
}

/// An image's own noise: unit Gaussians of its latents' shape, drawn on the CPU from its seed.
struct NoiseSource {
    let shape: [Int]
    private let generator: Tensors.Generator
    private let device: Device

    init(seed: UInt64, shape: [Int], device: Device) {
        generator = Tensors.Generator(seed: seed)
        self.shape = shape
        self.device = device
    }

    func draw() -> Tensor { .randn(shape, generator: generator, device: device) }
}
