import DICOM
import Imaging

/// The picture that is edited, as its file has it.
struct EditingSource: Sendable {
    /// Sides below this say nothing to a model.
    static let minimumSide = 16

    let path: String
    /// The hash of the file.
    let sha256: String
    /// The stored values.
    let pixels: EditablePixels
    /// The DICOM file; nil for a PNG or JPEG.
    private let dicom: [UInt8]?

    /// Whether results become DICOM files too.
    var isDICOM: Bool { dicom != nil }

    /// Reads a PNG, JPEG or DICOM file, a JPEG decoded once.
    ///
    /// - Throws: `ImagingError`, `DICOMError`, `EditError.sourceTooSmall` or `.frames`.
    init(path: String) throws {
        self.path = path
        let bytes = try File.read(path)
        sha256 = WeightsHash.sha256(of: bytes)
        if DICOMFile.hasPreamble(bytes) {
            dicom = bytes
            do { pixels = try Self.pixels(ofDICOM: bytes) } catch let error as DICOMError {
                throw DICOMError.inFile(path: path, error)
            }
        } else {
            dicom = nil
            do { pixels = EditablePixels(try PixelImage.decode(bytes)) } catch {
                throw ImagingError.inFile(path: path, error)
            }
        }
        guard min(pixels.width, pixels.height) >= Self.minimumSide else {
            throw EditError.sourceTooSmall(
                width: pixels.width,
                height: pixels.height,
                minimum: Self.minimumSide
            )
        }
    }

    private static func pixels(ofDICOM bytes: [UInt8]) throws -> EditablePixels {
        let file = try DICOMFile(bytes)
        guard file.frameCount == 1 else { throw EditError.frames(file.frameCount) }
        return try EditablePixels(file.image())
    }

    /// The transparent pixels; nil where there are none.
    var ownMask: PixelMask? {
        guard pixels.hasAlpha, let image = try? pixels.image() else { return nil }
        let mask = PixelMask.reading(image).mask
        return mask.boundingBox == nil ? nil : mask
    }

    /// The file's name without folder and extension.
    var stem: String {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        return ImageName.slug(name.lastIndex(of: ".").map { String(name[..<$0]) } ?? name)
    }

    /// The PNG file of an edited picture: the stored values, or for DICOM what they show.
    func encodedPNG(_ edited: EditablePixels, _ provenance: Provenance) throws -> [UInt8] {
        let image = isDICOM ? edited.shown : try edited.image()
        return try image.encodedPNG(text: provenance.pngText())
    }

    /// The DICOM file of an edited picture; nil where the source is none.
    ///
    /// - Parameters:
    ///   - edited: the stored values.
    ///   - png: the file of `encodedPNG`, from whose hash the object's UIDs derive.
    ///   - provenance: how it was made.
    /// - Returns: the source's attributes with the new values and what the model did.
    /// - Throws: `DICOMError`.
    func encodedDICOM(
        _ edited: EditablePixels,
        png: [UInt8],
        _ provenance: Provenance
    ) throws -> [UInt8]? {
        guard let dicom else { return nil }
        let file = try DICOMFile(dicom)
        return try file.derived(
            storing: edited.stored(as: file.image().description),
            synthesis: Synthesis(provenance),
            imageSHA256: WeightsHash.sha256(of: png)
        )
    }
}
