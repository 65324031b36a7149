public import Imaging

/// Why a DICOM file cannot be read or made.
public enum DICOMError: Error, Sendable, Equatable {
    /// The bytes hold no DICOM data set.
    case notDICOM
    /// The file ends before its data set does.
    case truncated
    /// A compression that nothing here decodes.
    case unsupportedTransferSyntax(name: String, uid: String)
    /// The toolkit found damage; its own words.
    case damaged(reason: String)
    /// A data set without pixels: a report, a plan, a waveform.
    case noPixels(sopClassUID: String)
    /// An attribute that images need is not there.
    case missing(DICOMTag, name: String)
    /// An attribute has a value that is not read here.
    case unsupported(DICOMTag, name: String, found: String, expected: String)
    /// A frame that the file does not have.
    case noFrame(Int, frameCount: Int)
    /// The pixels would take more than the limits allow.
    case tooLarge(width: Int, height: Int, frameCount: Int, limits: DecodingLimits)
    /// The values to store do not fit the image.
    case mismatch(reason: String)
    /// The file itself cannot be read or written.
    case file(ImagingError)
    /// Another error, with the file in which it arose.
    indirect case inFile(path: String, DICOMError)

    /// Puts the file's name to errors that do not carry it.
    static func naming<Value>(
        _ path: String,
        _ work: () throws(DICOMError) -> Value
    ) throws(DICOMError) -> Value {
        do { return try work() } catch {
            switch error {
            case .file, .inFile: throw error
            default: throw .inFile(path: path, error)
            }
        }
    }
}

extension DICOMError: CustomStringConvertible {
    /// What failed, what was found, and what to do, in one line.
    public var description: String {
        switch self {
        case .notDICOM:
            "this is no DICOM file: no data set begins at its first byte or behind a preamble"
        case .truncated:
            "the DICOM file is truncated: it ends before its data set does"
        case .unsupportedTransferSyntax(let name, let uid):
            "the transfer syntax \(name) (\(uid)) is not decoded; convert the file to "
                + "Explicit VR Little Endian first"
        case .damaged(let reason):
            "the DICOM file is damaged: \(reason)"
        case .noPixels(let uid):
            "the DICOM file holds no image (SOP class \(uid.isEmpty ? "not stated" : uid))"
        case .missing(let tag, let name):
            "the DICOM image has no \(name) \(tag), which its pixels need"
        case .unsupported(let tag, let name, let found, let expected):
            "the DICOM image has \(name) \(tag) \(found); \(expected) can be read"
        case .noFrame(let index, let frameCount):
            "the DICOM image has no frame \(index + 1); it has \(frameCount)"
        case .tooLarge(let width, let height, let frameCount, let limits):
            "\(width)x\(height) pixels in \(frameCount) frames are too many: at most "
                + "\(limits.maximumSide) a side and \(limits.maximumByteCount >> 20) MiB a frame "
                + "are allowed"
        case .mismatch(let reason): reason
        case .file(let error): "\(error)"
        case .inFile(let path, let error): "\(path): \(error)"
        }
    }
}
