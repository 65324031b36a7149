import Archive
import Foundation
import Testing

/// A workspace in a folder that is gone when the test ends, used as a user does.
struct WorkspaceFolder {
    let folder: TemporaryFolder
    var path: String { "\(folder.path)/workspace" }
    var output: String { "\(folder.path)/out" }

    init() throws { folder = try TemporaryFolder() }

    /// Generates with the tiny model and puts the pictures on record.
    @discardableResult
    func generate(
        _ arguments: String...,
        model: String = Program.model("tiny-radiograph")
    ) throws -> Program.Outcome {
        try Program.run(
            Program.path,
            ["generate", "--steps", "1", "--model", model, "-o", output, "--workspace", path]
                + arguments
        )
    }

    /// Runs a command on the workspace.
    func run(_ arguments: String...) throws -> Program.Outcome {
        try Program.run(Program.path, arguments + ["--workspace", path])
    }

    /// The records that `archive list` and the arguments give, as JSON has them.
    func list(_ arguments: String...) throws -> [ImageRecord] {
        let outcome = try Program.run(
            Program.path,
            ["archive", "list", "--json", "--workspace", path] + arguments
        )
        #expect(outcome.exitCode == 0, "\(outcome.errors)")
        return try outcome.decodedLines(as: ImageRecord.self)
    }

    /// The files of the archive, relative to their folder, sorted.
    func files() throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: "\(path)/files")
            .filter { !$0.hasPrefix(".") && $0.contains("/") }.sorted()
    }

    /// Does with the database what no command does.
    func tamper(_ sql: String) throws {
        let script = """
            import sqlite3, sys
            database = sqlite3.connect(sys.argv[1])
            database.executescript(sys.argv[2])
            database.commit()
            """
        let database = "\(path)/archive.sqlite"
        let outcome = try Program.run("/usr/bin/env", ["python3", "-c", script, database, sql])
        #expect(outcome.exitCode == 0, "\(outcome.errors)")
    }
}

extension Program.Outcome {
    /// The lines of the output, each one JSON object.
    func decodedLines<Value: Decodable>(as type: Value.Type = Value.self) throws -> [Value] {
        try outputLines.map { try JSONDecoder().decode(Value.self, from: Data($0.utf8)) }
    }
}
