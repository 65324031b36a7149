import Archive
import Foundation
import Imaging
import Training

/// The images of one kind that a study can take: a plain folder, or what an archive's query finds.
///
/// A folder with a `manifest.csv` gives the images that it lists, with their labels; another gives its
/// PNG and JPEG files, without contact sheets.
struct StudySource {
    /// One image.
    struct Image {
        /// The file's path or the record's number, as the study remembers it.
        let name: String
        /// What is known of it.
        let labels: ImageLabels
        /// Reads the file.
        let bytes: () throws -> [UInt8]

        /// Decodes the file's bytes; an error names the image.
        func decoded(_ bytes: [UInt8]) throws(ImagingError) -> PixelImage {
            do { return try PixelImage.decode(bytes) } catch {
                throw .inFile(path: name, error)
            }
        }
    }

    /// The source in words, as errors and the report name it.
    let description: String
    /// The images, in a fixed order.
    let images: [Image]

    /// Opens a source: a folder where there is one of that name, else a query.
    ///
    /// - Parameters:
    ///   - text: a path or a query.
    ///   - kinds: the kinds of records that a query may find.
    ///   - workspace: the archive's folder.
    /// - Throws: `StudyFailure.noImages` or `.noSource`, `ManifestError`, `ArchiveError` or a file error.
    init(_ text: String, kinds: [ImageRecord.Kind], workspace: String) throws {
        var isFolder: ObjCBool = false
        if FileManager.default.fileExists(atPath: text, isDirectory: &isFolder), isFolder.boolValue
        {
            description = "the folder \(text)"
            images = try Self.images(inFolder: text)
        } else {
            description = "the archive (\(text))"
            images = try Self.images(found: text, kinds: kinds, workspace: workspace)
        }
        guard !images.isEmpty else { throw StudyFailure.noImages(source: description) }
    }

    private static func images(inFolder folder: String) throws -> [Image] {
        let files = FileManager.default
        if files.fileExists(atPath: folder + "/manifest.csv") {
            return try ImageManifest(folder: folder).images.map { image in
                Image(
                    name: image.path,
                    labels: ImageLabels(
                        modality: image.modality,
                        anatomy: image.anatomy,
                        view: image.view,
                        finding: image.finding,
                        sex: image.sex.map { $0 == .female ? "female" : "male" }
                    ),
                    bytes: { try File.read(image.path) }
                )
            }
        }
        let names: [String]
        do {
            names = try PictureFiles.names(in: folder)
        } catch {
            throw StudyFailure.file(path: folder, reason: error.localizedDescription)
        }
        return names.map { name in
            let path = folder + "/" + name
            return Image(name: path, labels: ImageLabels(), bytes: { try File.read(path) })
        }
    }

    private static func images(
        found text: String,
        kinds: [ImageRecord.Kind],
        workspace: String
    ) throws -> [Image] {
        let archive = try Self.archive(of: workspace, asked: text)
        let records = try archive.images(ImageQuery(parsing: text))
        return records.filter { kinds.contains($0.kind) && $0.hasFile }.reversed().map { record in
            Image(
                name: "archive image \(record.id)",
                labels: record.labels,
                bytes: { try archive.bytes(of: record) }
            )
        }
    }

    private static func archive(of workspace: String, asked text: String) throws -> ImageArchive {
        do {
            return try ImageArchive(workspace: workspace, mode: .existing)
        } catch ArchiveError.noArchive {
            throw StudyFailure.noSource(text, workspace: workspace)
        }
    }
}
