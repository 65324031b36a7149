import Foundation
import Imaging

/// Files named for their content: `files/ab/abcd….png`.
struct ContentStore: Sendable {
    let folder: String

    /// Where a file is, relative to the folder.
    static func name(sha256: String, format: ImageFormat) -> String {
        "\(sha256.prefix(2))/\(sha256).\(format.fileExtension)"
    }

    func path(sha256: String, format: ImageFormat) -> String {
        "\(folder)/\(Self.name(sha256: sha256, format: format))"
    }

    /// Puts a content on the disk, complete and durable or not at all.
    ///
    /// - Returns: whether it was not there before.
    func add(_ content: Content) throws(ArchiveError) -> Bool {
        let path = path(sha256: content.sha256, format: content.format)
        let parent = "\(folder)/\(content.sha256.prefix(2))"
        guard mkdir(parent, 0o777) == 0 || errno == EEXIST else {
            throw .folder(path: parent, errorNumber: errno)
        }
        do throws(ImagingError) {
            try File.create(path, content.bytes)
            return true
        } catch .fileExists {
            try check(content, at: path)
            return false
        } catch {
            throw .file(error)
        }
    }

    /// Reads a content and makes sure that it is what its name says.
    func read(sha256: String, format: ImageFormat) throws(ArchiveError) -> [UInt8] {
        let path = path(sha256: sha256, format: format)
        let bytes: [UInt8]
        do { bytes = try File.read(path) } catch { throw .file(error) }
        let found = SHA256Text.of(bytes)
        guard found == sha256 else { throw .alteredFile(path: path, foundSHA256: found) }
        return bytes
    }

    /// Deletes a file; one that is not there is deleted already.
    func remove(_ name: String) throws(ArchiveError) {
        let path = "\(folder)/\(name)"
        guard unlink(path) == 0 || errno == ENOENT else {
            throw .folder(path: path, errorNumber: errno)
        }
    }

    /// The names of all files, also of those that do not belong here.
    func names() -> [String] {
        (FileManager.default.subpaths(atPath: folder) ?? []).filter { name in
            var status = stat()
            let isFound = lstat("\(folder)/\(name)", &status) == 0
            return isFound && status.st_mode & S_IFMT != S_IFDIR
        }
    }

    private func check(_ content: Content, at path: String) throws(ArchiveError) {
        let found: [UInt8]
        do { found = try File.read(path) } catch { throw .file(error) }
        guard found == content.bytes else {
            throw .alteredFile(path: path, foundSHA256: SHA256Text.of(found))
        }
    }
}

/// The bytes of an image file with what names them.
struct Content {
    let bytes: [UInt8]
    let sha256: String
    let format: ImageFormat

    var name: String { ContentStore.name(sha256: sha256, format: format) }

    init(_ bytes: [UInt8]) throws(ArchiveError) {
        guard let format = ImageFormat(sniffing: bytes) else {
            throw .file(.notAnImage(found: Array(bytes.prefix(8))))
        }
        guard format != .tiff else {
            throw .file(.unsupported(.tiff, feature: "the archive keeps PNG and JPEG files"))
        }
        self.bytes = bytes
        self.format = format
        sha256 = SHA256Text.of(bytes)
    }
}

extension ImageFormat {
    /// The end of a file's name, without the dot.
    var fileExtension: String {
        switch self {
        case .png: "png"
        case .jpeg: "jpg"
        case .tiff: "tif"
        }
    }
}
