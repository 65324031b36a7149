public import Archive
public import DICOM
import Imaging

extension SecondaryCapture {
    /// The object that an archived image becomes; colour becomes grey.
    ///
    /// - Parameters:
    ///   - record: a synthetic or edited image.
    ///   - bytes: the image's file.
    /// - Throws: `DICOMError.mismatch` for a real image, or `.file` for a damaged one.
    public init(_ record: ImageRecord, _ bytes: [UInt8]) throws(DICOMError) {
        guard let provenance = record.provenance, let file = record.file else {
            throw .mismatch(
                reason: "image \(record.id) is real, and only synthetic and edited images are "
                    + "written as DICOM; add kind=synthetic or kind=edited to the query"
            )
        }
        let image: PixelImage
        do { image = try PixelImage.decode(bytes).convertedToGrey() } catch { throw .file(error) }
        self.init(
            image: image,
            imageSHA256: file.sha256,
            synthesis: Synthesis(
                provenance,
                date: (record.finishedAt ?? record.recordedAt).date
            ),
            modality: record.labels.modality,
            anatomy: record.labels.anatomy,
            sex: Self.sex(record.labels.sex),
            source: provenance.parentSHA256.map { DICOMReference(secondaryCaptureOf: $0) }
        )
    }

    private static func sex(_ word: String?) -> String? {
        switch word?.lowercased() {
        case "female", "f": "F"
        case "male", "m": "M"
        default: nil
        }
    }
}
