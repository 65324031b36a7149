import DICOM
import Foundation
import Imaging

/// A DICOM file to be sent, read when its turn comes.
public struct DICOMwebFile: Sendable {
    /// Where it is.
    public let name: String

    /// Names a file.
    public init(path: String) {
        name = path
    }

    /// Finds the DICOM files among paths; a folder stands for all files below it that begin as DICOM
    /// files do.
    ///
    /// - Throws: `DICOMError.file` for a path that cannot be read.
    public static func find(_ paths: [String]) throws -> [DICOMwebFile] {
        try paths.flatMap { path -> [DICOMwebFile] in
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder),
                isFolder.boolValue
            else { return [DICOMwebFile(path: path)] }
            return try FileManager.default.subpathsOfDirectory(atPath: path).sorted()
                .map { "\(path)/\($0)" }
                .filter(beginsAsDICOM)
                .map(DICOMwebFile.init)
        }
    }

    /// A file that was read, with the UID by which a server knows it.
    struct Content: Sendable {
        let name: String
        let sopInstanceUID: String
        let bytes: [UInt8]
    }

    /// Reads the file.
    ///
    /// - Throws: `DICOMError`.
    func content() throws(DICOMError) -> Content {
        let bytes: [UInt8]
        do { bytes = try File.read(name) } catch { throw .file(error) }
        guard let text = try DICOMFile(bytes).text(.sopInstanceUID), let uid = DICOMUID(text) else {
            throw .missing(.sopInstanceUID, name: "SOP Instance UID")
        }
        return Content(name: name, sopInstanceUID: uid.description, bytes: bytes)
    }

    private static func beginsAsDICOM(_ path: String) -> Bool {
        guard let handle = FileHandle(forReadingAtPath: path) else { return false }
        defer { try? handle.close() }
        guard let start = try? handle.read(upToCount: 132) else { return false }
        return DICOMFile.hasPreamble(Array(start))
    }
}
