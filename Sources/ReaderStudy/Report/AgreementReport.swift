/// How far readers agree on first showings, with intervals by drawing cases.
public struct AgreementReport: Sendable, Equatable, Encodable {
    /// A coefficient and its bootstrap interval.
    public struct Coefficient: Sendable, Equatable, Encodable {
        /// The value for all cases.
        public let value: Double
        /// The percentile interval over cases; not defined where most samples have no value.
        public let interval: Outcome<ConfidenceInterval>
    }

    /// Images that all readers answered alike.
    public struct Unanimity: Sendable, Equatable, Encodable {
        /// The answer.
        public let answer: Answer
        /// The share of all images that every reader answered.
        public let all: ShareReport
        /// The same among real images.
        public let real: Outcome<ShareReport>
        /// The same among fake images.
        public let fake: Outcome<ShareReport>
    }

    /// Two readers.
    public struct Pair: Sendable, Equatable, Encodable {
        /// One reader.
        public let first: String
        /// The other.
        public let second: String
        /// Images answered alike.
        public let agreement: Outcome<ShareReport>
        /// Cohen's kappa, all disagreement alike.
        public let kappa: Outcome<Coefficient>
        /// By the distance on the scale real, uncertain, fake.
        public let linearKappa: Outcome<Coefficient>
        /// By its square.
        public let quadraticKappa: Outcome<Coefficient>
        /// Numbers of images: a row per answer of the first reader, a column per answer of the second.
        public let table: [[Int]]
    }

    /// The share of agreeing pairs of readers.
    public let percentAgreement: Outcome<Coefficient>
    /// Fleiss' kappa.
    public let fleissKappa: Outcome<Coefficient>
    /// Gwet's AC1.
    public let gwetAC1: Outcome<Coefficient>
    /// Krippendorff's alpha, nominal.
    public let nominalAlpha: Outcome<Coefficient>
    /// Krippendorff's alpha, ordinal.
    public let ordinalAlpha: Outcome<Coefficient>
    /// Images called alike by all: real, uncertain, fake.
    public let unanimity: [Outcome<Unanimity>]
    /// All pairs of readers.
    public let pairs: [Pair]

    /// Compares the readers of a study.
    ///
    /// - Parameters:
    ///   - study: the readings, of one reader or more.
    ///   - bootstrap: draws cases.
    ///   - seed: the draws' seed; each coefficient has its own stream.
    init(of study: StudyReadings, bootstrap: Bootstrap, seed: UInt64) {
        let ratings = Result { () throws(StudyError) in try study.ratings() }
        func coefficient(
            _ name: String,
            _ statistic: @escaping (RatingMatrix) throws(StudyError) -> Double
        ) -> Outcome<Coefficient> {
            Outcome { () throws(StudyError) in
                try Coefficient(
                    of: ratings.get(),
                    bootstrap: bootstrap,
                    generator: SeededGenerator(seed: seed, stream: "bootstrap \(name)"),
                    statistic
                )
            }
        }
        percentAgreement = coefficient("percent") { matrix throws(StudyError) in
            try ChanceCorrectedAgreement(.gwetAC1, of: matrix).percentAgreement
        }
        fleissKappa = coefficient("Fleiss") { matrix throws(StudyError) in
            try ChanceCorrectedAgreement(.fleissKappa, of: matrix).value
        }
        gwetAC1 = coefficient("Gwet") { matrix throws(StudyError) in
            try ChanceCorrectedAgreement(.gwetAC1, of: matrix).value
        }
        nominalAlpha = coefficient("nominal") { matrix throws(StudyError) in
            try KrippendorffAlpha(.nominal, of: matrix).value
        }
        ordinalAlpha = coefficient("ordinal") { matrix throws(StudyError) in
            try KrippendorffAlpha(.ordinal, of: matrix).value
        }
        unanimity = Answer.allCases.map { answer in
            Outcome { () throws(StudyError) in try Unanimity(answer, in: study) }
        }
        let readers = study.readers
        pairs = readers.indices.flatMap { first in
            readers.indices.dropFirst(first + 1).map { second in
                Pair(first, second, of: study, coefficient: coefficient)
            }
        }
    }
}

extension AgreementReport.Coefficient {
    init(
        of ratings: RatingMatrix,
        bootstrap: Bootstrap,
        generator: SeededGenerator,
        _ statistic: (RatingMatrix) throws(StudyError) -> Double
    ) throws(StudyError) {
        value = try statistic(ratings)
        interval = Outcome { () throws(StudyError) in
            var generator = generator
            return try bootstrap.interval(
                caseCount: ratings.ratings.count,
                generator: &generator
            ) { drawn throws(StudyError) in
                try statistic(ratings.selecting(drawn))
            }.interval
        }
    }
}

extension AgreementReport.Unanimity {
    init(_ answer: Answer, in study: StudyReadings) throws(StudyError) {
        guard study.readers.count > 1 else {
            throw .tooFew(what: "readers", found: study.readers.count, needed: 2)
        }
        self.answer = answer
        all = try ShareReport(study.unanimous(answer))
        real = Outcome { () throws(StudyError) in
            try ShareReport(study.unanimous(answer, among: .real))
        }
        fake = Outcome { () throws(StudyError) in
            try ShareReport(study.unanimous(answer, among: .fake))
        }
    }
}

extension AgreementReport.Pair {
    init(
        _ first: Int,
        _ second: Int,
        of study: StudyReadings,
        coefficient: (
            String, @escaping (RatingMatrix) throws(StudyError) -> Double
        ) -> Outcome<AgreementReport.Coefficient>
    ) {
        self.first = study.readers[first]
        self.second = study.readers[second]
        let answers = study.votes.compactMap { votes -> (Answer, Answer)? in
            guard let one = votes[first], let other = votes[second] else { return nil }
            return (one, other)
        }
        agreement = Outcome { () throws(StudyError) in
            try ShareReport(Proportion(answers.count { $0 == $1 }, of: answers.count))
        }
        func weighted(_ weights: CohenKappa.Weights) -> Outcome<AgreementReport.Coefficient> {
            coefficient("\(first) \(second) \(weights)") { matrix throws(StudyError) in
                try CohenKappa(matrix, first, second, weights: weights).value
            }
        }
        kappa = weighted(.none)
        linearKappa = weighted(.linear)
        quadraticKappa = weighted(.quadratic)
        table = Answer.allCases.map { one in
            Answer.allCases.map { other in answers.count { $0 == one && $1 == other } }
        }
    }
}
