import Foundation

/// A body of several DICOM files (RFC 2387, as PS3.18 10.5 asks for it).
struct MultipartRelated {
    /// Separates the parts; the random half makes sure that no file has it.
    let boundary: String
    /// The whole body.
    let bytes: [UInt8]

    /// Puts files together.
    init(_ files: [[UInt8]], boundary: String = "skiagraph-\(UUID().uuidString)") {
        self.boundary = boundary
        var bytes: [UInt8] = []
        bytes.reserveCapacity(files.reduce(256) { $0 + $1.count + 128 })
        for file in files {
            bytes += Array("--\(boundary)\r\nContent-Type: application/dicom\r\n\r\n".utf8)
            bytes += file
            bytes += Array("\r\n".utf8)
        }
        bytes += Array("--\(boundary)--\r\n".utf8)
        self.bytes = bytes
    }

    /// The value of the header Content-Type.
    var contentType: String {
        "multipart/related; type=\"application/dicom\"; boundary=\"\(boundary)\""
    }
}
