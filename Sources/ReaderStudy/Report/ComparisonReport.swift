/// Readers compared with each other, and together with chance.
///
/// Answers are right or not, Uncertain counting as wrong; only images that all readers answered
/// count, so that everybody is judged on the same ones.
public struct ComparisonReport: Sendable, Equatable, Encodable {
    /// A test of two readers, with its p-value adjusted for the number of pairs.
    public struct PairTest: Sendable, Equatable, Encodable {
        /// One reader.
        public let first: String
        /// The other.
        public let second: String
        /// The p-value, not adjusted; not defined where the test has nothing to go by.
        public let pValue: Outcome<Double>
        /// The p-value after Holm's adjustment for all pairs that have one.
        public let adjusted: Double?
    }

    /// A mean over readers that holds for other readers and images alike.
    public struct MeanFigure: Sendable, Equatable, Encodable {
        /// The mean.
        public let value: Double
        /// Its standard error.
        public let standardError: Double
        /// Hillis' degrees of freedom.
        public let degreesOfFreedom: Double
        /// Student's interval, cut to 0...1.
        public let interval: ConfidenceInterval
        /// The p-value against one half.
        public let pValue: Double
    }

    /// The images that all readers answered.
    public let completeCount: Int
    /// Whether all readers are right equally often (Cochran's Q).
    public let cochranQ: Outcome<TestResult>
    /// Whether two readers are right equally often (McNemar, exact).
    public let mcNemar: [PairTest]
    /// Whether one reader is more suspicious than another (Wilcoxon, on answers with confidence).
    public let wilcoxon: [PairTest]
    /// The mean area under the ROC curve (Obuchowski and Rockette).
    public let area: Outcome<MeanFigure>
    /// The mean share of right answers.
    public let accuracy: Outcome<MeanFigure>
    /// The mean share of fakes called fake.
    public let sensitivity: Outcome<MeanFigure>
    /// The mean share of real images called real.
    public let specificity: Outcome<MeanFigure>

    /// Compares the readers of a study.
    ///
    /// - Throws: `StudyError.outOfRange` for a p-value outside 0...1, which no test here gives.
    init(of study: StudyReadings) throws(StudyError) {
        let panel = CompletePanel(study)
        completeCount = panel.cases.count
        cochranQ = Outcome { () throws(StudyError) in
            try StudyError.check(panel.cases.count, atLeast: 1, "images that all readers answered")
            let right = panel.right(nil)
            return try CochranQTest.result(
                panel.cases.indices.map { index in right.map { $0[index] } }
            )
        }
        mcNemar = try Self.pairTests(panel) { first, second throws(StudyError) in
            let right = panel.right(nil)
            return try McNemarTest(right[first], right[second]).exactPValue
        }
        wilcoxon = try Self.pairTests(panel) { first, second throws(StudyError) in
            let (one, other) = (panel.suspicions[first], panel.suspicions[second])
            return try WilcoxonSignedRankTest.result(differences: zip(one, other).map { $0 - $1 })
                .pValue
        }
        area = Outcome { () throws(StudyError) in
            try MeanFigure(ObuchowskiRockette(areasOf: [panel.ratings]))
        }
        accuracy = Outcome { () throws(StudyError) in
            for truth in Truth.allCases where !panel.truths.contains(truth) {
                throw .undefined(
                    statistic: "a comparison with chance",
                    reason: "no \(truth.rawValue) image was read"
                )
            }
            return try MeanFigure(ObuchowskiRockette(sharesOf: [panel.right(nil)]))
        }
        sensitivity = Outcome { () throws(StudyError) in
            try MeanFigure(ObuchowskiRockette(sharesOf: [panel.right(.fake)]))
        }
        specificity = Outcome { () throws(StudyError) in
            try MeanFigure(ObuchowskiRockette(sharesOf: [panel.right(.real)]))
        }
    }

    /// Tests all pairs of readers.
    private static func pairTests(
        _ panel: CompletePanel,
        _ test: (Int, Int) throws(StudyError) -> Double
    ) throws(StudyError) -> [PairTest] {
        let pairs = panel.readers.indices.flatMap { first in
            panel.readers.indices.dropFirst(first + 1).map { second in
                (first, second, Outcome { () throws(StudyError) in try test(first, second) })
            }
        }
        var adjusted = try HolmAdjustment.adjusted(pairs.compactMap(\.2.value))[...]
        return pairs.map { first, second, pValue in
            PairTest(
                first: panel.readers[first],
                second: panel.readers[second],
                pValue: pValue,
                adjusted: pValue.value == nil ? nil : adjusted.popFirst()
            )
        }
    }
}

extension ComparisonReport.MeanFigure {
    /// Describes the mean of an analysis of one condition.
    init(_ analysis: ObuchowskiRockette, condition: Int = 0) throws(StudyError) {
        let mean = try analysis.mean(ofCondition: condition)
        value = mean.value
        standardError = mean.standardError
        degreesOfFreedom = mean.degreesOfFreedom
        interval = try mean.interval().clipped(to: 0...1)
        pValue = mean.test().pValue
    }
}

/// The first readings of the images that every reader answered, in one order for all.
struct CompletePanel {
    let readers: [String]
    let cases: [String]
    let truths: [Truth]
    private let readings: [[Reading]]

    init(_ study: StudyReadings) {
        var found: [String: [String: Reading]] = [:]
        for reading in study.readings where reading.repetition == 0 {
            found[reading.reader, default: [:]][reading.caseID] = reading
        }
        let readers = study.readers
        let cases = study.cases.filter { caseID in
            readers.allSatisfy { found[$0]?[caseID] != nil }
        }
        self.readers = readers
        self.cases = cases
        truths = cases.compactMap(study.truth(of:))
        readings = readers.map { reader in cases.compactMap { found[reader]?[$0] } }
    }

    /// Right or not, a row per reader, over the images of one truth or of both.
    func right(_ truth: Truth?) -> [[Bool]] {
        readings.map { row in
            row.filter { truth == nil || $0.truth == truth }
                .map { $0.answer.rawValue == $0.truth.rawValue }
        }
    }

    /// Suspicions, a row per reader.
    var suspicions: [[Double]] { readings.map { $0.map(\.suspicion) } }

    /// Suspicions by truth, for areas under the curve.
    var ratings: [ObuchowskiRockette.Ratings] {
        readings.map { row in
            ObuchowskiRockette.Ratings(
                positives: row.filter { $0.truth == .fake }.map(\.suspicion),
                negatives: row.filter { $0.truth == .real }.map(\.suspicion)
            )
        }
    }
}
