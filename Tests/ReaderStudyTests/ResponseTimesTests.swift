import ReaderStudy
import Testing

struct ResponseTimesTests {
    private func times() throws -> ResponseTimes {
        try ResponseTimes(
            seconds: Goldens.full("times.seconds")[0],
            positions: Goldens.full("times.positions")[0]
        )
    }

    private func numbers(_ slope: ResponseTimes.Slope) -> [Double] {
        [slope.value, slope.interval.lower, slope.interval.upper]
    }

    @Test func `median and slopes equal numpy's and scipy's`() throws {
        try expect([times().median], equal: "times.median")
        try expect(numbers(times().leastSquaresSlope()), equal: "times.least-squares")
        try expect(numbers(times().theilSenSlope()), equal: "times.theil-sen")
    }

    @Test func `Sen's interval takes account of equal times and positions`() throws {
        let rows = try Goldens.full("times.tied")
        let times = try ResponseTimes(seconds: rows[0], positions: rows[1])
        try expect(numbers(times.theilSenSlope(level: 0.9)), equal: "times.theil-sen.tied")
    }

    @Test func `a steady reader slows down by exactly the slope`() throws {
        let times = try ResponseTimes(seconds: [1, 1.5, 2, 2.5], positions: [0, 1, 2, 3])
        #expect(try agree(times.leastSquaresSlope().value, 0.5))
        #expect(try agree(times.theilSenSlope().value, 0.5))
        #expect(times.median == 1.75)
    }

    @Test func `readings are put in order of position`() throws {
        let readings = [(2, 5.0), (0, 1), (1, 3)].map {
            Reading(
                reader: "A",
                caseID: String($0.0),
                truth: .real,
                answer: .real,
                seconds: $0.1,
                position: $0.0
            )
        }
        #expect(try ResponseTimes(readings).seconds == [1, 3, 5])
    }

    @Test func `a slope needs three readings at different positions`() throws {
        #expect(throws: StudyError.self) { try ResponseTimes([]) }
        let two = try ResponseTimes(seconds: [1, 2], positions: [0, 1])
        #expect(throws: StudyError.self) { try two.leastSquaresSlope() }
        let one = try ResponseTimes(seconds: [1, 2, 3], positions: [4, 4, 4])
        #expect(throws: StudyError.self) { try one.leastSquaresSlope() }
        #expect(throws: StudyError.self) { try one.theilSenSlope() }
    }
}
