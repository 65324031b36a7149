public import ReaderStudy
public import StudyStore

extension CreateStudy {
    /// What a study is to be made of.
    public struct Request: Sendable {
        /// What is fixed; the order's blocks and repeats are set from `sessionCount` and `repeatShare`.
        public var definition: StudyDefinition
        /// A folder or query of real images; nil for a study of synthetic images only.
        public var real: String?
        /// A folder or query of synthetic images.
        public var synthetic: String
        /// Images of each kind, drawn by the seed; nil takes all.
        public var imageCount: Int?
        /// The model whose autoencoder the real images go through, as the synthetic ones did; nil for none.
        public var realThrough: String?
        /// Columns and rows of the shown images; nil takes the shortest side of all images.
        public var side: Int?
        /// The readers' names.
        public var readers: [String]
        /// The share of images that are shown twice.
        public var repeatShare: Double
        /// The number of sessions.
        public var sessionCount: Int
        /// The workspace's folder.
        public var workspace: String
        /// Who makes the study.
        public var lead: String

        /// Creates a request; the rest can be set.
        public init(
            definition: StudyDefinition,
            real: String?,
            synthetic: String,
            readers: [String],
            workspace: String,
            lead: String
        ) {
            self.definition = definition
            self.real = real
            self.synthetic = synthetic
            self.readers = readers
            self.workspace = workspace
            self.lead = lead
            imageCount = nil
            realThrough = nil
            side = nil
            repeatShare = 0
            sessionCount = 1
        }
    }

    /// Something to tell while a study is made.
    public enum Event: Sendable, Equatable {
        /// What was done.
        case note(String)
        /// What may spoil the study.
        case warning(String)
    }

    /// A study that was made.
    public struct Result: Sendable {
        /// The study.
        public let store: StudyStore
        /// How its images were made alike.
        public let preparation: StudyFacts.Preparation
        /// Its images.
        public let cases: [StudyCase]
        /// The showings of each reader, repeats included.
        public let showingCount: Int
    }
}

extension CreateStudy.Request {
    /// The order with blocks and repeats for a number of images.
    ///
    /// With several sessions a repeat never falls into the session of its first showing; within one it
    /// comes at least ten images, or a quarter of a small study, later.
    ///
    /// - Throws: `StudyFailure` for sessions or repeats that do not fit.
    func order(caseCount: Int) throws(StudyFailure) -> ReadingOrder.Design {
        guard (1...caseCount).contains(sessionCount) else { throw .invalidSessions(sessionCount) }
        guard (0...0.5).contains(repeatShare) else { throw .invalidRepeats(repeatShare) }
        let wanted = Int((repeatShare * Double(caseCount)).rounded())
        let blockSize = (caseCount + sessionCount - 1) / sessionCount
        let spacing = sessionCount > 1 ? blockSize : min(10, max(1, caseCount / 4))
        let possible = caseCount - spacing + 1
        guard wanted <= possible else { throw .tooManyRepeats(wanted: wanted, possible: possible) }
        var order = definition.order
        order.blockCount = sessionCount
        order.repeatCount = wanted
        order.repeatSpacing = spacing
        return order
    }
}
