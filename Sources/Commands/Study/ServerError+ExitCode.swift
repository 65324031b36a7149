import ArgumentParser
import Glibc
import Server

extension ServerError {
    /// The code of sysexits.h.
    var exitCode: ExitCode {
        switch self {
        case .tls: ExitCode(EX_NOINPUT)
        case .unprotected: ExitCode(EX_USAGE)
        case .cannotListen: ExitCode(EX_UNAVAILABLE)
        case .page: ExitCode(EX_SOFTWARE)
        }
    }
}
