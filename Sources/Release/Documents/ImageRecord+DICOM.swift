import Archive
import DICOM
import Imaging

extension ImageRecord {
    /// The image as a grey Secondary Capture.
    ///
    /// - Parameter bytes: the image's file.
    /// - Returns: the bytes of a DICOM file.
    /// - Throws: `ReleaseError.dicom`, or `.file`.
    func dicom(_ bytes: [UInt8]) throws(ReleaseError) -> [UInt8] {
        let image: PixelImage
        do { image = try PixelImage.decode(bytes).convertedToGrey() } catch { throw .file(error) }
        let capture = SecondaryCapture(
            image: image,
            imageSHA256: file?.sha256 ?? "",
            synthesis: Synthesis(
                prompt: provenance?.prompt ?? "",
                model: provenance?.model,
                modelSHA256: provenance?.modelSHA256,
                softwareVersion: provenance?.softwareVersion ?? "",
                date: (finishedAt ?? recordedAt).date
            ),
            modality: labels.modality,
            anatomy: labels.anatomy,
            sex: labels.sex.flatMap { ["female": "F", "male": "M"][$0] },
            source: provenance?.parentSHA256.map(DICOMReference.init(secondaryCaptureOf:))
        )
        do { return try capture.encoded() } catch { throw .dicom(id: id, error) }
    }
}
