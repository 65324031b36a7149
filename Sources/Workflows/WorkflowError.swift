import Glibc
public import PromptPolicy

/// Why a use case refuses a request or cannot go on.
public enum WorkflowError: Error, Equatable, Sendable {
    /// No prompt was given.
    case noPrompts
    /// A prompt without a letter; `position` counts from 1.
    case emptyPrompt(position: Int, count: Int)
    /// Fewer than one image a prompt.
    case imageCount(Int)
    /// Fewer than one denoising step.
    case inferenceStepCount(Int)
    /// A guidance scale that is negative or no number.
    case guidanceScale(Double)
    /// The last image's seed would not fit into 64 bits.
    case seedOverflow(seed: UInt64, imageCount: Int)
    /// Two prompts whose files would have one name.
    case sameFileName(prompts: [String], name: String)
    /// No model has this name.
    case unknownModel(name: String, searched: [String], available: [String])
    /// No GPU can be used; the loader's reason.
    case noCUDA(reason: String)
    /// A picture of this name is there, but another request made it.
    case otherPicture(path: String, differences: [String])
    /// A file of this name is there, but it is none of Skiagraph's.
    case foreignFile(path: String)
    /// The folder cannot be created or written to.
    case outputFolder(path: String, errorNumber: Int32)
    /// Weights changed or vanished while they were read.
    case unreadableWeights(path: String, errorNumber: Int32)
    /// The policy refuses some of the prompts, so nothing was drawn.
    case refusedPrompts([PromptRefusal], promptCount: Int)
    /// Some of the files are no images that can be read; each was reported.
    case failedImports(count: Int, fileCount: Int)
    /// Some of the pictures could not be drawn; the first one's reason.
    case failedImages(count: Int, imageCount: Int, reason: String)

    /// A model would be written over something.
    case modelExists(path: String)
    /// A run has no checkpoint yet.
    case noCheckpoint(run: String)

    var kind: FailureKind {
        switch self {
        case .noPrompts, .emptyPrompt, .imageCount, .inferenceStepCount, .guidanceScale,
            .seedOverflow, .sameFileName:
            .usage
        case .unknownModel: .noInput
        case .noCUDA: .unavailable
        case .otherPicture, .foreignFile, .modelExists: .cannotCreate
        case .noCheckpoint: .noInput
        case .outputFolder(_, let number):
            [EACCES, EPERM, EROFS].contains(number) ? .permissionDenied : .cannotCreate
        case .unreadableWeights(_, let number): number == ENOENT ? .noInput : .inputOutput
        case .refusedPrompts: .permissionDenied
        case .failedImports: .invalidData
        case .failedImages: .software
        }
    }
}

extension WorkflowError: CustomStringConvertible {
    /// What failed, what was found, and what to do, in one line.
    public var description: String {
        switch self {
        case .noPrompts:
            "no prompt given; say what to draw, for instance \"An X-ray of the hand\""
        case .emptyPrompt(let position, let count):
            count == 1
                ? "the prompt is empty; say what to draw, for instance \"An X-ray of the hand\""
                : "prompt \(position) of \(count) is empty; give it words or leave it out"
        case .imageCount(let count):
            "\(count) images a prompt cannot be drawn; ask for 1 or more"
        case .inferenceStepCount(let count):
            "an image cannot be drawn in \(count) steps; ask for 1 or more"
        case .guidanceScale(let scale):
            "the guidance scale cannot be \(scale); 1 means none, 3 to 9 are usual"
        case .seedOverflow(let seed, let count):
            "\(count) images from seed \(seed) on leave the range of seeds; "
                + "take one of at most \(UInt64.max - UInt64(count - 1))"
        case .sameFileName(let prompts, let name):
            "the prompts \(prompts.map { "\"\($0)\"" }.joined(separator: " and ")) "
                + "would both be written to \(name); draw them into different folders"
        case .unknownModel(let name, let searched, let available):
            "there is no model \"\(name)\"; looked in \(searched.joined(separator: ", ")); "
                + (available.isEmpty
                    ? "no models there" : "models there: \(available.joined(separator: ", "))")
                + "; give a name or the path of a folder"
        case .noCUDA(let reason):
            "no GPU can be used: \(reason); or choose the device cpu"
        case .otherPicture(let path, let differences):
            "\(path) exists already and was made otherwise (\(differences.joined(separator: "; "))); "
                + "choose another folder or remove it"
        case .foreignFile(let path):
            "\(path) exists already and is no picture of Skiagraph's; "
                + "choose another folder or remove it"
        case .outputFolder(let path, let number):
            "cannot write to the folder \(path): \(String(cString: strerror(number)))"
        case .unreadableWeights(let path, let number):
            "cannot read the weights \(path): \(String(cString: strerror(number)))"
        case .modelExists(let path):
            "\(path) exists already; choose another folder for the model, or remove it"
        case .noCheckpoint(let run):
            "the run \(run) has no checkpoint.safetensors to take weights from; let it train longer"
        case .refusedPrompts(let refusals, let promptCount):
            (promptCount == 1
                ? "nothing was drawn: "
                : "\(refusals.count) of \(promptCount) prompts are refused, nothing was drawn: ")
                + refusals.prefix(1).map(\.description).joined()
        case .failedImports(let count, let fileCount):
            "\(count) of \(fileCount) files were not taken in; the others are on record"
        case .failedImages(let count, let imageCount, let reason):
            "\(count) of \(imageCount) images failed; the first: \(reason)"
        }
    }
}
