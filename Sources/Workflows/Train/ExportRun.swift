import Foundation
import Training

/// Writes the averaged weights of a run, finished or not, as a model with its card.
public struct ExportRun {
    private let folder: String
    private let report: (String) -> Void

    /// Prepares to export.
    ///
    /// - Parameters:
    ///   - folder: the run's folder.
    ///   - report: takes lines of progress.
    public init(folder: String, report: @escaping (String) -> Void) {
        self.folder = folder
        self.report = report
    }

    /// Writes the model, whole or not at all.
    ///
    /// - Parameter model: a folder that does not exist yet.
    /// - Throws: whatever the run, its data or the file system are at fault for.
    public func callAsFunction(into model: String) throws {
        guard access(model, F_OK) != 0 else { throw WorkflowError.modelExists(path: model) }
        let run = try TrainingRun(folder: folder)
        let job = try run.makeJob(folder: folder, report: report)
        let checkpoints = Checkpoints(
            folder: folder,
            keptCount: run.optimization.keptCheckpointCount
        )
        guard !checkpoints.isEmpty else { throw WorkflowError.noCheckpoint(run: folder) }
        try job.state.load(from: checkpoints.latest)
        let target = URL(filePath: model).standardizedFileURL
        try FileManager.default.createDirectory(
            at: target.deletingLastPathComponent(),
            withIntermediateDirectories: true
        )
        let partial = "\(target.deletingLastPathComponent().path)/.\(UUID().uuidString).part"
        defer { try? FileManager.default.removeItem(atPath: partial) }
        try job.export(into: partial)
        try ModelCard(of: run, folder: folder, step: job.state.step).write(into: partial)
        try FileManager.default.moveItem(atPath: partial, toPath: target.path)
        report("step \(job.state.step) of the run is in \(model)")
    }
}
