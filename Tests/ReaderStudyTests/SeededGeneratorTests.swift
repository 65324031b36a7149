import ReaderStudy
import Testing

struct SeededGeneratorTests {
    @Test func `the numbers are those of the reference implementation`() {
        // splitmix64.c by Sebastiano Vigna, seed 1234567.
        var generator = SeededGenerator(seed: 1_234_567)
        #expect(
            (0..<5).map { _ in generator.next() } == [
                6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
                4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
            ]
        )
    }

    @Test func `readers' streams differ by name and by seed`() {
        let names = (0..<40).map { "reader-\($0)" }
        let firsts = [UInt64(1), 2].flatMap { seed in
            names.map { name in
                var generator = SeededGenerator(seed: seed, stream: name)
                return generator.next()
            }
        }
        #expect(Set(firsts).count == firsts.count)
    }

    @Test func `bounded numbers and shuffles are even`() {
        var generator = SeededGenerator(seed: 9)
        var counts = [Int](repeating: 0, count: 7)
        for _ in 0..<7000 { counts[generator.next(below: 7)] += 1 }
        // Chi-square with 6 degrees of freedom stays below 22.46 with probability 0.999.
        let statistic = counts.reduce(0.0) { $0 + Double(($1 - 1000) * ($1 - 1000)) / 1000 }
        #expect(statistic < 22.46)
        var firsts = [Int](repeating: 0, count: 4)
        for _ in 0..<4000 { firsts[generator.shuffled([0, 1, 2, 3])[0]] += 1 }
        #expect(firsts.allSatisfy { (890...1110).contains($0) })
        #expect(generator.shuffled(Array(0..<50)).sorted() == Array(0..<50))
    }
}
