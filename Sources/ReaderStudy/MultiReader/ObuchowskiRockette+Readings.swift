extension ObuchowskiRockette {
    /// Whether the conditions show the same images.
    public enum CaseDesign: String, Sendable, Codable {
        /// All conditions show the same images, in the same order.
        case crossed
        /// The conditions share their real images, fake ones are their own (one set a generator).
        case sharedReals
        /// Each condition has images of its own: Cov1 and Cov3 are 0.
        case nested
    }

    /// One reader's ratings under one condition, growing with suspicion.
    public struct Ratings: Sendable, Equatable {
        /// Ratings of fake images; the same images in the same order for every reader.
        public var positives: [Double]
        /// Ratings of real images; the same images in the same order for every reader.
        public var negatives: [Double]

        /// Takes ratings.
        public init(positives: [Double], negatives: [Double]) {
            (self.positives, self.negatives) = (positives, negatives)
        }
    }

    /// Analyses areas under the ROC curve, with DeLong's covariances.
    ///
    /// - Parameters:
    ///   - ratings: a row per condition, a column per reader.
    ///   - design: whether conditions share images.
    /// - Throws: `StudyError` for shapes that do not fit, or fewer than 2 fake or real images.
    /// - SeeAlso: DeLong, DeLong and Clarke-Pearson, Biometrics 44 (1988) 837.
    public init(areasOf ratings: [[Ratings]], design: CaseDesign = .crossed) throws(StudyError) {
        var placements: [[PlacementValues]] = []
        for row in ratings {
            var line: [PlacementValues] = []
            for item in row {
                line.append(
                    try PlacementValues(positives: item.positives, negatives: item.negatives)
                )
            }
            placements.append(line)
        }
        try Self.checkCounts(
            placements.map { $0.map(\.positives.count) },
            acrossConditions: design == .crossed,
            "fake images"
        )
        try Self.checkCounts(
            placements.map { $0.map(\.negatives.count) },
            acrossConditions: design != .nested,
            "real images"
        )
        try self.init(
            figures: placements.map { $0.map(\.area) },
            design: design
        ) { first, second in
            let one = placements[first.condition][first.reader]
            let other = placements[second.condition][second.reader]
            return design == .sharedReals && first.condition != second.condition
                ? one.negativeCovariance(with: other) : one.covariance(with: other)
        }
    }

    /// Analyses shares of right answers: sensitivity over fake images, or specificity over real.
    ///
    /// - Parameters:
    ///   - answers: right or not, by condition, reader and case.
    ///   - design: whether conditions share images; with shared real images, sensitivities are
    ///     `nested` and specificities the same reading, so that `sharedReals` is refused.
    /// - Throws: `StudyError` for shapes that do not fit, fewer than 2 cases, or `sharedReals`.
    /// - SeeAlso: Chen, Wunderlich, Petrick and Gallas, J. Med. Imaging 1 (2014) 031011, on binary
    ///   readings; the covariance of two shares is the sample covariance over cases by their number.
    public init(sharesOf answers: [[[Bool]]], design: CaseDesign = .crossed) throws(StudyError) {
        guard design != .sharedReals else {
            throw .undefined(
                statistic: "an analysis of shares with shared real images",
                reason: "sensitivity does not see real images; take the nested design"
            )
        }
        try Self.checkCounts(
            answers.map { $0.map(\.count) },
            acrossConditions: design == .crossed,
            "cases"
        )
        for row in answers.joined() { try StudyError.check(row.count, atLeast: 2, "cases") }
        let points = answers.map { $0.map { $0.map { $0 ? 1.0 : 0.0 } } }
        try self.init(
            figures: points.map { $0.map(Moments.mean) },
            design: design
        ) { first, second in
            let one = points[first.condition][first.reader]
            let other = points[second.condition][second.reader]
            return Moments.covariance(one, other) / Double(one.count)
        }
    }

    private typealias Cell = (condition: Int, reader: Int)

    /// Averages the covariances of all pairs of cells.
    private init(
        figures: [[Double]],
        design: CaseDesign,
        covariance: (Cell, Cell) -> Double
    ) throws(StudyError) {
        let readers = 0..<(figures.first?.count ?? 0)
        for row in figures where row.count != readers.count {
            throw .lengths(
                what: "readers of two conditions",
                first: readers.count,
                second: row.count
            )
        }
        try StudyError.check(readers.count, atLeast: 2, "readers")
        var cov1: [Double] = []
        var cov3: [Double] = []
        var cov2ByCondition: [Double] = []
        for condition in figures.indices {
            var cov2: [Double] = []
            for reader in readers {
                for otherReader in readers where otherReader > reader {
                    cov2.append(covariance((condition, reader), (condition, otherReader)))
                }
                guard design != .nested else { continue }
                for otherCondition in figures.indices where otherCondition > condition {
                    for otherReader in readers {
                        let value = covariance(
                            (condition, reader),
                            (otherCondition, otherReader)
                        )
                        if otherReader == reader { cov1.append(value) } else { cov3.append(value) }
                    }
                }
            }
            cov2ByCondition.append(Moments.mean(cov2))
        }
        try self.init(
            figures: figures,
            covariances: ErrorCovariances(
                cov1: cov1.isEmpty ? 0 : Moments.mean(cov1),
                cov2: cov2ByCondition.isEmpty ? 0 : Moments.mean(cov2ByCondition),
                cov3: cov3.isEmpty ? 0 : Moments.mean(cov3)
            ),
            cov2ByCondition: cov2ByCondition
        )
    }

    /// Throws unless all readers, and where they share cases all conditions, have as many.
    private static func checkCounts(
        _ counts: [[Int]],
        acrossConditions: Bool,
        _ what: String
    ) throws(StudyError) {
        let groups = acrossConditions ? [Array(counts.joined())] : counts
        for group in groups {
            for count in group where count != group.first {
                throw .lengths(
                    what: "\(what) of two readers",
                    first: group.first ?? 0,
                    second: count
                )
            }
        }
    }
}
