import ArgumentParser
import Foundation
import Workflows

/// What every new training run is told.
struct TrainingOptions: ParsableArguments {
    @Option(help: "Folder of image sets, each with images and a manifest.csv.")
    var data: String

    @Option(
        name: .customLong("config"),
        help: "The run's settings that differ from the defaults, a JSON file."
    )
    var settingsFile: String?

    @Option(name: .customLong("out"), help: "Folder of the run; running again continues there.")
    var run: String

    @OptionGroup var time: TrainingTime

    /// Begins or continues the run of the method `name`.
    func train(_ name: TrainingRun.Name, base: String? = nil, prior: String? = nil) throws {
        try time.train(in: run) { training in
            try training.run(
                TrainingRun(
                    name,
                    settingsFile: settingsFile,
                    data: data,
                    base: base,
                    prior: prior
                )
            )
        }
    }
}

/// How long a run may take, and how it ends before its last step.
struct TrainingTime: ParsableArguments {
    @Option(help: "End after so many hours, to be continued later.")
    var hours: Double?

    /// Trains until the last step, the given hours or a signal; complains and exits as sysexits.h has it.
    func train(
        in folder: String,
        _ body: (TrainModel) throws -> TrainModel.Outcome
    ) throws {
        let trap = SignalTrap {}
        let deadline = hours.map { Date() + $0 * 3_600 }
        let training = TrainModel(
            folder: folder,
            report: reportOnStandardError,
            shouldStop: { trap.caught != nil || deadline.map { $0 < Date() } ?? false }
        )
        try complaining {
            guard case .stopped(let step, let stepCount) = try body(training) else { return }
            let command = CommandContext.process.resumeCommand(of: folder)
            reportOnStandardError(
                "stopped after step \(step) of \(stepCount), which is saved; go on with: \(command)"
            )
            if let signal = trap.caught { throw ExitCode(128 + signal) }
        }
    }
}

extension CommandContext {
    /// The command line that goes on with a training run.
    func resumeCommand(of run: String) -> String {
        let words = [arguments.first ?? "skiagraph", "train", "resume", run]
        return words.map(Self.quoted).joined(separator: " ")
    }
}
