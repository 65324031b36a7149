import ArgumentParser
import Glibc
import Server
import Workflows

extension ExitCode {
    /// The code of sysexits.h for an error: 64 to 78, so that scripts can tell them apart.
    init(for error: any Error) {
        if let error = error as? CommandError {
            self = error.exitCode
            return
        }
        if let error = error as? ServerError {
            self = error.exitCode
            return
        }
        self.init(Self.code(of: FailureKind(of: error)))
    }

    private static func code(of kind: FailureKind) -> Int32 {
        switch kind {
        case .usage: EX_USAGE
        case .invalidData: EX_DATAERR
        case .noInput: EX_NOINPUT
        case .unavailable: EX_UNAVAILABLE
        case .software: EX_SOFTWARE
        case .operatingSystem: EX_OSERR
        case .cannotCreate: EX_CANTCREAT
        case .inputOutput: EX_IOERR
        case .permissionDenied: EX_NOPERM
        }
    }
}
