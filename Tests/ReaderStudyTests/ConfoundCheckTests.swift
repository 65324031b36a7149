import ReaderStudy
import Testing

struct ConfoundCheckTests {
    private let names = ["a", "b", "c", "d", "constant"]

    private func samples() throws -> (real: [[Double]], fake: [[Double]]) {
        let rows = try Goldens.full("confound")
        return (Array(rows[..<23]), Array(rows[23...]))
    }

    @Test func `logistic regression equals scikit-learn's`() throws {
        let (real, fake) = try samples()
        let model = try LogisticRegression(
            samples: real + fake,
            isPositive: (0..<40).map { $0 >= 23 }
        )
        try expect(
            [model.intercept] + model.weights,
            equal: "logistic",
            relative: 1e-6,
            absolute: 1e-6
        )
    }

    @Test func `the cross-validated area and its interval equal scikit-learn's`() throws {
        let (real, fake) = try samples()
        let check = try ConfoundCheck(real: real, fake: fake, names: names, seed: 4)
        try expect([check.area], equal: "confound.area")
        try expect([check.interval.lower, check.interval.upper], equal: "confound.interval")
        #expect(check.foldCount == 5)
        #expect(check.separates)
        let alone = names.compactMap { name in check.features.first { $0.name == name }?.area }
        try expect(alone, equal: "confound.alone")
        #expect(check.features.map(\.name) == ["a", "c", "b", "d", "constant"])
        #expect(check.features[0].weight > 0 && check.features[1].weight < 0)
    }

    @Test func `images of one format are not told apart`() throws {
        var generator = SeededGenerator(seed: 12)
        let rows = (0..<60).map { _ in (0..<4).map { _ in generator.nextUnit() } }
        let check = try ConfoundCheck(
            real: Array(rows[..<30]),
            fake: Array(rows[30...]),
            names: ["a", "b", "c", "d"],
            seed: 1
        )
        #expect(!check.separates)
        #expect(check.interval.lower < 0.5 && check.interval.upper > 0.5)
    }

    @Test func `a single telling feature is found out and named`() throws {
        var generator = SeededGenerator(seed: 3)
        func rows(_ border: Double) -> [[Double]] {
            (0..<8).map { _ in [generator.nextUnit(), border + generator.nextUnit() / 10] }
        }
        let check = try ConfoundCheck(
            real: rows(0),
            fake: rows(1),
            names: ["noise", "border"],
            seed: 1
        )
        #expect(check.area == 1 && check.interval.upper == 1 && check.interval.lower > 0.7)
        #expect(check.features[0].name == "border")
    }

    @Test func `too few images and ragged rows are refused`() {
        let row = [[1.0], [2], [3]]
        #expect(throws: StudyError.self) {
            try ConfoundCheck(real: row, fake: row + row, names: ["a"], seed: 1)
        }
        #expect(throws: StudyError.self) {
            try ConfoundCheck(real: row + [[1, 2]], fake: row + row, names: ["a"], seed: 1)
        }
        #expect(throws: StudyError.self) {
            try LogisticRegression(samples: row, isPositive: [true, true, true])
        }
    }
}
