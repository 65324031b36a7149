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

    /// Reads a PNG or JPEG file, a JPEG decoded once.
    ///
    /// - Throws: `ImagingError`, `EditError.sourceTooSmall`.
    init(path: String) throws {
        self.path = path
        let bytes = try File.read(path)
        sha256 = WeightsHash.sha256(of: bytes)
        do { pixels = EditablePixels(try PixelImage.decode(bytes)) } catch {
            throw ImagingError.inFile(path: path, error)
        }
        guard min(pixels.width, pixels.height) >= Self.minimumSide else {
            throw EditError.sourceTooSmall(
                width: pixels.width,
                height: pixels.height,
                minimum: Self.minimumSide
            )
        }
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

    /// The file of an edited picture.
    func encoded(_ edited: EditablePixels, _ provenance: Provenance) throws -> [UInt8] {
        try edited.image().encodedPNG(text: provenance.pngText())
    }
}
