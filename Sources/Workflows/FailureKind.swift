import Archive
import DICOM
import Foundation
import Imaging
import Layers
import Models
import Pipelines
import ReaderStudy
import Release
import Schedulers
import StudyStore
import Tensors
import Training

/// Who or what is at fault when a use case fails; each door turns it into its own code.
public enum FailureKind: Sendable, CaseIterable {
    /// The request asks for something impossible.
    case usage
    /// A file's content is not what it has to be.
    case invalidData
    /// A file or folder to be read is not there.
    case noInput
    /// A device or library is missing.
    case unavailable
    /// The computation failed, or gave no numbers.
    case software
    /// The system has run out of memory.
    case operatingSystem
    /// An output file or folder cannot be created.
    case cannotCreate
    /// Reading or writing failed half-way, for instance on a full disk.
    case inputOutput
    /// The system or the policy does not permit it.
    case permissionDenied

    /// Sorts an error of any module below.
    public init(of error: any Error) {
        switch error {
        case let error as WorkflowError: self = error.kind
        case let error as EditError: self = error.kind
        case let error as ArchiveError: self = error.kind
        case let error as DICOMError: self = error.kind
        case let error as DICOMwebError: self = error.kind
        case let error as DataSetError: self = error.kind
        case let error as ReleaseError: self = error.kind
        case let error as ReproduceImage.Failure: self = error.kind
        case let error as StudyFailure: self = error.kind
        case let error as StudyStoreError: self = error.kind
        case let error as StudyError: self = error.kind
        case let error as ImagingError: self.init(of: error)
        case let error as ModelsError: self.init(of: error)
        case let error as SafetensorsError: self.init(of: error)
        case let error as TokenizerError:
            if case .missingFile = error { self = .noInput } else { self = .invalidData }
        case let error as SchedulerError:
            self.init(of: error)
        case let error as PipelineError: self.init(of: error)
        case is WeightError, is LoRAError, is ManifestError: self = .invalidData
        case is PolicyFailure: self = .invalidData
        case let error as SettingsError:
            if case .unreadable = error { self = .noInput } else { self = .invalidData }
        case let error as TrainingError: self.init(of: error)
        case let error as CocoaError: self.init(of: error)
        case let error as EvaluationFailure:
            if case .unknownRegion = error { self = .usage } else { self = .noInput }
        case let error as TorchError:
            let isMemory = error.message.contains("memory")
            self = isMemory ? .operatingSystem : .software
        default: self = .software
        }
    }

    private init(of error: ImagingError) {
        switch error {
        case .inFile(_, let error): self.init(of: error)
        case .file(_, _, EACCES), .file(_, _, EPERM): self = .permissionDenied
        case .file(_, .open, _): self = .noInput
        case .file(_, .create, _), .fileExists: self = .cannotCreate
        case .file, .diskFull: self = .inputOutput
        case .emptySheet, .invalidSize, .outOfBounds, .maskSize, .emptyMask, .fullMask,
            .invalidPolygon:
            self = .usage
        default: self = .invalidData
        }
    }

    private init(of error: TrainingError) {
        switch error {
        case .notFinite: self = .software
        case .invalidSetting: self = .usage
        case .cannotWrite(_, EACCES), .cannotWrite(_, EPERM), .cannotWrite(_, EROFS):
            self = .permissionDenied
        case .cannotWrite: self = .inputOutput
        case .busy: self = .unavailable
        }
    }

    /// What Foundation says of files.
    private init(of error: CocoaError) {
        switch error.code {
        case .fileNoSuchFile, .fileReadNoSuchFile: self = .noInput
        case .fileReadNoPermission, .fileWriteNoPermission, .fileWriteVolumeReadOnly:
            self = .permissionDenied
        case .fileWriteFileExists: self = .cannotCreate
        case .fileReadCorruptFile, .fileReadInapplicableStringEncoding: self = .invalidData
        default: self = error.isFileError ? .inputOutput : .software
        }
    }

    private init(of error: SchedulerError) {
        switch error {
        case .unknownName, .unsupportedOption, .invalidValue: self = .usage
        case .unsupportedClass, .unknownOption, .unreadable: self = .invalidData
        }
    }

    private init(of error: PipelineError) {
        switch error {
        case .invalidSize, .tooLarge, .invalidGuidance, .invalidStrength, .pictureSize,
            .onlyInpaints:
            self = .usage
        case .mismatchedParts, .invalidDefaults: self = .invalidData
        case .notFinite: self = .software
        }
    }

    private init(of error: ModelsError) {
        switch error {
        case .notAFolder, .noModelIndex, .missingComponent, .unreadable: self = .noInput
        default: self = .invalidData
        }
    }

    private init(of error: SafetensorsError) {
        switch error {
        case .cannotOpen, .noWeights: self = .noInput
        case .cannotWrite: self = .inputOutput
        default: self = .invalidData
        }
    }
}
