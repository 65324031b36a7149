import Foundation
import Training

/// Trains a model on labelled images.
///
/// A run is a folder with `configuration.json`, checkpoints, `log.csv`, `validation.csv`, `events/` for TensorBoard and, once
/// there is something to show, `validation/` with pictures and `model/`.
/// Running again continues where the latest checkpoint stands, bit for bit.
public struct TrainModel {
    /// How a run has ended.
    public enum Outcome: Equatable, Sendable {
        /// All steps are done; the model is in this folder.
        case finished(model: String)
        /// It was asked to stop after so many of its steps, which are in a checkpoint.
        case stopped(step: Int, stepCount: Int)
    }

    private let folder: String
    private let report: (String) -> Void
    private let shouldStop: () -> Bool

    /// Prepares a run.
    ///
    /// - Parameters:
    ///   - folder: the run's folder, made where it is missing.
    ///   - report: takes lines of progress.
    ///   - shouldStop: asked after every step whether to save and end.
    public init(
        folder: String,
        report: @escaping (String) -> Void,
        shouldStop: @escaping () -> Bool = { false }
    ) {
        self.folder = folder
        self.report = report
        self.shouldStop = shouldStop
    }

    /// Begins a run, or continues the one in the folder with these settings.
    ///
    /// - Throws: whatever the data, the settings or the file system are at fault for.
    public func run(_ run: TrainingRun) throws -> Outcome {
        try run.optimization.validate()
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let lock = try RunLock(folder: folder)
        defer { withExtendedLifetime(lock) {} }
        let job = try run.makeJob(folder: folder, report: report)
        try run.store(inRun: folder)
        let checkpoints = Checkpoints(
            folder: folder,
            keptCount: run.optimization.keptCheckpointCount
        )
        let memory = checkpoints.isEmpty ? [:] : try job.state.load(from: checkpoints.latest)
        if !checkpoints.isEmpty { report("continuing at step \(job.state.step)") }
        let events = try EventFile(folder: "\(folder)/events", firstStep: job.state.step)
        let log = try TrainingLog(
            path: "\(folder)/log.csv",
            columns: job.columns,
            firstStep: job.state.step,
            optimization: run.optimization,
            memory: memory["log"],
            events: events
        )
        let validations = try ValidationLog(
            folder: folder,
            firstStep: job.state.step,
            events: events
        )
        return try loop(run, job, checkpoints, log, validations)
    }

    /// Continues the run in the folder with the settings stored there.
    ///
    /// - Throws: as `run`.
    public func resume() throws -> Outcome { try run(TrainingRun(folder: folder)) }

    private func loop(
        _ run: TrainingRun,
        _ job: any TrainingJob,
        _ checkpoints: Checkpoints,
        _ log: TrainingLog,
        _ validations: ValidationLog
    ) throws -> Outcome {
        let (state, stepCount) = (job.state, run.optimization.stepCount)
        let model = "\(folder)/model"
        func save() throws {
            try checkpoints.save(state, metadata: ["log": log.memory()])
            try job.saveProducts()
        }
        var lastSave = ContinuousClock.now
        while state.step < stepCount {
            try log.record(step: state.step + 1, job.step())
            if job.validation.isDue(after: state.step, of: stepCount) {
                try validations.record(step: state.step, job.validate())
            }
            let isStopped = shouldStop() && state.step < stepCount
            let isDue = .now - lastSave > .seconds(run.optimization.checkpointInterval)
            if isDue || isStopped {
                try save()
                lastSave = .now
            }
            if isStopped { return .stopped(step: state.step, stepCount: stepCount) }
        }
        try save()
        try job.export(into: model)
        try ModelCard(of: run, folder: folder, step: state.step).write(into: model)
        report("the model is in \(model)")
        return .finished(model: model)
    }
}
