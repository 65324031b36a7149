/// Why an image could not be read, made, changed or written.
public enum ImagingError: Error, Sendable, Equatable {
    /// The bytes begin like no format that is read here; `found` holds the first few.
    case notAnImage(found: [UInt8])
    /// The file ends before its picture does.
    case truncated(ImageFormat)
    /// A valid file of a kind that is not decoded.
    case unsupported(ImageFormat, feature: String)
    /// The picture would take more than the limits allow.
    case tooLarge(width: Int, height: Int, limits: DecodingLimits)
    /// The file is larger than the limits allow.
    case fileTooLarge(byteCount: Int, limits: DecodingLimits)
    /// The codec found damage, or gave up; its own words.
    case codec(ImageFormat, message: String)

    /// A side below 1, or more pixels than can be counted.
    case invalidSize(width: Int, height: Int)
    /// A channel count outside 1 to 4.
    case invalidChannelCount(Int)
    /// A bit depth other than 8 and 16.
    case invalidBitDepth(Int)
    /// Padding that is negative or absurd.
    case invalidPadding(left: Int, top: Int, right: Int, bottom: Int)
    /// An array of samples that does not fill the image.
    case sampleCount(found: Int, expected: Int)
    /// A rectangle that leaves the image or is empty.
    case outOfBounds(PixelRectangle, width: Int, height: Int)
    /// Two images that had to agree.
    case mismatch(PixelImage.Layout, PixelImage.Layout)
    /// An operation that wants one grey channel got another count.
    case notGrey(channelCount: Int)
    /// An image smaller than the window that is slid over it.
    case tooSmall(width: Int, height: Int, minimum: Int)
    /// A mask of another size than its picture.
    case maskSize(width: Int, height: Int, expectedWidth: Int, expectedHeight: Int)
    /// A mask that repaints nothing.
    case emptyMask
    /// A mask that keeps nothing.
    case fullMask
    /// A polygon that bounds no part of the picture; the reason.
    case invalidPolygon(String)
    /// A contact sheet without pictures or without columns.
    case emptySheet(imageCount: Int, columnCount: Int)

    /// A PNG text keyword that the format does not allow.
    case invalidKeyword(String)
    /// A PNG text value with a NUL character in it.
    case invalidText(keyword: String)
    /// A PNG without Skiagraph's provenance.
    case noProvenance
    /// Provenance that does not parse.
    case malformedProvenance(String)

    /// The file is there already and is left as it is.
    case fileExists(path: String)
    /// The disk or the quota is full; nothing was left behind.
    case diskFull(path: String)
    /// A call of the system failed.
    case file(path: String, action: FileAction, errorNumber: Int32)
    /// Another error, with the file in which it arose.
    indirect case inFile(path: String, ImagingError)

    /// What was being done to a file.
    public enum FileAction: String, Sendable {
        case open, read, write, create
    }

    /// Puts the file's name to errors that do not carry it.
    static func naming<Value>(
        _ path: String,
        _ work: () throws(ImagingError) -> Value
    ) throws(ImagingError) -> Value {
        do { return try work() } catch {
            switch error {
            case .fileExists, .diskFull, .file, .inFile: throw error
            default: throw .inFile(path: path, error)
            }
        }
    }
}
