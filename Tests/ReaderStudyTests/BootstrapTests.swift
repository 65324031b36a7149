import ReaderStudy
import Testing

struct BootstrapTests {
    @Test func `the interval of a mean is near the normal one`() throws {
        let values = (0..<200).map { Double($0 % 10) }
        var generator = SeededGenerator(seed: 1)
        let result = try Bootstrap(sampleCount: 4000).interval(
            caseCount: values.count,
            generator: &generator
        ) { drawn throws(StudyError) in
            drawn.reduce(0) { $0 + values[$1] } / Double(drawn.count)
        }
        // Mean 4.5, variance 8.25: 4.5 ± 1.96 * sqrt(8.25 / 200).
        #expect(agree(result.interval.lower, 4.1019, within: 0.03))
        #expect(agree(result.interval.upper, 4.8981, within: 0.03))
        #expect(result.undefinedCount == 0)
    }

    @Test func `the same seed gives the same interval, around the estimate`() throws {
        let ratings = try RatingMatrix(Goldens.whole("panel"), categoryCount: 3)
        let alpha = try KrippendorffAlpha(.ordinal, of: ratings).value
        func interval(seed: UInt64) throws -> ConfidenceInterval {
            var generator = SeededGenerator(seed: seed)
            return try Bootstrap(sampleCount: 300).interval(
                caseCount: ratings.ratings.count,
                generator: &generator
            ) { drawn throws(StudyError) in
                try KrippendorffAlpha(.ordinal, of: ratings.selecting(drawn)).value
            }.interval
        }
        let first = try interval(seed: 5)
        #expect(try interval(seed: 5) == first)
        #expect(try interval(seed: 6) != first)
        #expect(first.lower < alpha && alpha < first.upper)
    }

    @Test func `the interval of alpha equals numpy's percentiles over the same draws`() throws {
        let ratings = try RatingMatrix(Goldens.whole("panel"), categoryCount: 3)
        var generator = SeededGenerator(seed: 5, stream: "")
        let interval = try Bootstrap(sampleCount: 300).interval(
            caseCount: ratings.ratings.count,
            generator: &generator
        ) { drawn throws(StudyError) in
            try KrippendorffAlpha(.ordinal, of: ratings.selecting(drawn)).value
        }.interval
        try expect([interval.lower, interval.upper], equal: "bootstrap.alpha")
    }

    @Test func `samples without a value are counted, and refused when they prevail`() throws {
        var generator = SeededGenerator(seed: 2)
        let result = try Bootstrap(sampleCount: 1000).interval(
            caseCount: 3,
            generator: &generator
        ) { drawn throws(StudyError) in
            guard Set(drawn).count > 1 else {
                throw .undefined(statistic: "a test", reason: "one case only")
            }
            return Double(drawn[0])
        }
        // A sample of three of three cases repeats one case with probability 1/9.
        #expect((70...155).contains(result.undefinedCount))
        #expect(throws: StudyError.self) {
            try Bootstrap(sampleCount: 100).interval(caseCount: 3, generator: &generator) {
                _ throws(StudyError) in .nan
            }
        }
        #expect(throws: StudyError.self) { try Bootstrap(sampleCount: 10) }
    }
}
