import DICOM

extension DICOMError {
    var kind: FailureKind {
        switch self {
        case .file(let error): FailureKind(of: error)
        case .inFile(_, let error): error.kind
        case .noFrame, .mismatch: .usage
        default: .invalidData
        }
    }
}

extension DICOMwebError {
    var kind: FailureKind {
        switch self {
        case .invalidURL, .insecureCredentials, .ambiguousCredentials, .noFiles: .usage
        case .unauthorized: .permissionDenied
        case .unreachable, .untrusted: .unavailable
        case .status, .failed: .inputOutput
        }
    }
}
