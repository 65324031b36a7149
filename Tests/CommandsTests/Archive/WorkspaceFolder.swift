import Archive
import Foundation
import TestSupport
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

    /// The archive, without starting a program for it.
    var archive: ImageArchive {
        get throws { try ImageArchive(workspace: path, mode: .existing) }
    }

    /// The records that a query means, the newest first.
    func records(_ query: String = "") throws -> [ImageRecord] {
        try archive.images(ImageQuery(parsing: query))
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
