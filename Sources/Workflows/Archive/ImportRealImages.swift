public import Archive
public import Imaging

/// Takes images of patients into an archive, as they are, so that edits have a parent on record.
///
/// A file that tells of itself that a model made it goes on record as what it is.
public struct ImportRealImages: Sendable {
    /// What becomes of the files.
    public enum Event: Sendable {
        /// A file is on record, since now or since earlier.
        case recorded(ImageRecord, path: String)
        /// A file is no image that can be read.
        case failed(ImagingError, path: String)
    }

    private let archive: ImageArchive
    private let draft: ImageDraft

    /// Prepares an import.
    ///
    /// - Parameters:
    ///   - archive: takes the images.
    ///   - source: where they come from: data set and licence.
    ///   - labels: what all of them show.
    /// - Throws: `ArchiveError.emptyText` for a source without words.
    public init(
        into archive: ImageArchive,
        from source: String,
        labels: ImageLabels = ImageLabels()
    ) throws(ArchiveError) {
        guard source.contains(where: { !$0.isWhitespace }) else { throw .emptyText("the source") }
        self.archive = archive
        draft = ImageDraft(realImageFrom: source, labels: labels)
    }

    /// Takes PNG and JPEG files in; one that cannot be read does not stop the others, and one that is
    /// on record already stays so, once.
    ///
    /// - Parameters:
    ///   - paths: the files.
    ///   - report: takes an event a file.
    /// - Throws: `WorkflowError.failedImports`, or `ArchiveError` where the archive itself fails.
    public func run(_ paths: [String], report: (Event) throws -> Void) throws {
        var failureCount = 0
        for path in paths {
            let (bytes, provenance): ([UInt8], Provenance?)
            do throws(ImagingError) {
                bytes = try File.read(path)
                _ = try PixelImage.decode(bytes)
                provenance = try Provenance.found(in: bytes)
            } catch {
                failureCount += 1
                try report(.failed(error, path: path))
                continue
            }
            let draft = provenance.map { ImageDraft(provenance: $0) } ?? draft
            try report(.recorded(archive.add(bytes, as: draft), path: path))
        }
        if failureCount > 0 {
            throw WorkflowError.failedImports(count: failureCount, fileCount: paths.count)
        }
    }
}
