/// A file format that can be read, told by its first bytes and never by the file's name.
public enum ImageFormat: String, Sendable, CustomStringConvertible {
    case png = "PNG"
    case jpeg = "JPEG"
    case tiff = "TIFF"

    /// The format whose signature the bytes begin with, if any.
    public init?(sniffing bytes: [UInt8]) {
        if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
            self = .png
        } else if bytes.starts(with: [0xFF, 0xD8, 0xFF]) {
            self = .jpeg
        } else if [[0x49, 0x49, 0x2A, 0], [0x4D, 0x4D, 0, 0x2A]].contains(Array(bytes.prefix(4))) {
            self = .tiff
        } else {
            return nil
        }
    }

    /// The format's usual name.
    public var description: String { rawValue }
}
