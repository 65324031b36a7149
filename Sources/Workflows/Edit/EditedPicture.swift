import Archive
import Imaging
import Pipelines

/// One result of an edit, before and after it is painted.
struct EditedPicture {
    /// Its place in the request, from 0.
    let index: Int
    let imageCount: Int
    /// The path of its PNG.
    let path: String
    /// The path of its DICOM file, where the source is one.
    let dicomPath: String?
    /// What the model is asked; width and height are those that it works at.
    let text: TextToImageRequest
    /// How it is made; the hash of the weights comes last.
    var provenance: Provenance
    /// When the work on it began and ended.
    var startedAt: Timestamp?
    var finishedAt: Timestamp?
    var duration: Duration?
    var painting: Painting?

    /// A painted picture.
    struct Painting {
        /// What is written.
        let pixels: EditablePixels
        /// The region before, after and the difference; nil where there is nothing to compare.
        var comparison: PixelImage?
        /// What was measured, by name.
        var measures: [String: Double] = [:]
    }

    /// The path that users are told.
    var shownPath: String { dicomPath ?? path }

    /// What the archive is told of it.
    var draft: ImageDraft {
        ImageDraft(provenance: provenance, startedAt: startedAt, finishedAt: finishedAt)
    }

    func failure(_ error: any Error) -> GenerateImages.Failure {
        GenerateImages.Failure(
            prompt: text.prompt,
            seed: text.seed,
            position: index + 1,
            reason: "\(error)"
        )
    }

    func progress(_ step: Int, _ stepCount: Int, _ watch: Stopwatch) -> GenerateImages.Progress {
        GenerateImages.Progress(
            image: index + 1,
            imageCount: imageCount,
            step: step,
            stepCount: stepCount,
            remaining: watch.remaining(afterStep: step, of: stepCount)
        )
    }
}
