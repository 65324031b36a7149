import Foundation
public import Layers
public import Tensors

/// Tells modality and region of the body, such as "XR hand", or a finding there from a small grey picture.
///
/// A residual network (He et al. 2015, arXiv:1512.03385; basic blocks, pre-activation as in arXiv:1603.05027) with group
/// normalization. It measures whether synthetic pictures look like what was asked for, and is not for diagnosis.
public final class RegionClassifier {
    /// Width and height of the pictures that it looks at, in pixels.
    public static let side = 64
    /// Channels of the three stages.
    private static let channels = [24, 48, 96]

    /// The classes, "modality anatomy" or "modality anatomy finding", in the order of the scores.
    public let classNames: [String]
    private let convIn: Conv2d
    private let blocks: [Block]
    private let normOut: GroupNorm
    private let linear: Linear

    /// Takes the parameters.
    ///
    /// - Parameters:
    ///   - classNames: the classes in the order of the scores, at least one.
    ///   - path: the model's place in the checkpoint.
    /// - Throws: `ModelsError` without classes, `WeightError` where a checkpoint has other tensors there.
    public init(classNames: [String], at path: ParameterPath) throws {
        guard !classNames.isEmpty else {
            throw ModelsError.invalidOption(
                model: "RegionClassifier",
                option: "class_names",
                found: "[]",
                requirement: "a list of at least one class"
            )
        }
        self.classNames = classNames
        let channels = Self.channels
        convIn = try Conv2d(1, channels[0], kernel: 5, stride: 2, padding: 2, at: path["conv_in"])
        blocks = try channels.indices.map { index in
            try Block(
                channels[max(index - 1, 0)],
                channels[index],
                stride: index == 0 ? 1 : 2,
                at: path["blocks"][index]
            )
        }
        normOut = try GroupNorm(groups: 8, channels[2], at: path["norm_out"])
        linear = try Linear(channels[2], classNames.count, at: path["linear"])
    }

    /// The penultimate layer, by which pictures can be compared.
    ///
    /// - Parameter images: `[N, 1, 64, 64]` in -1...1.
    /// - Returns: `[N, 96]`, none negative.
    public func features(_ images: Tensor) -> Tensor {
        let hidden = blocks.reduce(convIn(images.contiguous(.channelsLast))) { $1($0) }
        return normOut(hidden).relu().mean([2, 3])
    }

    /// The classes' scores, `[N, classes]`, from `features`; softmax makes them probabilities.
    public func logits(features: Tensor) -> Tensor { linear(features) }

    /// Two 3x3 convolutions beside a shortcut, which is a 1x1 convolution where the size changes.
    private final class Block {
        private let norm1: GroupNorm
        private let conv1: Conv2d
        private let norm2: GroupNorm
        private let conv2: Conv2d
        private let shortcut: Conv2d?

        init(_ inputs: Int, _ outputs: Int, stride: Int, at path: ParameterPath) throws {
            norm1 = try GroupNorm(groups: 8, inputs, at: path["norm1"])
            conv1 = try Conv2d(
                inputs,
                outputs,
                kernel: 3,
                stride: stride,
                padding: 1,
                at: path["conv1"]
            )
            norm2 = try GroupNorm(groups: 8, outputs, at: path["norm2"])
            conv2 = try Conv2d(outputs, outputs, kernel: 3, padding: 1, at: path["conv2"])
            shortcut =
                inputs == outputs && stride == 1
                ? nil : try Conv2d(inputs, outputs, kernel: 1, stride: stride, at: path["shortcut"])
        }

        func callAsFunction(_ input: Tensor) -> Tensor {
            let activated = norm1(input).relu()
            let residual = conv2(norm2(conv1(activated)).relu())
            return (shortcut?(activated) ?? input) + residual
        }
    }
}

// MARK: - Files

extension RegionClassifier {
    /// Reads `config.json` and `model.safetensors` in a folder.
    ///
    /// - Throws: `ModelsError`, `WeightError`, `SafetensorsError` or `TorchError`.
    public static func load(folder: String) throws -> RegionClassifier {
        let configuration = try ModelFile.decode(
            FileConfiguration.self,
            from: "\(folder)/config.json"
        )
        let checkpoint = try SafetensorsCheckpoint(folder: folder, baseName: "model")
        return try WeightLoader(checkpoint, dtype: .float32, device: .cpu).load {
            try RegionClassifier(classNames: configuration.classNames, at: $0)
        }
    }

    /// Writes `config.json` and, in half precision, `model.safetensors` into a folder, which is made where it is missing.
    ///
    /// - Throws: what the file system answers, `SafetensorsError` or `TorchError`.
    public static func write(
        classNames: [String],
        weights: [(name: String, tensor: Tensor)],
        to folder: String
    ) throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        try (encoder.encode(FileConfiguration(classNames: classNames)) + Data("\n".utf8))
            .write(to: URL(filePath: "\(folder)/config.json"), options: .atomic)
        try Safetensors.write(
            weights.map { ($0.name, $0.tensor.to(.float16)) },
            metadata: ["format": "pt"],
            to: "\(folder)/model.safetensors"
        )
    }

    private struct FileConfiguration: Codable {
        var className = "RegionClassifier"
        var classNames: [String]

        enum CodingKeys: String, CodingKey {
            case className = "_class_name"
            case classNames = "class_names"
        }
    }
}

@available(*, unavailable)
extension RegionClassifier: Sendable {}
