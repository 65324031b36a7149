import ArgumentParser
import Foundation
import StudyStore
import Workflows

/// Where studies are.
struct WorkspaceOption: ParsableArguments {
    @Option(help: ArgumentHelp("Folder of the studies and the archive.", valueName: "dir"))
    var workspace = ImageRecorder.defaultWorkspace
}

/// Which study a command is about.
struct StudyOptions: ParsableArguments {
    @Argument(help: "Name of the study.")
    var study: String

    @OptionGroup var place: WorkspaceOption

    /// The study.
    ///
    /// - Throws: `StudyStoreError`.
    func open() throws(StudyStoreError) -> StudyStore {
        try StudyStore(opening: study, in: place.workspace)
    }

    /// The person at the keyboard, for the study's log.
    static var person: String { NSUserName() }
}

/// A share such as `10%` or `0.1`.
struct Share: ExpressibleByArgument {
    /// The share, 0 to 1 where it makes sense.
    let value: Double

    init(_ value: Double) { self.value = value }

    init?(argument: String) {
        let isPercentage = argument.hasSuffix("%")
        guard let number = Double(isPercentage ? String(argument.dropLast()) : argument),
            number.isFinite
        else { return nil }
        value = isPercentage ? number / 100 : number
    }

    var defaultValueDescription: String { "\(Int((value * 100).rounded()))%" }
}

/// Values between commas, without spaces around them.
struct CommaSeparated: ExpressibleByArgument {
    let values: [String]

    init(_ values: [String]) { self.values = values }

    init?(argument: String) {
        values = argument.split(separator: ",").map {
            String($0.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
        }
        guard !values.isEmpty, !values.contains("") else { return nil }
    }

    var defaultValueDescription: String { values.joined(separator: ",") }
}
