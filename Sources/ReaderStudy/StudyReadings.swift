/// The checked readings of a study: each reader answered each showing of a case at most once.
///
/// Readers and cases keep the order in which they first appear.
public struct StudyReadings: Sendable, Equatable {
    /// All readings as they were given.
    public let readings: [Reading]
    /// The readers, in order of appearance.
    public let readers: [String]
    /// The cases, in order of appearance.
    public let cases: [String]
    private let truths: [String: Truth]

    /// Checks the readings and indexes them.
    ///
    /// - Throws: `StudyError` when a showing is answered twice, a case changes its truth, a time is
    ///   negative or not finite, or a confidence, position or repetition is out of range.
    public init(_ readings: [Reading]) throws(StudyError) {
        var seen: Set<[String]> = []
        var truths: [String: Truth] = [:]
        for reading in readings {
            try Self.check(reading)
            let key = [reading.reader, reading.caseID, String(reading.repetition)]
            guard seen.insert(key).inserted else {
                throw .duplicateReading(
                    reader: reading.reader,
                    caseID: reading.caseID,
                    repetition: reading.repetition
                )
            }
            guard truths[reading.caseID, default: reading.truth] == reading.truth else {
                throw .contradictoryTruth(caseID: reading.caseID)
            }
            truths[reading.caseID] = reading.truth
        }
        self.init(checked: readings)
    }

    private init(checked readings: [Reading]) {
        var truths: [String: Truth] = [:]
        var readers: [String] = []
        var knownReaders: Set<String> = []
        var cases: [String] = []
        for reading in readings {
            if knownReaders.insert(reading.reader).inserted { readers.append(reading.reader) }
            if truths.updateValue(reading.truth, forKey: reading.caseID) == nil {
                cases.append(reading.caseID)
            }
        }
        self.readings = readings
        self.readers = readers
        self.cases = cases
        self.truths = truths
    }

    /// The readings of some cases; readers without one of them are left out.
    public func selecting(_ isSelected: (_ caseID: String) -> Bool) -> StudyReadings {
        StudyReadings(checked: readings.filter { isSelected($0.caseID) })
    }

    /// What a case is, or nil where no reading shows it.
    public func truth(of caseID: String) -> Truth? { truths[caseID] }

    /// A reader's answers to first showings, in reading order.
    ///
    /// - Throws: `StudyError.unknownReader`.
    public func firstReadings(of reader: String) throws(StudyError) -> [Reading] {
        guard readers.contains(reader) else { throw .unknownReader(reader) }
        return readings.filter { $0.reader == reader && $0.repetition == 0 }
            .sorted { $0.position < $1.position }
    }

    /// A reader's truth by answer table of first showings.
    ///
    /// - Throws: `StudyError.unknownReader`.
    public func answerTable(of reader: String) throws(StudyError) -> AnswerTable {
        AnswerTable(try firstReadings(of: reader))
    }

    /// The answers to first showings: a row per case, a column per reader, nil where one is missing.
    public var votes: [[Answer?]] {
        var answers: [String: [String: Answer]] = [:]
        for reading in readings where reading.repetition == 0 {
            answers[reading.caseID, default: [:]][reading.reader] = reading.answer
        }
        return cases.map { caseID in readers.map { answers[caseID]?[$0] } }
    }

    /// The votes as categories on the scale real, uncertain, fake.
    ///
    /// - Throws: `StudyError.tooFew` without cases or readers.
    public func ratings() throws(StudyError) -> RatingMatrix {
        try RatingMatrix(
            votes.map { $0.map { $0?.category } },
            categoryCount: Answer.allCases.count
        )
    }

    /// How many cases all readers answered, and how many of them all answered alike with `answer`.
    ///
    /// - Parameters:
    ///   - answer: what all said.
    ///   - truth: counts the cases of one truth only; nil counts both.
    /// - Returns: the share of unanimous cases.
    /// - Throws: `StudyError.tooFew` when no case has every reader's answer.
    public func unanimous(
        _ answer: Answer,
        among truth: Truth? = nil
    ) throws(StudyError) -> Proportion {
        let complete = zip(cases, votes).filter { item in
            !item.1.contains(nil) && (truth == nil || truths[item.0] == truth)
        }.map(\.1)
        let agreed = complete.count { $0.allSatisfy { $0 == answer } }
        return try Proportion(agreed, of: complete.count)
    }

    /// A reader's first answers and answers to the first repeat of the same cases.
    ///
    /// - Throws: `StudyError.unknownReader`, or `StudyError.tooFew` without a repeat.
    public func repeatedAnswers(
        of reader: String
    ) throws(StudyError) -> (first: [Answer], second: [Answer]) {
        let first = try firstReadings(of: reader)
        var again: [String: Answer] = [:]
        for reading in readings where reading.reader == reader && reading.repetition == 1 {
            again[reading.caseID] = reading.answer
        }
        var pairs: (first: [Answer], second: [Answer]) = ([], [])
        for reading in first {
            guard let second = again[reading.caseID] else { continue }
            pairs.first.append(reading.answer)
            pairs.second.append(second)
        }
        try StudyError.check(pairs.first.count, atLeast: 1, "repeated cases")
        return pairs
    }

    private static func check(_ reading: Reading) throws(StudyError) {
        try StudyError.check(reading.seconds, in: 0...Double.greatestFiniteMagnitude, "a time")
        try StudyError.check(Double(reading.position), in: 0...1e9, "a position")
        try StudyError.check(Double(reading.repetition), in: 0...1e6, "a repetition")
        if let confidence = reading.confidence {
            try StudyError.check(Double(confidence), in: 1...1e6, "a confidence")
        }
    }
}
