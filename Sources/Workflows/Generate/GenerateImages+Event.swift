public import Imaging
public import PromptPolicy

extension GenerateImages {
    /// What happens while pictures are drawn, in this order; warnings come at any time.
    public enum Event: Sendable {
        /// The model is loaded and drawing begins.
        case started(Start)
        /// Something that the user should know.
        case warning(String)
        /// A denoising step is done.
        case progressed(Progress)
        /// A picture is on the disk.
        case finished(Picture)
        /// The policy refuses a prompt; nothing will be drawn.
        case refused(Refusal)
        /// A picture could not be drawn; the others go on.
        case failed(Failure)
        /// The contact sheet is on the disk.
        case wroteSheet(path: String)
    }

    /// What is about to be drawn.
    public struct Start: Sendable, Equatable {
        /// All pictures of the request.
        public let imageCount: Int
        /// Those that an earlier run has drawn.
        public let presentCount: Int
        /// The model's name.
        public let model: String
        /// Denoising steps a picture.
        public let inferenceStepCount: Int
    }

    /// How far the drawing is.
    public struct Progress: Sendable, Equatable {
        /// The picture in work, from 1.
        public let image: Int
        /// All pictures of the request.
        public let imageCount: Int
        /// The steps done of this picture.
        public let step: Int
        /// Steps a picture.
        public let stepCount: Int
        /// The time that the rest will take, if it goes on like this.
        public let remaining: Duration
    }

    /// A picture that is on the disk.
    public struct Picture: Sendable, Equatable {
        /// Where it is.
        public let path: String
        /// The number of its record in the archive; nil where nothing is recorded.
        public let recordID: Int64?
        /// How it was made.
        public let provenance: Provenance
        /// Its place among all pictures of the request, from 1.
        public let position: Int
        /// The time it took; nil where an earlier run has drawn it.
        public let duration: Duration?
        /// What was measured on it, by name.
        public let measures: [String: Double]

        init(
            _ path: String,
            _ recordID: Int64?,
            _ provenance: Provenance,
            _ index: Int,
            _ duration: Duration?,
            measures: [String: Double] = [:]
        ) {
            self.path = path
            self.recordID = recordID
            self.provenance = provenance
            position = index + 1
            self.duration = duration
            self.measures = measures
        }
    }

    /// A prompt that the policy refuses.
    public struct Refusal: Sendable {
        /// By which rule, and what to change.
        public let reason: PromptRefusal
        /// All prompts of the request.
        public let promptCount: Int
    }

    /// A picture that could not be drawn.
    public struct Failure: Sendable {
        /// The words that were asked for.
        public let prompt: String
        /// The picture's own seed.
        public let seed: UInt64
        /// Its place among all pictures of the request, from 1.
        public let position: Int
        /// Why.
        public let reason: String
    }
}
