import Layers
public import Models
import Tensors

/// Training of a `RegionClassifier` on labelled images.
///
/// All images are seen at 64 pixels, moved, turned, scaled, blurred or sharpened, made noisy and changed in contrast,
/// so that no class is told by the resolution or the compression of the one set that it comes from.
public struct RegionClassifierTraining {
    /// The settings of a run.
    public struct Configuration: Codable, Equatable, Sendable {
        /// How it is optimized.
        public var optimization: OptimizationConfiguration
        /// The share of each label that is spread over all classes (arXiv:1512.00567, section 7).
        public var labelSmoothing = 0.05
        /// 0 shows all classes equally often, 1 in proportion to their images.
        public var classBalance = 0.4

        /// The settings that the shipped classifier was trained with.
        public init() {
            optimization = OptimizationConfiguration()
            optimization.stepCount = 900
            optimization.batchSize = 48
            optimization.learningRate = 3e-3
            optimization.warmupStepCount = 50
            optimization.finalLearningRateShare = 0.01
            optimization.weightDecay = 0.05
            optimization.emaDecay = 0.98
            optimization.dtype = "float32"
        }
    }

    /// The model in training.
    public let model: RegionClassifier
    /// Weights, optimizer and step.
    public let state: TrainingState
    private let configuration: Configuration
    private let images: TrainingImages
    private let labels: Tensor
    private let sampler: BalancedSampler

    /// Begins a run with random weights.
    ///
    /// - Parameters:
    ///   - configuration: the settings.
    ///   - images: pictures of `RegionClassifier.side`.
    ///   - classes: the class of each.
    /// - Throws: `ModelsError` without images.
    public init(
        _ configuration: Configuration,
        images: TrainingImages,
        classes: [String]
    ) throws {
        self.configuration = configuration
        self.images = images
        let names = Set(classes).sorted()
        let positions = Dictionary(uniqueKeysWithValues: zip(names, names.indices))
        labels = Tensor(classes.map { positions[$0] ?? 0 }, [classes.count])
        sampler = BalancedSampler(classes: classes, power: configuration.classBalance)
        let source = ParameterSource.random(seed: configuration.optimization.seed)
        model = try RegionClassifier(classNames: names, at: ParameterPath(source))
        state = TrainingState(source.parameters, configuration.optimization)
    }

    /// One step; returns the loss, the share of the batch that was told right, and the gradient's norm.
    public func step() throws -> [Double] {
        let generator = state.generator()
        var accuracy = Double.nan
        let (loss, norm) = try state.advance {
            let indices = sampler.indices(
                configuration.optimization.batchSize,
                generator: generator
            )
            let batch = Self.varied(images.batch(indices), generator)
            let target = labels.gathered(0, at: indices)
            let logits = model.logits(features: model.features(batch))
            accuracy = logits.detached().argmax(1).equals(target).to(.float32).mean().item()
            return aten(
                "aten::cross_entropy_loss",
                logits,
                target,
                Tensor?.none,
                1,
                -100,
                configuration.labelSmoothing
            )
        }
        return [loss, accuracy, norm]
    }

    /// Each image of a batch seen a little differently.
    static func varied(_ images: Tensor, _ generator: Generator) -> Tensor {
        let count = images.size(0)
        func uniform(_ range: ClosedRange<Double>) -> Tensor {
            Tensor.rand([count], generator: generator) * (range.upperBound - range.lowerBound)
                + range.lowerBound
        }
        func perImage(_ values: Tensor) -> Tensor { values.reshaped([count, 1, 1, 1]) }

        // Where each pixel comes from: turned by up to 9 degrees, scaled, moved by up to a tenth, half of them mirrored.
        let mirror = (Tensor.rand([count], generator: generator) - 0.5)
        let sign = mirror / (mirror.abs() + 1e-9)
        let scale = uniform(0.8...1.15)
        let aspect = uniform(0.93...1.07)
        let angle = uniform(-0.15...0.15)
        let (across, down) = (scale * aspect, scale / aspect)
        let rows = [
            across * angle.cos() * sign, -(down * angle.sin()), uniform(-0.2...0.2),
            across * angle.sin() * sign, down * angle.cos(), uniform(-0.2...0.2),
        ]
        let theta = Tensor.stacked(rows, axis: 1).reshaped([count, 2, 3])
        let grid = aten("aten::affine_grid_generator", theta, images.shape, false)
        let (bilinear, border) = (0, 1)
        var result = aten("aten::grid_sampler", images, grid, bilinear, border, false)

        // Mixed with its blurred copy: below 0 sharper, above 0 softer.
        let blurred = aten("aten::avg_pool2d", result, [3, 3], [1, 1], [1, 1], false, false)
        result = result + (blurred - result) * perImage(uniform(-0.5...1))
        result = result * perImage(uniform(0.7...1.3)) + perImage(uniform(-0.2...0.2))
        let noise = Tensor.randn(images.shape, generator: generator)
        return (result + noise * perImage(uniform(0...0.08))).clamp(min: -1, max: 1)
    }
}
