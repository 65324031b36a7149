import Foundation

/// Tells a run's course: a line on the terminal now and then, and a CSV file to plot.
public final class TrainingLog {
    private let csv: FileHandle
    private let columns: [String]
    private let totalSteps: Int
    private let batchSize: Int
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
    ///   - totalSteps: steps of the whole run.
    ///   - batchSize: images a step.
    ///   - memory: what `memory` was after `firstStep` steps.
    /// - Throws: what the file system answers.
    public init(
        path: String,
        columns: [String],
        firstStep: Int,
        totalSteps: Int,
        batchSize: Int,
        memory: String? = nil
    ) throws {
        let header = "step,seconds," + columns.joined(separator: ",")
        let former = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
        let done = former.split(separator: "\n").dropFirst().filter { line in
            line.split(separator: ",").first.flatMap { Int($0) }.map { $0 <= firstStep } ?? false
        }
        let lines = [header] + done.map(String.init)
        try Data((lines.joined(separator: "\n") + "\n").utf8)
            .write(to: URL(fileURLWithPath: path), options: .atomic)
        csv = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
        try csv.seekToEnd()
        self.columns = columns
        self.totalSteps = totalSteps
        self.batchSize = batchSize
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
        guard step % 20 == 0 || step == totalSteps else { return }
        let means = pending.sums.map { $0 / Double(pending.count) }
        let elapsed = Date().timeIntervalSince(start)
        let cells = means.map { String(format: "%.6g", $0) }
        let line = "\(step),\(String(format: "%.1f", elapsed)),\(cells.joined(separator: ","))\n"
        try csv.write(contentsOf: Data(line.utf8))
        pending = Pending(sums: columns.map { _ in 0 })
        if Date().timeIntervalSince(lastLine) >= 10 || step == totalSteps {
            lastLine = Date()
            report(step: step, cells: cells, elapsed: elapsed)
        }
    }

    private func report(step: Int, cells: [String], elapsed: Double) {
        let rate = Double(step - startStep) / elapsed
        let remaining = Int(Double(totalSteps - step) / rate)
        let figures = zip(columns, cells).map { "\($0) \($1)" }.joined(separator: "  ")
        let line =
            "step \(step)/\(totalSteps)  \(figures)  "
            + String(format: "%.1f samples/s", rate * Double(batchSize))
            + "  ETA \(remaining / 3600)h\(String(format: "%02d", remaining / 60 % 60))m\n"
        FileHandle.standardError.write(Data(line.utf8))
    }
}
