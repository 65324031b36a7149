import Imaging
import Models
import Tensors
import Testing

@testable import Training

struct RegionClassifierTrainingTests {
    /// Pictures of stripes: upright ones are of class "upright", lying ones of class "lying".
    private struct Stripes {
        let samples: SampleImages
        let images: TrainingImages
        let classes: [String]

        init() throws {
            samples = try SampleImages()
            let side = RegionClassifier.side
            var (paths, classes): ([String], [String]) = ([], [])
            for index in 0..<12 {
                let isUpright = index % 2 == 0
                let bytes = (0..<side * side).map { position -> UInt8 in
                    let along = isUpright ? position % side : position / side
                    return (along + index) / 4 % 2 == 0 ? 60 : 190
                }
                let path = "\(samples.folder)/\(index).png"
                try PixelImage(width: side, height: side, grey: bytes).writePNG(to: path)
                paths.append(path)
                classes.append(isUpright ? "upright" : "lying")
            }
            images = try samples.images(paths, side: side)
            self.classes = classes
        }
    }

    private static func training(_ stripes: Stripes) throws -> RegionClassifierTraining {
        var configuration = RegionClassifierTraining.Configuration()
        configuration.optimization.stepCount = 40
        configuration.optimization.batchSize = 12
        configuration.optimization.warmupStepCount = 5
        configuration.optimization.emaDecay = 0.8
        return try RegionClassifierTraining(
            configuration,
            images: stripes.images,
            classes: stripes.classes
        )
    }

    @Test func `it learns to tell stripes apart`() throws {
        let stripes = try Stripes()
        let training = try Self.training(stripes)
        #expect(training.model.classNames == ["lying", "upright"])
        let first = try training.step()
        #expect(first.count == 3)
        // Two classes, one as likely as the other: ln 2 at first.
        #expect(abs(first[0] - 0.693) < 0.35)
        for _ in 1..<40 { _ = try training.step() }
        let answers = try withTorchErrors {
            try training.state.withAveragedWeights {
                let all = stripes.images.batch(Tensor(Array(0..<12), [12]))
                return try training.model.logits(features: training.model.features(all))
                    .argmax(1).integers()
            }
        }
        let right = zip(answers, stripes.classes).count { answer, name in
            training.model.classNames[Int(answer)] == name
        }
        #expect(right >= 11, "\(right) of 12")
    }

    @Test func `a run is the same each time`() throws {
        let stripes = try Stripes()
        let runs = try (0..<2).map { _ in
            let training = try Self.training(stripes)
            return try (0..<3).map { _ in try training.step() }
        }
        #expect(runs[0] == runs[1])
    }

    @Test func `pictures are varied each in its own way, and stay pictures`() throws {
        let picture = Tensor.linspace(-1, 1, count: 64 * 64).reshaped([1, 1, 64, 64])
        let batch = picture.expanded([4, 1, 64, 64]).contiguous()
        let varied = try withTorchErrors {
            RegionClassifierTraining.varied(batch, Generator(seed: 3))
        }
        #expect(varied.shape == [4, 1, 64, 64])
        #expect(varied.min().item() >= -1 && varied.max().item() <= 1)
        let rows = try (0..<4).map { try varied.selected(0, $0).array() }
        #expect(Set(rows).count == 4)
        let again = RegionClassifierTraining.varied(batch, Generator(seed: 3))
        let (first, second) = (try varied.array(), try again.array())
        #expect(first == second)
    }
}
