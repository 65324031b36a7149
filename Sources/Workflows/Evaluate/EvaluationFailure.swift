/// Why a model cannot be measured.
public enum EvaluationFailure: Error, Equatable, Sendable {
    /// A prompt names no region and modality that the classifier knows.
    case unknownRegion(prompt: String, classNames: [String])
    /// No picture in the folder is named for a known region.
    case noPictures(folder: String)
    /// There is no picture in the folder.
    case noImageFiles(folder: String)
    /// There is no classifier in any of these places.
    case noClassifier(searched: [String])
    /// The data has no images of a split.
    case noImages(folder: String, split: String)
}

extension EvaluationFailure: CustomStringConvertible {
    /// What failed, what was found and what to do.
    public var description: String {
        switch self {
        case .unknownRegion(let prompt, let classNames):
            "\"\(prompt)\" names no modality and region that the classifier knows; "
                + "it knows \(classNames.joined(separator: ", "))"
        case .noPictures(let folder):
            "\(folder) has no PNG or JPEG file named for a modality and region, "
                + "such as an-x-ray-of-the-hand_seed-0.png"
        case .noImageFiles(let folder): "\(folder) has no PNG or JPEG file"
        case .noClassifier(let searched):
            "there is no region classifier; looked for \(searched.joined(separator: ", ")); give its folder "
                + "with --classifier, or that of the pretrained models in SKIAGRAPH_MODELS"
        case .noImages(let folder, let split):
            "the sets in \(folder) have no images of the split \(split)"
        }
    }
}
