/// How often a reader gave each answer to real and to fake images.
///
/// Fake is the positive class: sensitivity is the share of fakes that were found out.
public struct AnswerTable: Sendable, Equatable {
    /// How Uncertain counts.
    public enum UncertainHandling: String, Sendable, Codable, CaseIterable {
        /// As if the image had not been shown.
        case excluded
        /// As a wrong answer.
        case wrong
        /// As half a right answer.
        case half
    }

    private let counts: [Truth: [Answer: Int]]

    /// Counts readings; the caller decides which (first showings, a subgroup, ...).
    public init(_ readings: [Reading]) {
        var counts: [Truth: [Answer: Int]] = [:]
        for reading in readings {
            counts[reading.truth, default: [:]][reading.answer, default: 0] += 1
        }
        self.counts = counts
    }

    /// The number of images of a truth that got an answer.
    public func count(_ truth: Truth, answered answer: Answer) -> Int {
        counts[truth]?[answer] ?? 0
    }

    /// The number of images of a truth.
    public func count(_ truth: Truth) -> Int {
        Answer.allCases.reduce(0) { $0 + count(truth, answered: $1) }
    }

    /// The share of right answers over both truths.
    ///
    /// - Throws: `StudyError.tooFew` when nothing is left to count.
    public func accuracy(uncertain: UncertainHandling) throws(StudyError) -> Proportion {
        let parts = Truth.allCases.map { right($0, uncertain) }
        return try Proportion(
            points: parts.reduce(0) { $0 + $1.points },
            of: parts.reduce(0) { $0 + $1.trials }
        )
    }

    /// The share of fake images that were called fake.
    ///
    /// - Throws: `StudyError.tooFew` when no fake image is left to count.
    public func sensitivity(uncertain: UncertainHandling) throws(StudyError) -> Proportion {
        let part = right(.fake, uncertain)
        return try Proportion(points: part.points, of: part.trials)
    }

    /// The share of real images that were called real.
    ///
    /// - Throws: `StudyError.tooFew` when no real image is left to count.
    public func specificity(uncertain: UncertainHandling) throws(StudyError) -> Proportion {
        let part = right(.real, uncertain)
        return try Proportion(points: part.points, of: part.trials)
    }

    /// Sensitivity and bias of an equal-variance Gaussian observer, with log-linear correction.
    ///
    /// - Throws: `StudyError.tooFew` when one truth has no image left to count.
    public func signalDetection(
        uncertain: UncertainHandling = .excluded
    ) throws(StudyError) -> SignalDetection {
        let fakes = right(.fake, uncertain)
        let reals = right(.real, uncertain)
        return try SignalDetection(
            hits: fakes.points,
            signals: fakes.trials,
            falseAlarms: Double(reals.trials) - reals.points,
            noises: reals.trials
        )
    }

    private func right(
        _ truth: Truth,
        _ uncertain: UncertainHandling
    ) -> (points: Double, trials: Int) {
        let right = Double(count(truth, answered: truth == .real ? .real : .fake))
        let undecided = count(truth, answered: .uncertain)
        return switch uncertain {
        case .excluded: (right, count(truth) - undecided)
        case .wrong: (right, count(truth))
        case .half: (right + Double(undecided) / 2, count(truth))
        }
    }
}
