import Foundation
import Imaging

/// Keeps what a run was worth: `validation.csv`, one sheet of pictures a step in `validation/`, and both as events.
public final class ValidationLog {
    private let folder: String
    private let table: RunTable
    private let events: EventFile

    /// Goes on with the log in a run's folder.
    ///
    /// - Parameters:
    ///   - folder: the run's folder.
    ///   - firstStep: steps done before.
    ///   - events: takes loss and pictures too.
    /// - Throws: `TrainingError.cannotWrite`.
    public init(folder: String, firstStep: Int, events: EventFile) throws {
        self.folder = folder
        self.events = events
        table = try RunTable(
            path: "\(folder)/validation.csv",
            columns: ["step", "loss"],
            firstStep: firstStep
        )
    }

    /// Writes what was found after `step` steps; what an interrupted run has found there before is replaced.
    ///
    /// - Throws: `TrainingError.cannotWrite`, or `ImagingError`.
    public func record(step: Int, _ validation: Validation) throws {
        if let loss = validation.loss {
            try table.append([String(step), String(format: "%.6g", loss)])
            try events.write(step: step, [("validation/loss", loss)])
        }
        for (name, picture) in validation.pictures {
            try events.write(step: step, "validation/\(name)", picture)
        }
        guard !validation.pictures.isEmpty else { return }
        let cells = validation.pictures.map { ContactSheet.Cell(image: $1, caption: $0) }
        let sheet = ContactSheet(cells: cells, columnCount: min(cells.count, 4))
        let sheets = "\(folder)/validation"
        try GrowingFile.makeFolder(sheets)
        let path = "\(sheets)/step-\(String(format: "%07d", step)).png"
        unlink(path)
        try sheet.image().writePNG(to: path)
    }
}
