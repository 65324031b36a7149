import DICOM
import Imaging

/// One picture of a file: a DICOM frame, or the file itself.
struct SourceImage {
    let image: PixelImage
    let facts: ImageFacts
    /// What the file's first window is called, where that is a usual name.
    let window: String?
    /// Why a person should look at it first, as the file itself says.
    let concern: String?
    /// What the file says of people and places, to be looked for in captions.
    let identifiers: IdentifyingText
    /// The frame's number from 1, where there are several.
    let frame: Int?

    /// Reads the pictures of a file.
    ///
    /// - Throws: `ImagingError` or `DICOMError`, or `DataSetError.unknownFormat`.
    static func all(
        in bytes: [UInt8],
        limits: DecodingLimits,
        _ take: (SourceImage) throws -> Void
    ) throws {
        // The preamble of a DICOM file may make it a TIFF too (PS3.10 7.1).
        if !DICOMFile.hasPreamble(bytes), ImageFormat(sniffing: bytes) != nil {
            try take(
                SourceImage(
                    image: PixelImage.decode(bytes, limits: limits).plain(),
                    facts: ImageFacts(),
                    window: nil,
                    concern: nil,
                    identifiers: IdentifyingText(),
                    frame: nil
                )
            )
            return
        }
        let file: DICOMFile
        do {
            file = try DICOMFile(bytes, limits: limits)
        } catch {
            guard error == .notDICOM else { throw error }
            throw DataSetError.unknownFormat(beginning: Array(bytes.prefix(8)))
        }
        let isAnnotated = file.text(.burnedInAnnotation)?.uppercased() == "YES"
        let identifiers = IdentifyingText(file)
        for frame in 0..<file.frameCount {
            let picture = try file.image(frame: frame)
            try take(
                SourceImage(
                    image: picture.displayed().plain(),
                    facts: ImageFacts(file),
                    window: picture.windowExplanations.first.flatMap(DefinedTerms.window),
                    concern: isAnnotated ? "Burned In Annotation (0028,0301) is YES" : nil,
                    identifiers: identifiers,
                    frame: file.frameCount > 1 ? frame + 1 : nil
                )
            )
        }
    }
}

extension PixelImage {
    /// The image without alpha, and in one channel where its colours are all grey.
    fileprivate func plain() -> PixelImage {
        let opaque = withoutAlpha()
        guard opaque.channelCount == 3 else { return opaque }
        func isGrey<Sample: Equatable>(_ values: [Sample]) -> Bool {
            stride(from: 0, to: values.count, by: 3).allSatisfy { (pixel: Int) -> Bool in
                let red = values[pixel]
                return red == values[pixel + 1] && red == values[pixel + 2]
            }
        }
        let hasOnlyGrey =
            switch opaque.samples {
            case .uint8(let values): isGrey(values)
            case .uint16(let values): isGrey(values)
            }
        return hasOnlyGrey ? opaque.convertedToGrey() : opaque
    }
}
