public import ReaderStudy

/// What is wrong with a stored study, or with what is asked of it.
public enum StudyStoreError: Error, Equatable, Sendable {
    /// A name that cannot be a folder's.
    case invalidName(String)
    /// A value that a study cannot have.
    case invalidDefinition(field: String, found: String, allowed: String)
    /// A design that cannot be drawn.
    case design(StudyError)
    /// A study of this name is there already.
    case exists(name: String, path: String)
    /// No study of this name is there.
    case notFound(name: String, path: String, known: [String])
    /// The study was written by a newer version of this program.
    case newerVersion(path: String)
    /// The system refused a file.
    case file(path: String, operation: String, reason: String)
    /// The database refused, or is damaged.
    case database(path: String, message: String)
    /// An image that cannot be shown to readers.
    case image(caseID: String, problem: String)
    /// Two images whose format would tell them apart.
    case imagesDiffer(
        caseID: String,
        other: String,
        property: String,
        found: String,
        expected: String
    )
    /// A name that cannot be a reader's.
    case invalidReader(String)
    /// A reader of this name is there already.
    case readerExists(String)
    /// No reader of this name is there.
    case unknownReader(name: String, known: [String])
    /// The study takes no more answers.
    case closed(name: String)
    /// The study still takes answers, so its key stays shut.
    case open(name: String, answered: Int, expected: Int)
    /// An answer that does not fit the study's questions.
    case invalidAnswer(field: String, found: String, allowed: String)
}

extension StudyStoreError: CustomStringConvertible {
    /// What failed, what was found, and what to do, in one line.
    public var description: String {
        switch self {
        case .invalidName(let name):
            "\"\(name)\" cannot name a study; use 1 to 64 of a-z, 0-9, - and _"
        case .invalidDefinition(let field, let found, let allowed):
            "the study's \(field) is \(found); it must be \(allowed)"
        case .design(let error): "\(error)"
        case .exists(let name, let path):
            "there is a study \(name) in \(path) already; choose another name"
        case .notFound(let name, let path, let known):
            "there is no study \(name) in \(path); "
                + (known.isEmpty
                    ? "there is none yet, make one with study create"
                    : "there are \(known.joined(separator: ", "))")
        case .newerVersion(let path):
            "\(path) was written by a newer version of this program; update the program"
        case .file(let path, let operation, let reason): "cannot \(operation) \(path): \(reason)"
        case .database(let path, let message): "the database \(path) refused: \(message)"
        case .image(let caseID, let problem): "the image of case \(caseID) \(problem)"
        case .imagesDiffer(let caseID, let other, let property, let found, let expected):
            "case \(caseID) has \(property) \(found), but case \(other) has \(expected); "
                + "readers could tell them apart, so prepare all images alike"
        case .invalidReader(let name):
            "\"\(name)\" cannot name a reader; use 1 to 64 printing characters"
        case .readerExists(let name): "there is a reader \(name) already; choose another name"
        case .unknownReader(let name, let known):
            "there is no reader \(name); the readers are \(known.joined(separator: ", "))"
        case .closed(let name):
            "the study \(name) is closed and takes no answers; study reopen opens it again"
        case .open(let name, let answered, let expected):
            "the study \(name) is still open (\(answered) of \(expected) answers); close it before "
                + "looking at its results, or force the look, which is recorded"
        case .invalidAnswer(let field, let found, let allowed):
            "the \(field) is \(found); it must be \(allowed)"
        }
    }
}
