import Foundation

/// A CSV file with one line for some of a run's steps, which a resumed run goes on with.
///
/// Lines of steps that the resumed run will do again are dropped, so that it ends as that of a run without interruption.
final class RunTable {
    private let file: GrowingFile

    /// Opens the table at `path` or begins it.
    ///
    /// - Parameters:
    ///   - path: the file.
    ///   - columns: their names; the first is that of the step.
    ///   - firstStep: steps done before.
    /// - Throws: `TrainingError.cannotWrite`.
    init(path: String, columns: [String], firstStep: Int) throws {
        let former = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
        let done = former.split(separator: "\n").dropFirst().filter { line in
            line.split(separator: ",").first.flatMap { Int($0) }.map { $0 <= firstStep } ?? false
        }
        let lines = [columns.joined(separator: ",")] + done.map(String.init)
        let partial = path + ".part"
        unlink(partial)
        try GrowingFile(path: partial).append(Array((lines.joined(separator: "\n") + "\n").utf8))
        guard rename(partial, path) == 0 else {
            throw TrainingError.cannotWrite(path: path, errorNumber: errno)
        }
        file = try GrowingFile(path: path)
    }

    /// Adds a line.
    func append(_ cells: [String]) throws(TrainingError) {
        try file.append(Array((cells.joined(separator: ",") + "\n").utf8))
    }
}
