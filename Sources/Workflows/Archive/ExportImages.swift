public import Archive
import DICOM
import Imaging
import Release

/// Writes the images that a query means out of an archive into a folder.
public struct ExportImages: Sendable {
    /// The form of the files; each knows its extension and makes its bytes.
    public enum Format: String, CaseIterable, Sendable {
        /// PNG: the archive's own bytes where it holds a PNG, else the same pixels.
        case png
        /// DICOM Secondary Capture, marked as synthetic; of synthetic and edited images only.
        case dicom

        var fileExtension: String {
            switch self {
            case .png: "png"
            case .dicom: "dcm"
            }
        }

        func encode(_ record: ImageRecord, _ bytes: [UInt8]) throws -> [UInt8] {
            switch self {
            case .png:
                record.file?.format == .png ? bytes : try PixelImage.decode(bytes).encodedPNG()
            case .dicom: try SecondaryCapture(record, bytes).encoded()
            }
        }
    }

    /// An image that is in the folder.
    public struct File: Sendable, Hashable {
        /// Where it is.
        public let path: String
        /// Its record.
        public let record: ImageRecord
    }

    private let archive: ImageArchive
    private let folder: String
    private let format: Format

    /// Prepares an export.
    ///
    /// - Parameters:
    ///   - archive: holds the images.
    ///   - folder: takes the files; it is made where it is missing.
    ///   - format: the form of the files.
    public init(from archive: ImageArchive, to folder: String, as format: Format = .png) {
        self.archive = archive
        self.folder = folder
        self.format = format
    }

    /// Writes the files, the oldest image first; one that is there with the same bytes is left alone.
    ///
    /// - Parameters:
    ///   - query: which images; those that were refused or failed have none.
    ///   - report: takes each file that is on the disk.
    /// - Throws: `ArchiveError`, `ImagingError`, `DICOMError`, or `WorkflowError` for the folder; a
    ///   file of another content is never replaced.
    public func run(_ query: ImageQuery, report: (File) throws -> Void) throws {
        var query = query
        query.outcome = .done
        query.removal = .excluded
        let records = try archive.images(query)
        try OutputFolder.create(folder)
        for record in records.reversed() {
            let bytes = try format.encode(record, archive.bytes(of: record))
            let path = "\(folder)/\(name(of: record))"
            do throws(ImagingError) {
                try Imaging.File.create(path, bytes)
            } catch .fileExists {
                guard try Imaging.File.read(path) == bytes else {
                    throw ImagingError.fileExists(path: path)
                }
            }
            try report(File(path: path, record: record))
        }
    }

    /// The record's number, in the order of which files sort.
    private func name(of record: ImageRecord) -> String {
        let digits = String(record.id)
        let zeros = String(repeating: "0", count: max(0, 6 - digits.count))
        return "\(record.kind.rawValue)-\(zeros)\(digits).\(format.fileExtension)"
    }
}
