/// One reader's figures.
public struct ReaderReport: Sendable, Equatable, Encodable {
    /// How often images of one truth got each answer.
    public struct Row: Sendable, Equatable, Encodable {
        /// What the images are.
        public let truth: Truth
        /// Those called real.
        public let real: Int
        /// Those called uncertain.
        public let uncertain: Int
        /// Those called fake.
        public let fake: Int
    }

    /// The shares of right answers under one way to count Uncertain.
    public struct Shares: Sendable, Equatable, Encodable {
        /// How Uncertain counts.
        public let uncertain: AnswerTable.UncertainHandling
        /// Right answers of all.
        public let accuracy: Outcome<ShareReport>
        /// Fakes called fake.
        public let sensitivity: Outcome<ShareReport>
        /// Real images called real.
        public let specificity: Outcome<ShareReport>
        /// The p-value of the exact test of the accuracy against one half.
        public let chance: Outcome<Double>
        /// Two one-sided tests that the accuracy is within the margin of one half.
        public let equivalence: Outcome<EquivalenceTest>
        /// d' and criterion.
        public let signalDetection: Outcome<SignalDetection>
    }

    /// The area under the ROC curve.
    public struct Area: Sendable, Equatable, Encodable {
        /// The area.
        public let value: Double
        /// Its interval.
        public let interval: ConfidenceInterval
        /// The interval's method: "DeLong", or "Newcombe" where DeLong's variance is 0.
        public let method: String
        /// The curve.
        public let curve: ROCCurve
    }

    /// The response times.
    public struct Times: Sendable, Equatable, Encodable {
        /// Median, in seconds.
        public let median: Double
        /// The quartiles around it.
        public let quartiles: ConfidenceInterval
        /// Change in seconds per image along the session, by Theil and Sen.
        public let fatigue: Outcome<ResponseTimes.Slope>
    }

    /// The agreement of a reader with their own earlier answers.
    public struct Repeats: Sendable, Equatable, Encodable {
        /// Images answered alike, of those shown again.
        public let agreement: ShareReport
        /// Cohen's kappa.
        public let kappa: Outcome<Double>
    }

    /// Who read.
    public let reader: String
    /// The table of truth by answer, first showings.
    public let table: [Row]
    /// The shares, by how Uncertain counts: excluded, wrong, half.
    public let shares: [Shares]
    /// The area under the curve of answers and confidence.
    public let area: Outcome<Area>
    /// The response times of all showings.
    public let times: Outcome<Times>
    /// The agreement on repeated images.
    public let repeats: Outcome<Repeats>

    /// Describes a reader.
    ///
    /// - Parameters:
    ///   - reader: one of the readings' readers.
    ///   - study: the readings.
    ///   - margin: the margin of the equivalence tests.
    /// - Throws: `StudyError.unknownReader`.
    init(
        of reader: String,
        in study: StudyReadings,
        margin: Double
    ) throws(StudyError) {
        let readings = try study.firstReadings(of: reader)
        let answers = AnswerTable(readings)
        self.reader = reader
        table = Truth.allCases.map { truth in
            Row(
                truth: truth,
                real: answers.count(truth, answered: .real),
                uncertain: answers.count(truth, answered: .uncertain),
                fake: answers.count(truth, answered: .fake)
            )
        }
        shares = AnswerTable.UncertainHandling.allCases.map {
            Shares(of: answers, uncertain: $0, margin: margin)
        }
        area = Outcome { () throws(StudyError) in try Area(of: readings) }
        times = Outcome { () throws(StudyError) in
            try Times(of: study.readings.filter { $0.reader == reader })
        }
        repeats = Outcome { () throws(StudyError) in
            let (first, second) = try study.repeatedAnswers(of: reader)
            return try Repeats(first, second)
        }
    }

    /// The shares under one way to count Uncertain.
    public func shares(_ uncertain: AnswerTable.UncertainHandling) -> Shares? {
        shares.first { $0.uncertain == uncertain }
    }
}

extension ReaderReport.Shares {
    init(of answers: AnswerTable, uncertain: AnswerTable.UncertainHandling, margin: Double) {
        self.uncertain = uncertain
        accuracy = Outcome { () throws(StudyError) in
            try ShareReport(answers.accuracy(uncertain: uncertain))
        }
        sensitivity = Outcome { () throws(StudyError) in
            try ShareReport(answers.sensitivity(uncertain: uncertain))
        }
        specificity = Outcome { () throws(StudyError) in
            try ShareReport(answers.specificity(uncertain: uncertain))
        }
        chance = Outcome { () throws(StudyError) in
            try answers.checkBothTruths("a comparison with chance")
            return try answers.accuracy(uncertain: uncertain).exactTest()
        }
        equivalence = Outcome { () throws(StudyError) in
            try answers.checkBothTruths("equivalence with chance")
            return try answers.accuracy(uncertain: uncertain).equivalence(margin: margin)
        }
        signalDetection = Outcome { () throws(StudyError) in
            try answers.signalDetection(uncertain: uncertain)
        }
    }
}

extension AnswerTable {
    /// Throws unless real and fake images were read: one truth alone is guessed without looking.
    func checkBothTruths(_ statistic: String) throws(StudyError) {
        for truth in Truth.allCases where count(truth) == 0 {
            throw .undefined(statistic: statistic, reason: "no \(truth.rawValue) image was read")
        }
    }
}

extension ReaderReport.Area {
    init(of readings: [Reading]) throws(StudyError) {
        let area = try AreaUnderCurve(readings)
        value = area.value
        curve = try ROCCurve(readings)
        if area.variance > 0 {
            interval = try area.interval()
            method = "DeLong"
        } else {
            interval = try area.newcombeInterval()
            method = "Newcombe"
        }
    }
}

extension ReaderReport.Times {
    init(of readings: [Reading]) throws(StudyError) {
        let times = try ResponseTimes(readings)
        let sorted = times.seconds.sorted()
        median = times.median
        quartiles = ConfidenceInterval(
            lower: Moments.quantile(0.25, ofSorted: sorted),
            upper: Moments.quantile(0.75, ofSorted: sorted),
            level: 0.5
        )
        fatigue = Outcome { () throws(StudyError) in try times.theilSenSlope() }
    }
}

extension ReaderReport.Repeats {
    init(_ first: [Answer], _ second: [Answer]) throws(StudyError) {
        let alike = zip(first, second).count { $0 == $1 }
        agreement = try ShareReport(Proportion(alike, of: first.count))
        kappa = Outcome { () throws(StudyError) in
            try CohenKappa(
                first.map(\.category),
                second.map(\.category),
                categoryCount: Answer.allCases.count
            ).value
        }
    }
}
