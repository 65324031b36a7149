import Imaging
import Pipelines

/// One picture of a request before it is drawn.
struct PlannedImage {
    let request: TextToImageRequest
    let path: String
    /// How it is made, without the hash of the weights.
    let provenance: Provenance

    /// How it is made.
    func provenance(weights sha256: String) -> Provenance {
        var provenance = provenance
        provenance.modelSHA256 = sha256
        return provenance
    }

    /// Whether the picture is on the disk already.
    ///
    /// - Parameter sha256: the hash of the weights that would draw it.
    /// - Returns: the provenance of the picture that is there, or nil.
    /// - Throws: `WorkflowError.otherPicture` or `.foreignFile`, or `ImagingError`.
    func existing(sha256: String) throws -> Provenance? {
        try provenance(weights: sha256).existing(at: path)
    }
}
