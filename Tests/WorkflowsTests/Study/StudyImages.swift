import Foundation
import Imaging
import ReaderStudy

/// Folders of pictures to make studies of, gone when the test ends.
final class StudyImages {
    let path = FileManager.default.temporaryDirectory
        .appending(path: "study-images-\(UUID().uuidString)").path

    var workspace: String { path + "/workspace" }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// Writes clouds of 48 x 48 into a folder, of the seeds given, with a black frame where wanted.
    func folder(
        _ name: String,
        seeds: Range<UInt64>,
        frame: Int = 0,
        text: [PNGText] = []
    ) throws -> String {
        let folder = path + "/" + name
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        for seed in seeds {
            try Self.cloud(seed, frame: frame).writePNG(
                to: "\(folder)/\(name)-\(seed).png",
                text: text
            )
        }
        return folder
    }

    /// Smooth noise: a few waves of random direction.
    static func cloud(_ seed: UInt64, frame: Int = 0) throws -> PixelImage {
        var generator = SeededGenerator(seed: seed, stream: "cloud")
        let waves = (0..<6).map { _ in
            (generator.nextUnit() - 0.5, generator.nextUnit() - 0.5, 6 * generator.nextUnit())
        }
        let side = 48
        let grey = (0..<side * side).map { index -> UInt8 in
            let (x, y) = (index % side, index / side)
            guard min(x, y, side - 1 - x, side - 1 - y) >= frame else { return 0 }
            let sum = waves.reduce(0.0) { $0 + sin($1.0 * Double(x) + $1.1 * Double(y) + $1.2) }
            return UInt8(128 + 20 * sum)
        }
        return try PixelImage(width: side, height: side, grey: grey)
    }

    static let provenance = Provenance(
        prompt: "A chest X-ray of a woman",
        seed: 1,
        index: 0,
        inferenceStepCount: 1,
        guidanceScale: 1,
        scheduler: "ddim",
        width: 48,
        height: 48,
        model: "radiograph-mini",
        dtype: "float32",
        device: "cpu",
        softwareVersion: "0.1.0"
    )
}
