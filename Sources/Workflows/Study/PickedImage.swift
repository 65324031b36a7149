import Archive
import Imaging
import ReaderStudy

/// An image that was chosen for a study, as it came.
struct PickedImage {
    /// The image in its source.
    let image: StudySource.Image
    /// What it is.
    let truth: Truth
    /// Size and kind of the file's picture.
    let layout: PixelImage.Layout
    /// What the file's format tells.
    let features: FormatFeatures
    /// What is known of it: what its source says, else what the prompt in its file asks for.
    let labels: ImageLabels
    /// The generator that the file names.
    let model: String?

    /// Opens an image.
    ///
    /// - Throws: `StudyFailure.syntheticAmongReal` for a real image that carries our provenance, and
    ///   what reading and decoding throw.
    init(_ image: StudySource.Image, _ truth: Truth, source: String) throws {
        let bytes = try image.bytes()
        let pixels = try image.decoded(bytes)
        self.image = image
        self.truth = truth
        layout = pixels.layout
        features = FormatFeatures(
            original: pixels,
            format: ImageFormat(sniffing: bytes) ?? .png,
            byteCount: bytes.count
        )
        let provenance = try Provenance.found(in: bytes)
        guard truth == .fake || provenance == nil else {
            throw StudyFailure.syntheticAmongReal(image: image.name, source: source)
        }
        model = provenance?.model
        labels =
            image.labels == ImageLabels()
            ? provenance.map { ImageLabels(prompt: $0.prompt) } ?? image.labels : image.labels
    }
}

/// An image in the study's format.
struct MatchedImage {
    /// The image as it came.
    let picked: PickedImage
    /// The PNG that readers see, before all are brought to one length.
    let png: [UInt8]
    /// What the format still tells.
    let features: FormatFeatures

    /// Brings an image to a format.
    ///
    /// - Parameters:
    ///   - picked: the image.
    ///   - format: the study's format.
    ///   - prepared: what is done to the pixels before.
    /// - Throws: `StudyFailure.blankImage`, or what reading, decoding and preparing throw.
    init(
        _ picked: PickedImage,
        in format: PresentationFormat,
        prepared: (PixelImage) throws -> PixelImage = { $0 }
    ) throws {
        let name = picked.image.name
        let original = try picked.image.decoded(picked.image.bytes())
        let pixels = try format.matched(prepared(original))
        let samples = pixels.byteSamples
        guard samples.contains(where: { $0 != samples[0] }) else {
            throw StudyFailure.blankImage(name)
        }
        self.picked = picked
        png = try pixels.encodedPNG()
        features = FormatFeatures(matched: pixels, byteCount: png.count)
    }
}
