/// All figures of a study; the page and the exports are made from it.
public struct StudyReport: Sendable, Equatable, Encodable {
    /// How the figures are computed.
    public struct Settings: Sendable, Equatable, Codable {
        /// The margin of the equivalence tests around an accuracy of one half.
        public var equivalenceMargin: Double
        /// Samples of each bootstrap interval.
        public var bootstrapSampleCount: Int
        /// Seed of the bootstrap.
        public var seed: UInt64

        /// Creates settings.
        public init(
            equivalenceMargin: Double = 0.15,
            bootstrapSampleCount: Int = 2000,
            seed: UInt64 = 0
        ) {
            self.equivalenceMargin = equivalenceMargin
            self.bootstrapSampleCount = bootstrapSampleCount
            self.seed = seed
        }
    }

    /// How the figures were computed.
    public let settings: Settings
    /// The real images that were read.
    public let realCount: Int
    /// The fake images that were read.
    public let fakeCount: Int
    /// Answers to first showings.
    public let readingCount: Int
    /// Answers that a complete study would have beside them.
    public let missingCount: Int
    /// Each reader's figures.
    public let readers: [ReaderReport]
    /// How far readers agree.
    public let agreement: AgreementReport
    /// Readers compared with each other, and together with chance.
    public let comparison: ComparisonReport
    /// Generators compared.
    public let generators: Outcome<GeneratorComparison>
    /// The figures of groups of images.
    public let subgroups: [SubgroupReport]
    /// First impressions; not defined where the study asked for none.
    public let impressions: Outcome<ImpressionReport>
    /// Words of the descriptions.
    public let terms: [TermCount]

    /// Computes all figures.
    ///
    /// - Parameters:
    ///   - readings: all answers, of one reader at least.
    ///   - cases: the study's images, read or not.
    ///   - descriptions: what readers wrote.
    ///   - impressions: what readers thought of the quality before they knew the purpose.
    ///   - settings: how to compute.
    ///   - progress: is told the share that is done, as a large study takes minutes.
    /// - Throws: `StudyError` without an answer, or for settings out of range.
    public init(
        readings: StudyReadings,
        cases: [ReportedCase],
        descriptions: [CaseDescription] = [],
        impressions: [ImpressionReport.Impression] = [],
        settings: Settings = Settings(),
        progress: (Double) -> Void = { _ in }
    ) throws(StudyError) {
        try StudyError.check(readings.readings.count, atLeast: 1, "answers for a report")
        try StudyError.check(
            settings.equivalenceMargin,
            between: 0,
            and: 0.5,
            "the margin of equivalence"
        )
        let bootstrap = try Bootstrap(sampleCount: settings.bootstrapSampleCount)
        var readers: [ReaderReport] = []
        for reader in readings.readers {
            readers.append(
                try ReaderReport(of: reader, in: readings, margin: settings.equivalenceMargin)
            )
        }
        let firsts = readings.readings.count { $0.repetition == 0 }
        self.settings = settings
        realCount = readings.cases.count { readings.truth(of: $0) == .real }
        fakeCount = readings.cases.count { readings.truth(of: $0) == .fake }
        readingCount = firsts
        missingCount = max(cases.count, readings.cases.count) * readings.readers.count - firsts
        self.readers = readers
        agreement = AgreementReport(of: readings, bootstrap: bootstrap, seed: settings.seed)
        comparison = try ComparisonReport(of: readings)
        generators = Outcome { () throws(StudyError) in
            try GeneratorComparison(of: cases, in: readings)
        }
        let groups = SubgroupReport.groups(of: cases)
        var subgroups: [SubgroupReport] = []
        // Images of the whole and of each group: computing takes time by their number.
        let total = groups.reduce(readings.cases.count) { $0 + $1.members.count }
        var done = readings.cases.count
        progress(Double(done) / Double(total))
        for group in groups {
            if let report = try SubgroupReport(
                of: group,
                in: readings,
                margin: settings.equivalenceMargin,
                bootstrap: bootstrap,
                seed: settings.seed
            ) {
                subgroups.append(report)
            }
            done += group.members.count
            progress(Double(done) / Double(total))
        }
        self.subgroups = subgroups
        self.impressions = Outcome { () throws(StudyError) in try ImpressionReport(impressions) }
        terms = TermCount.counts(in: descriptions, truth: readings.truth(of:))
    }
}
