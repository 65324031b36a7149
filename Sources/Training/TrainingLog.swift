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
    private var sums: [Double]
    private var count = 0

    /// Appends to the CSV file at `path`, dropping lines of steps that the resumed run will do again.
    ///
    /// - Throws: what the file system answers.
    public init(
        path: String,
        columns: [String],
        firstStep: Int,
        totalSteps: Int,
        batchSize: Int
    ) throws {
        let header = "step,seconds," + columns.joined(separator: ",")
        let former = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
        let kept = former.split(separator: "\n").dropFirst().filter { line in
            line.split(separator: ",").first.flatMap { Int($0) }.map { $0 <= firstStep } ?? false
        }
        let lines = [header] + kept.map(String.init)
        try Data((lines.joined(separator: "\n") + "\n").utf8)
            .write(to: URL(fileURLWithPath: path), options: .atomic)
        csv = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
        try csv.seekToEnd()
        self.columns = columns
        self.totalSteps = totalSteps
        self.batchSize = batchSize
        startStep = firstStep
        sums = columns.map { _ in 0 }
    }

    /// Takes the figures of one step; every 20 steps their means become a line of the file.
    public func record(step: Int, _ values: [Double]) throws {
        for (index, value) in values.enumerated() { sums[index] += value }
        count += 1
        guard step % 20 == 0 || step == totalSteps else { return }
        let means = sums.map { $0 / Double(count) }
        let elapsed = Date().timeIntervalSince(start)
        let cells = means.map { String(format: "%.6g", $0) }
        let line = "\(step),\(String(format: "%.1f", elapsed)),\(cells.joined(separator: ","))\n"
        try csv.write(contentsOf: Data(line.utf8))
        (sums, count) = (columns.map { _ in 0 }, 0)
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
