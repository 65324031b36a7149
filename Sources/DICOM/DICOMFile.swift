public import Imaging

/// A DICOM file in memory: its attributes, and its frames one by one.
///
/// Everything that comes out is a value; the file itself stays with one task.
public final class DICOMFile {
    /// The file as it was read.
    let bytes: [UInt8]
    let dataset: Dataset
    let limits: DecodingLimits

    /// Parses the bytes of a file, with or without preamble and meta header.
    ///
    /// - Throws: `DICOMError`.
    public init(_ bytes: [UInt8], limits: DecodingLimits = DecodingLimits()) throws(DICOMError) {
        self.bytes = bytes
        self.limits = limits
        dataset = try Dataset(bytes, limits: limits)
    }

    /// Reads a file.
    ///
    /// - Throws: `DICOMError.inFile` around what was found, or `.file`.
    public convenience init(
        path: String,
        limits: DecodingLimits = DecodingLimits()
    ) throws(DICOMError) {
        let bytes: [UInt8]
        do { bytes = try File.read(path, limits: limits) } catch { throw .file(error) }
        do { try self.init(bytes, limits: limits) } catch { throw .inFile(path: path, error) }
    }

    /// Whether bytes begin as DICOM files do, with a preamble and "DICM".
    public static func hasPreamble(_ bytes: [UInt8]) -> Bool {
        bytes.count >= 132 && bytes[128..<132].elementsEqual("DICM".utf8)
    }

    /// How the data set is stored, in the standard's words.
    public var transferSyntax: String { dataset.transferSyntax.name }

    /// The whole value of an attribute of the data set itself; nil where there is none.
    ///
    /// Values are separated by a backslash.
    public func text(_ tag: DICOMTag) -> String? { dataset.root.text(tag) }

    /// The numbers of an attribute of the data set itself, without what is no finite number.
    public func numbers(_ tag: DICOMTag) -> [Double] { dataset.root.numbers(tag) }

    /// The frames of the image; 1 where the data set states none.
    public var frameCount: Int { max(dataset.root.integer(.numberOfFrames) ?? 1, 1) }

    /// Reads a frame with all that is needed to show it.
    ///
    /// - Throws: `DICOMError`.
    public func image(frame: Int = 0) throws(DICOMError) -> DICOMImage {
        let item = dataset.root
        guard item.has(.pixelData) || item.has(.rows) else {
            throw .noPixels(sopClassUID: text(.sopClassUID) ?? "")
        }
        guard (0..<frameCount).contains(frame) else {
            throw .noFrame(frame, frameCount: frameCount)
        }
        let stored = try storedPixels(frame: frame, PixelDescription(item))
        return try DICOMImage(stored, item, frame: frame)
    }

    private func storedPixels(
        frame: Int,
        _ announced: PixelDescription
    ) throws(DICOMError) -> StoredPixels {
        var description = announced
        let fitsLimits =
            description.width <= limits.maximumSide && description.height <= limits.maximumSide
            && description.width * description.height
                <= limits.maximumByteCount / (8 * description.channelCount)
        guard fitsLimits else {
            throw .tooLarge(
                width: description.width,
                height: description.height,
                frameCount: frameCount,
                limits: limits
            )
        }
        // Decoders give two luminances a pair of chrominances each.
        if description.photometricInterpretation == .ybrFull422, dataset.isCompressed {
            description.photometricInterpretation = .ybrFull
        }
        let needed = Self.sampleCount(description) * (description.bitsAllocated / 8)
        let (bytes, colorModel) = try dataset.frame(frame, byteCount: needed)
        if dataset.isCompressed, !colorModel.isEmpty {
            description.photometricInterpretation = try PixelDescription.interpretation(colorModel)
        }
        let samples = ColorLayout(description, hasPlanes: hasPlanes).interleaved(bytes)
        if description.photometricInterpretation == .ybrFull422 {
            description.photometricInterpretation = .ybrFull
        }
        return StoredPixels(bytes: samples, description)
    }

    /// Whether the samples of a channel lie together; decoders give them by pixel.
    private var hasPlanes: Bool {
        dataset.root.integer(.planarConfiguration) == 1
    }

    private static func sampleCount(_ description: PixelDescription) -> Int {
        let pixels = description.width * description.height
        // C.7.6.3.1.2: two luminances share a pair of chrominances.
        return description.photometricInterpretation == .ybrFull422
            ? pixels * 2 : pixels * description.channelCount
    }
}
