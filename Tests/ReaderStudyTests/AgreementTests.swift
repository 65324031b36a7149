import ReaderStudy
import Testing

struct AgreementTests {
    private func matrix(_ name: String) throws -> RatingMatrix {
        try RatingMatrix(Goldens.rows(name).map { $0.map { $0.map { Int($0) } } }, categoryCount: 3)
    }

    private func cohen(_ weights: CohenKappa.Weights) throws -> CohenKappa {
        let pair = try Goldens.whole("pair")
        return try CohenKappa(pair[0], pair[1], categoryCount: 3, weights: weights)
    }

    @Test(arguments: CohenKappa.Weights.allCases)
    func `Cohen's kappa equals scikit-learn's, its errors statsmodels'`(
        weights: CohenKappa.Weights
    ) throws {
        let kappa = try cohen(weights)
        try expect([kappa.value], equal: "kappa.\(weights.rawValue)")
        try expect(
            [kappa.value, kappa.standardError, kappa.nullStandardError],
            equal: "kappa.\(weights.rawValue).errors"
        )
    }

    @Test func `the example of Fleiss, Cohen and Everitt has its published kappa`() throws {
        let table = try Goldens.whole("fleiss-1969")
        var first: [Int] = []
        var second: [Int] = []
        for row in 0..<3 {
            for column in 0..<3 {
                first += [Int](repeating: row, count: table[row][column])
                second += [Int](repeating: column, count: table[row][column])
            }
        }
        let kappa = try CohenKappa(first, second, categoryCount: 3)
        #expect(agree(kappa.value, 0.429, within: 5e-4))
        try expect(
            [kappa.value, kappa.standardError, kappa.nullStandardError],
            equal: "fleiss-1969.kappa"
        )
    }

    @Test func `Fleiss' kappa equals statsmodels'`() throws {
        let panel = try matrix("panel")
        try expect([ChanceCorrectedAgreement(.fleissKappa, of: panel).value], equal: "fleiss")
    }

    @Test(arguments: [("panel", "panel"), ("panel.missing", "panel_missing")])
    func `AC1 and Fleiss' kappa with errors and intervals equal irrCAC's`(
        data: String,
        golden: String
    ) throws {
        for (coefficient, name) in [
            (ChanceCorrectedAgreement.Coefficient.gwetAC1, "gwet"), (.fleissKappa, "fleiss"),
        ] {
            let found = try ChanceCorrectedAgreement(coefficient, of: matrix(data))
            let interval = try found.interval()
            try expect(
                [
                    found.value, found.standardError, found.percentAgreement,
                    found.chanceAgreement, interval.lower, interval.upper,
                ],
                equal: "\(golden).\(name)"
            )
        }
    }

    @Test(arguments: [("panel", "panel"), ("panel.missing", "panel_missing")])
    func `Krippendorff's alpha equals the krippendorff package's`(
        data: String,
        golden: String
    ) throws {
        for metric in KrippendorffAlpha.Metric.allCases {
            let alpha = try KrippendorffAlpha(metric, of: matrix(data))
            try expect([alpha.value], equal: "\(golden).alpha.\(metric.rawValue)")
        }
    }

    @Test func `Krippendorff's own example has its published alpha`() throws {
        let ratings = try RatingMatrix(
            Goldens.rows("krippendorff-2011").map { $0.map { $0.map { Int($0) } } },
            categoryCount: 5
        )
        let nominal = try KrippendorffAlpha(.nominal, of: ratings).value
        let ordinal = try KrippendorffAlpha(.ordinal, of: ratings).value
        #expect(agree(nominal, 0.743, within: 5e-4) && agree(ordinal, 0.815, within: 5e-4))
        try expect([nominal, ordinal], equal: "krippendorff-2011.alpha")
    }

    @Test func `identical readers agree completely by every coefficient`() throws {
        let answers = [0, 1, 2, 2, 0, 1, 0]
        let ratings = try RatingMatrix(answers.map { [$0, $0, $0] }, categoryCount: 3)
        for weights in CohenKappa.Weights.allCases {
            let kappa = try CohenKappa(answers, answers, categoryCount: 3, weights: weights)
            #expect(agree(kappa.value, 1) && agree(kappa.standardError, 0, within: 1e-7))
        }
        for coefficient in ChanceCorrectedAgreement.Coefficient.allCases {
            #expect(try agree(ChanceCorrectedAgreement(coefficient, of: ratings).value, 1))
        }
        for metric in KrippendorffAlpha.Metric.allCases {
            #expect(try agree(KrippendorffAlpha(metric, of: ratings).value, 1))
        }
    }

    @Test func `the order of cases and readers does not matter`() throws {
        let ratings = try matrix("panel.missing")
        var generator = SeededGenerator(seed: 8)
        let readers = generator.shuffled(Array(0..<ratings.readerCount))
        let cases = generator.shuffled(Array(ratings.ratings.indices))
        let shuffled = try RatingMatrix(
            cases.map { index in readers.map { ratings.ratings[index][$0] } },
            categoryCount: 3
        )
        for coefficient in ChanceCorrectedAgreement.Coefficient.allCases {
            let one = try ChanceCorrectedAgreement(coefficient, of: ratings)
            let other = try ChanceCorrectedAgreement(coefficient, of: shuffled)
            #expect(agree(one.value, other.value))
            #expect(agree(one.standardError, other.standardError))
        }
        for metric in KrippendorffAlpha.Metric.allCases {
            let one = try KrippendorffAlpha(metric, of: ratings).value
            #expect(try agree(one, KrippendorffAlpha(metric, of: shuffled).value))
        }
    }

    @Test func `a case drawn twice counts as two cases`() throws {
        let ratings = try matrix("panel.missing")
        let drawn = ratings.ratings.indices.map { $0 % 3 == 0 ? 0 : $0 } + [1, 1, 5]
        let sample = try ratings.selecting(drawn)
        let written = try RatingMatrix(drawn.map { ratings.ratings[$0] }, categoryCount: 3)
        for coefficient in ChanceCorrectedAgreement.Coefficient.allCases {
            let one = try ChanceCorrectedAgreement(coefficient, of: sample)
            let other = try ChanceCorrectedAgreement(coefficient, of: written)
            #expect(agree(one.value, other.value))
            #expect(agree(one.standardError, other.standardError))
            #expect(one.caseCount == other.caseCount)
        }
        for metric in KrippendorffAlpha.Metric.allCases {
            let one = try KrippendorffAlpha(metric, of: sample).value
            #expect(try agree(one, KrippendorffAlpha(metric, of: written).value))
        }
        for weights in CohenKappa.Weights.allCases {
            let one = try CohenKappa(sample, 0, 1, weights: weights)
            let other = try CohenKappa(written, 0, 1, weights: weights)
            #expect(agree(one.value, other.value))
            #expect(agree(one.standardError, other.standardError))
        }
    }

    @Test func `coefficients of random readers stay within their bounds`() throws {
        var generator = SeededGenerator(seed: 77)
        for _ in 0..<50 {
            let ratings = try RatingMatrix(
                (0..<12).map { _ in (0..<3).map { _ in generator.next(below: 3) } },
                categoryCount: 3
            )
            for coefficient in ChanceCorrectedAgreement.Coefficient.allCases {
                let value = try ChanceCorrectedAgreement(coefficient, of: ratings).value
                #expect(value >= -1 && value <= 1)
            }
            let kappa = try CohenKappa(ratings, 0, 2)
            let swapped = try CohenKappa(ratings, 2, 0)
            #expect(kappa.value >= -1 && kappa.value <= 1)
            #expect(agree(kappa.value, swapped.value))
            #expect(agree(kappa.standardError, swapped.standardError))
        }
    }

    @Test func `one category only has no coefficient but AC1`() throws {
        let ratings = try RatingMatrix([[1, 1], [1, 1], [1, 1]], categoryCount: 3)
        #expect(throws: StudyError.self) { try CohenKappa([1, 1], [1, 1], categoryCount: 3) }
        #expect(throws: StudyError.self) { try ChanceCorrectedAgreement(.fleissKappa, of: ratings) }
        #expect(throws: StudyError.self) { try KrippendorffAlpha(.ordinal, of: ratings) }
        #expect(try ChanceCorrectedAgreement(.gwetAC1, of: ratings).value == 1)
    }

    @Test func `matrices that are ragged, empty or off the scale are refused`() throws {
        #expect(throws: StudyError.self) { try RatingMatrix([], categoryCount: 3) }
        #expect(throws: StudyError.self) { try RatingMatrix([[0]], categoryCount: 3) }
        #expect(throws: StudyError.self) { try RatingMatrix([[0, 1], [1]], categoryCount: 3) }
        #expect(throws: StudyError.self) { try RatingMatrix([[0, 3]], categoryCount: 3) }
        #expect(throws: StudyError.self) { try CohenKappa([0], [0, 1], categoryCount: 2) }
        let lonely = try RatingMatrix([[0, nil], [nil, 1]], categoryCount: 2)
        #expect(throws: StudyError.self) { try KrippendorffAlpha(.nominal, of: lonely) }
        #expect(throws: StudyError.self) { try lonely.selecting([2]) }
        #expect(throws: StudyError.self) { try lonely.selecting([]) }
        #expect(throws: StudyError.self) { try CohenKappa(lonely, 0, 1) }
        #expect(throws: StudyError.self) { try CohenKappa(lonely, 0, 2) }
    }
}
