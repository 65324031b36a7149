import Foundation
import Imaging
import Tensors
import Training

/// A folder that is gone when the test ends, with pictures in it.
final class SampleImages {
    let folder: String

    init() throws {
        folder = NSTemporaryDirectory() + "skiagraph-training-\(UUID())"
        try FileManager.default.createDirectory(
            atPath: folder,
            withIntermediateDirectories: true
        )
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    /// Writes `count` grey squares of seeded noise, each pixel repeated `scale` times; returns their paths.
    func noise(_ count: Int, side: Int, seed: UInt64) throws -> [String] {
        let generator = Generator(seed: seed)
        return try (0..<count).map { index in
            let bytes = try Tensor.randint(0..<256, [side * side], generator: generator)
                .to(.uint8).bytes()
            let path = "\(folder)/\(seed)-\(index).png"
            try PixelImage(width: side, height: side, grey: bytes).writePNG(to: path)
            return path
        }
    }

    /// The pictures, as training sees them.
    func images(_ paths: [String], side: Int) throws -> TrainingImages {
        try TrainingImages(
            paths: paths,
            side: side,
            cache: "\(folder)/\(UUID()).safetensors"
        )
    }
}
