import Foundation
import Layers
import Tensors
import Testing

@testable import Training

struct CheckpointsTests {
    private let samples: SampleImages

    init() throws { samples = try SampleImages() }

    /// A model of two numbers, with a loss to advance it by.
    private struct Model {
        let parameter: Parameter
        let state: TrainingState

        init() throws {
            let source = ParameterSource.random(seed: 1)
            parameter = try ParameterPath(source).parameter("w", [2], .ones)
            state = TrainingState(source.parameters, OptimizationConfiguration())
        }

        func advance(_ stepCount: Int, saving checkpoints: Checkpoints) throws {
            for _ in 0..<stepCount {
                _ = try state.advance { parameter.value.squared().sum() }
                try checkpoints.save(state)
            }
        }
    }

    @Test(arguments: [(1, [] as [Int]), (2, [4]), (3, [4, 3]), (9, [4, 3, 2, 1])])
    func `the newest are kept, the last one under its own name`(
        count: Int,
        former: [Int]
    ) throws {
        let checkpoints = Checkpoints(folder: samples.folder, keptCount: count)
        #expect(checkpoints.isEmpty)
        try Model().advance(5, saving: checkpoints)
        #expect(!checkpoints.isEmpty)
        #expect(try checkpoints.formerSteps() == former)
        #expect(try SafetensorsFile(path: checkpoints.latest).metadata["step"] == "5")
        for step in former {
            let path = "\(samples.folder)/checkpoint-\(step).safetensors"
            #expect(try SafetensorsFile(path: path).metadata["step"] == "\(step)")
        }
    }

    @Test func `a state that is saved twice does not push out an older one`() throws {
        let checkpoints = Checkpoints(folder: samples.folder, keptCount: 2)
        let model = try Model()
        try model.advance(2, saving: checkpoints)
        try checkpoints.save(model.state)
        #expect(try checkpoints.formerSteps() == [1])
    }

    @Test func `texts are stored with the state and come back`() throws {
        let checkpoints = Checkpoints(folder: samples.folder, keptCount: 1)
        try checkpoints.save(Model().state, metadata: ["log": "[1,2]"])
        let metadata = try Model().state.load(from: checkpoints.latest)
        #expect(metadata["log"] == "[1,2]")
        #expect(metadata["step"] == "0")
    }

    @Test func `a log goes on within a line that was not finished`() throws {
        func log(_ path: String, from first: Int, memory: String?) throws -> TrainingLog {
            var optimization = OptimizationConfiguration()
            optimization.stepCount = 45
            return try TrainingLog(
                path: path,
                columns: ["loss"],
                firstStep: first,
                optimization: optimization,
                memory: memory
            )
        }
        func losses(_ path: String) throws -> [String] {
            try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
                .map { line in line.split(separator: ",").enumerated().filter { $0.offset != 1 } }
                .map { $0.map(\.element).joined(separator: ",") }
        }
        let (whole, resumed) = (samples.folder + "/whole.csv", samples.folder + "/resumed.csv")
        let uninterrupted = try log(whole, from: 0, memory: nil)
        for step in 1...45 { try uninterrupted.record(step: step, [Double(step * step)]) }
        let first = try log(resumed, from: 0, memory: nil)
        for step in 1...27 { try first.record(step: step, [Double(step * step)]) }
        let memory = try first.memory()
        for step in 28...41 { try first.record(step: step, [Double(step * step)]) }  // lost
        let second = try log(resumed, from: 27, memory: memory)
        for step in 28...45 { try second.record(step: step, [Double(step * step)]) }
        // The means of the squares of 1...20, 21...40 and 41...45.
        let expected = ["step,loss", "20,143.5", "40,963.5", "45,1851"]
        #expect(try losses(whole) == expected)
        #expect(try losses(resumed) == expected)
    }

    @Test func `the seconds of all sessions are added up`() throws {
        let path = samples.folder + "/log.csv"
        let text = "step,seconds,loss\n20,10.5,1\n40,20.0,1\n60,4.0,1\n80,9.0,1\n"
        try Data(text.utf8).write(to: URL(filePath: path))
        #expect(try TrainingLog.seconds(inFile: path) == 29)
    }
}
