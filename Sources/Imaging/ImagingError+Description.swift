import Glibc

extension ImagingError: CustomStringConvertible {
    /// What failed, what was found, and what to do, in one line.
    public var description: String {
        switch self {
        case .notAnImage(let found):
            found.isEmpty
                ? "the file is empty; a PNG, JPEG or TIFF is needed"
                : "neither PNG nor JPEG nor TIFF: begins with \(Self.hexadecimal(found))"
        case .truncated(let format):
            "the \(format) is truncated: it ends before its picture does"
        case .unsupported(let format, let feature):
            "this kind of \(format) is not supported: \(feature); save it as 8-bit RGB or grey"
        case .tooLarge(let width, let height, let limits):
            "\(width)x\(height) pixels are too many: at most \(limits.maximumSide) a side and "
                + "\(limits.maximumByteCount >> 20) MiB decoded are allowed"
        case .fileTooLarge(let byteCount, let limits):
            "the file is too large: \(byteCount >> 20) MiB of at most "
                + "\(limits.maximumByteCount >> 20) MiB"
        case .codec(let format, let message):
            "the \(format) is damaged or cannot be coded: \(message)"
        case .invalidSize(let width, let height):
            "an image cannot be \(width)x\(height) pixels"
        case .invalidChannelCount(let count):
            "an image has 1 to 4 channels, not \(count)"
        case .invalidBitDepth(let bitDepth):
            "samples have 8 or 16 bits, not \(bitDepth)"
        case .invalidPadding(let left, let top, let right, let bottom):
            "an image cannot be padded by \(left), \(top), \(right), \(bottom) pixels "
                + "(left, top, right, bottom)"
        case .sampleCount(let found, let expected):
            "\(found) samples given where the size and channels need \(expected)"
        case .outOfBounds(let rectangle, let width, let height):
            "\(rectangle) is empty or leaves the image of \(width)x\(height) pixels"
        case .mismatch(let first, let second):
            "two images do not fit: \(first) and \(second)"
        case .notGrey(let channelCount):
            "one grey channel is needed, the image has \(channelCount); convert it first"
        case .tooSmall(let width, let height, let minimum):
            "\(width)x\(height) pixels are too few: each side needs at least \(minimum)"
        case .maskSize(let width, let height, let expectedWidth, let expectedHeight):
            "the mask has \(width)x\(height) pixels and the picture \(expectedWidth)x"
                + "\(expectedHeight); make the mask as large as the picture"
        case .emptyMask:
            "the mask repaints nothing: no pixel of it is white (or transparent); paint what is "
                + "to change white"
        case .fullMask:
            "the mask keeps nothing: all of it is white (or transparent); paint what is to stay "
                + "black, or restyle the whole picture"
        case .invalidPolygon(let reason):
            "the polygon is not usable: \(reason)"
        case .emptySheet(let imageCount, let columnCount):
            "a contact sheet needs an image and a column: got \(imageCount) and \(columnCount)"
        case .invalidKeyword(let keyword):
            "\"\(keyword)\" cannot be a PNG text keyword: 1 to 79 printable ASCII characters, "
                + "single spaces between words"
        case .invalidText(let keyword):
            "the PNG text \"\(keyword)\" has a NUL character in it"
        case .noProvenance:
            "the PNG carries no Skiagraph provenance"
        case .malformedProvenance(let reason):
            "the PNG's Skiagraph provenance cannot be read: \(reason)"
        case .fileExists(let path):
            "\(path) exists already and is not overwritten; choose another name or remove it"
        case .diskFull(let path):
            "no space left on the disk for \(path); nothing was written"
        case .file(let path, let action, let errorNumber):
            "cannot \(action.rawValue) \(path): \(String(cString: strerror(errorNumber)))"
        case .inFile(let path, let error):
            "\(path): \(error)"
        }
    }

    private static func hexadecimal(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(separator: " ")
    }
}
