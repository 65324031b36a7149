import ArgumentParser
import Glibc

/// What can go wrong between the user and a use case.
enum CommandError: Error, Equatable {
    /// A file of prompts that cannot be read.
    case promptsFile(path: String, errorNumber: Int32)
    /// A file of prompts that is not UTF-8.
    case promptsNotText(path: String)
    /// A file of prompts without one.
    case noPromptsInFile(path: String)
    /// Standard output takes no more.
    case output(errorNumber: Int32)

    var exitCode: ExitCode {
        switch self {
        case .promptsFile(_, let number): ExitCode(number == EACCES ? EX_NOPERM : EX_NOINPUT)
        case .promptsNotText, .noPromptsInFile: ExitCode(EX_DATAERR)
        case .output: ExitCode(EX_IOERR)
        }
    }
}

extension CommandError: CustomStringConvertible {
    var description: String {
        switch self {
        case .promptsFile(let path, let number):
            "cannot read the prompts file \(path): \(String(cString: strerror(number)))"
        case .promptsNotText(let path):
            "the prompts file \(path) is not text in UTF-8; save it so"
        case .noPromptsInFile(let path):
            "the prompts file \(path) has no prompt; write one a line"
        case .output(let number):
            "cannot write to the standard output: \(String(cString: strerror(number)))"
        }
    }
}
