import Foundation
import Schedulers
import Tensors
import TestSupport
import Testing

/// One run of a diffusers scheduler, as Tests/Goldens/schedulers.json lists it.
struct GoldenTrajectory: Decodable, Sendable, CustomTestStringConvertible {
    let name: String
    let kind: String
    let inferenceStepCount: Int
    let eta: Double
    let initialNoiseSigma: Double
    let configuration: SchedulerConfiguration

    var testDescription: String { name }

    static let all: [GoldenTrajectory] = {
        let file = Goldens.folder.appending(path: "schedulers.json")
        do {
            return try JSONDecoder().decode([GoldenTrajectory].self, from: Data(contentsOf: file))
        } catch {
            Issue.record(error)
            return []
        }
    }()

    func makeScheduler() throws -> any Scheduler {
        try Schedulers.makeScheduler(
            kind: SchedulerKind(named: kind),
            configuration: configuration,
            inferenceStepCount: inferenceStepCount,
            eta: eta
        )
    }
}

/// Unit Gaussians of a batch in which image k has its own generator, seeded 100 + k.
struct NoiseSource {
    private let generators = (0..<2).map { Generator(seed: 100 + UInt64($0)) }

    func draw() -> Tensor {
        Tensor.concatenated(
            generators.map { Tensor.randn([1, 2, 2, 3], generator: $0) },
            axis: 0
        )
    }
}
