package import Foundation
package import ReaderStudy

/// What a reader has to do next; the server shows just this.
package enum ReadingStep: Sendable, Equatable {
    /// Agree to take part.
    case consent
    /// Look at grey steps on this device.
    case screenCheck
    /// Judge an image.
    case showing(ReadingTask)
    /// Learn the purpose.
    case disclosure
    /// Come back later.
    case waiting(until: Date)
    /// Nothing: all images are answered.
    case finished
    /// Nothing: the study takes no answers.
    case closed
}

/// What is asked of an image.
package enum ReadingPhase: Int, Sendable {
    /// Its quality, before the purpose is known.
    case impression
    /// Whether it is real or fake.
    case judgement
}

/// One image to judge, with nothing that tells what the image is.
package struct ReadingTask: Sendable, Equatable {
    /// The showing's row.
    let showingID: Int64
    /// The image's name for this reader's browser.
    package var imageID: String
    /// What is asked.
    package var phase: ReadingPhase
    /// The place in the phase, from 1.
    package var number: Int
    /// The number of images of the phase.
    package var total: Int
    /// What the reader entered so far: a draft, or the answer that is to be changed.
    package var draft: AnswerDraft
    /// Whether an answer is there, which is to be changed.
    package var isRevision: Bool
    /// The image before, where the reader may go back to it.
    package var previousImageID: String?
}

/// What a reader has entered about an image, perhaps not all of it yet.
package struct AnswerDraft: Sendable, Equatable, Codable {
    /// Real, fake or uncertain.
    package var label: Answer?
    /// The quality, 1 to 5.
    package var quality: Int?
    /// The confidence, from 1.
    package var confidence: Int?
    /// Free words.
    package var description: String
    /// The chosen region terms.
    package var regions: [String]
    /// How long the reader has looked at the image, in seconds; nil where the browser cannot tell.
    package var seconds: Double?

    /// Holds what was entered.
    package init(
        label: Answer? = nil,
        quality: Int? = nil,
        confidence: Int? = nil,
        description: String = "",
        regions: [String] = [],
        seconds: Double? = nil
    ) {
        self.label = label
        self.quality = quality
        self.confidence = confidence
        self.description = description
        self.regions = regions
        self.seconds = seconds
    }
}
