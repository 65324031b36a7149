import ReaderStudy
import StudyStore

extension StudyFailure {
    var kind: FailureKind {
        switch self {
        case .tooFewImages, .invalidSide, .invalidRepeats, .tooManyRepeats, .noReaders,
            .invalidSessions, .nothingReal:
            .usage
        case .noImages, .noSource: .noInput
        case .syntheticAmongReal, .sameImage, .blankImage, .unreadablePreparation: .invalidData
        case .reportExists: .cannotCreate
        case .file: .inputOutput
        }
    }
}

extension StudyStoreError {
    var kind: FailureKind {
        switch self {
        case .invalidName, .invalidDefinition, .design, .invalidReader, .readerExists,
            .unknownReader, .closed, .open, .invalidAnswer:
            .usage
        case .exists: .cannotCreate
        case .notFound: .noInput
        case .newerVersion, .image, .imagesDiffer: .invalidData
        case .file, .database: .inputOutput
        }
    }
}

extension StudyError {
    /// What a study of these readings cannot tell is asked for in vain.
    var kind: FailureKind { .usage }
}
