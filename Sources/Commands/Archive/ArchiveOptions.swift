import Archive
import ArgumentParser
import Foundation
import Workflows

/// What every command that reads or changes an archive is told.
struct ArchiveOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Folder of the archive.", valueName: "dir"))
    var workspace = ImageRecorder.defaultWorkspace

    @Flag(help: "Print JSON, one object a line.")
    var json = false

    /// Opens the archive, works with it, and complains as sysexits.h has it.
    func use(
        _ mode: ImageArchive.OpeningMode = .existing,
        _ work: (ImageArchive) async throws -> Void
    ) async throws {
        try await complaining {
            try await work(ImageArchive(workspace: workspace, mode: mode))
        }
    }

    /// Prints a value: as an object on one line, or as text.
    func print<Value: Encodable>(_ value: Value, text: (Value) -> String) throws {
        guard json else { return TextStream.output.write(text(value)) }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        TextStream.output.write(String(decoding: try encoder.encode(value), as: UTF8.self) + "\n")
    }

    /// Prints records: an object a line, or a table.
    func print(_ records: [ImageRecord]) throws {
        guard json else { return TextStream.output.write(RecordTable.text(records)) }
        for record in records { try print(record) { _ in "" } }
    }
}
