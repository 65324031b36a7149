import Foundation

/// Tells a run's course: a line on the terminal now and then, and a CSV file to plot.
public final class TrainingLog {
    private let table: RunTable
    private let events: EventFile?
    private let columns: [String]
    private let optimization: OptimizationConfiguration
    private let startStep: Int
    private let start = Date()
    private var lastLine = Date.distantPast
    private var pending: Pending

    /// The figures of steps that have no line yet.
    private struct Pending: Codable {
        var sums: [Double]
        var count = 0
    }

    /// Appends to the CSV file at `path`, dropping lines of steps that the resumed run will do again.
    ///
    /// - Parameters:
    ///   - path: the file.
    ///   - columns: the names of the figures.
    ///   - firstStep: steps done before.
    ///   - optimization: steps of the whole run, images a step and learning rates.
    ///   - memory: what `memory` was after `firstStep` steps.
    ///   - events: takes the figures too.
    /// - Throws: `TrainingError.cannotWrite`.
    public init(
        path: String,
        columns: [String],
        firstStep: Int,
        optimization: OptimizationConfiguration,
        memory: String? = nil,
        events: EventFile? = nil
    ) throws {
        table = try RunTable(
            path: path,
            columns: ["step", "seconds"] + columns,
            firstStep: firstStep
        )
        self.events = events
        self.columns = columns
        self.optimization = optimization
        startStep = firstStep
        let kept = memory.flatMap {
            try? JSONDecoder().decode(Pending.self, from: Data($0.utf8))
        }
        pending =
            kept.flatMap { $0.sums.count == columns.count ? $0 : nil }
            ?? Pending(sums: columns.map { _ in 0 })
    }

    /// What the next line is made of so far, to be stored with a checkpoint.
    public func memory() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return String(decoding: try encoder.encode(pending), as: UTF8.self)
    }

    /// The seconds that all sessions of a run have taken together, as its file tells.
    public static func seconds(inFile path: String) throws -> Double {
        let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
        var (total, former) = (0.0, 0.0)
        for line in lines.dropFirst() {
            let cells = line.split(separator: ",")
            guard cells.count > 1, let seconds = Double(cells[1]) else { continue }
            // Each session counts from 0.
            total += seconds < former ? seconds : seconds - former
            former = seconds
        }
        return total
    }

    /// Takes the figures of one step; every 20 steps their means become a line of the file.
    public func record(step: Int, _ values: [Double]) throws {
        for (index, value) in values.enumerated() { pending.sums[index] += value }
        pending.count += 1
        guard step % 20 == 0 || step == optimization.stepCount else { return }
        let means = pending.sums.map { $0 / Double(pending.count) }
        let elapsed = Date().timeIntervalSince(start)
        let cells = means.map { String(format: "%.6g", $0) }
        try table.append([String(step), String(format: "%.1f", elapsed)] + cells)
        let rate = rate(step: step, elapsed: elapsed)
        try events?.write(
            step: step,
            zip(columns.map { "train/\($0)" }, means).map { ($0, $1) } + [
                ("train/learning rate", optimization.learningRate(at: step - 1)),
                ("train/images a second", rate * Double(optimization.imagesPerStep)),
            ]
        )
        pending = Pending(sums: columns.map { _ in 0 })
        if Date().timeIntervalSince(lastLine) >= 10 || step == optimization.stepCount {
            lastLine = Date()
            report(step: step, cells: cells, rate: rate)
        }
    }

    /// Steps a second in this session.
    private func rate(step: Int, elapsed: Double) -> Double {
        Double(step - startStep) / max(elapsed, 1e-3)
    }

    private func report(step: Int, cells: [String], rate: Double) {
        let remaining = Int(Double(optimization.stepCount - step) / rate)
        let figures = zip(columns, cells).map { "\($0) \($1)" }.joined(separator: "  ")
        let line =
            "step \(step)/\(optimization.stepCount)  \(figures)  "
            + String(format: "%.1f images/s", rate * Double(optimization.imagesPerStep))
            + "  ETA \(remaining / 3600)h\(String(format: "%02d", remaining / 60 % 60))m\n"
        FileHandle.standardError.write(Data(line.utf8))
    }
}
