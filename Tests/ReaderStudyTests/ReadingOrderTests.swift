import ReaderStudy
import Testing

struct ReadingOrderTests {
    private func cases(_ realCount: Int, _ fakeCount: Int) -> [ReadingOrder.Case] {
        (0..<realCount).map { ReadingOrder.Case("real-\($0)", .real) }
            + (0..<fakeCount).map { ReadingOrder.Case("fake-\($0)", .fake) }
    }

    @Test(arguments: [(40, 40, 4, 8, 10), (23, 18, 5, 4, 12), (0, 20, 3, 5, 7), (10, 10, 1, 0, 1)])
    func `every case is shown once, blocks are balanced and repeats keep their distance`(
        reals: Int,
        fakes: Int,
        blocks: Int,
        repeats: Int,
        spacing: Int
    ) throws {
        let cases = cases(reals, fakes)
        for reader in ["A", "B", "C", "D", "E"] {
            let showings = try ReadingOrder(
                reader: reader,
                cases: cases,
                design: .init(
                    seed: 42,
                    blockCount: blocks,
                    repeatCount: repeats,
                    repeatSpacing: spacing
                )
            ).showings
            let firsts = showings.filter { $0.repetition == 0 }
            #expect(firsts.map(\.caseID).sorted() == cases.map(\.caseID).sorted())
            #expect(showings.count == cases.count + repeats)
            #expect(showings.map(\.block) == showings.map(\.block).sorted())
            for (truth, total) in [(Truth.real, reals), (.fake, fakes)] {
                for block in 0..<blocks {
                    let count = firsts.count { $0.block == block && $0.truth == truth }
                    #expect(count == total / blocks || count == (total + blocks - 1) / blocks)
                }
            }
            let sizes = (0..<blocks).map { block in firsts.count { $0.block == block } }
            #expect(try #require(sizes.max()) - #require(sizes.min()) <= 1)
            for (position, showing) in showings.enumerated() where showing.repetition == 1 {
                let first = try #require(showings.firstIndex { $0.caseID == showing.caseID })
                #expect(position - first >= spacing)
            }
        }
    }

    @Test func `repeats are shared evenly by real and fake images`() throws {
        let showings = try ReadingOrder(
            reader: "A",
            cases: cases(30, 30),
            design: .init(seed: 7, repeatCount: 10)
        ).showings
        #expect(showings.count { $0.repetition == 1 && $0.truth == .real } == 5)
    }

    @Test func `the order follows from seed and reader alone`() throws {
        let cases = cases(12, 12)
        let design = ReadingOrder.Design(seed: 11, blockCount: 2, repeatCount: 3)
        let order = try ReadingOrder(reader: "A", cases: cases, design: design)
        #expect(try ReadingOrder(reader: "A", cases: cases, design: design) == order)
        #expect(try ReadingOrder(reader: "B", cases: cases, design: design) != order)
        var other = design
        other.seed = 12
        #expect(try ReadingOrder(reader: "A", cases: cases, design: other) != order)
    }

    @Test func `the order equals that of another program written from the documentation`() throws {
        let cases = cases(13, 11)
        let found = try ["A", "reader ü"].flatMap { reader in
            let order = try ReadingOrder(
                reader: reader,
                cases: cases,
                design: .init(seed: 2026, blockCount: 3, repeatCount: 5, repeatSpacing: 6)
            )
            return try order.showings.flatMap { showing in
                let index = try #require(cases.firstIndex { $0.caseID == showing.caseID })
                return [Double(index), Double(showing.block), Double(showing.repetition)]
            }
        }
        try expect(found, equal: "order")
    }

    @Test func `each truth comes first about as often over many readers`() throws {
        let cases = cases(10, 10)
        let realFirst = try (0..<400).count { index in
            let order = try ReadingOrder(
                reader: "reader \(index)",
                cases: cases,
                design: .init(seed: 1)
            )
            return order.showings[0].truth == .real
        }
        // 200 expected, standard deviation 10.
        #expect((160...240).contains(realFirst))
    }

    @Test func `designs that cannot be are refused`() throws {
        func order(_ cases: [ReadingOrder.Case], _ design: ReadingOrder.Design) throws {
            _ = try ReadingOrder(reader: "A", cases: cases, design: design)
        }
        let few = cases(3, 3)
        #expect(throws: StudyError.self) { try order([], .init(seed: 1)) }
        #expect(throws: StudyError.duplicateName(what: "case", name: "real-0")) {
            try order([few[0], few[0]], .init(seed: 1))
        }
        #expect(throws: StudyError.self) { try order(few, .init(seed: 1, blockCount: 7)) }
        #expect(throws: StudyError.self) { try order(few, .init(seed: 1, blockCount: 0)) }
        #expect(throws: StudyError.self) { try order(few, .init(seed: 1, repeatSpacing: 0)) }
        #expect(throws: StudyError.repeatsDoNotFit(wanted: 3, possible: 2, spacing: 5)) {
            try order(few, .init(seed: 1, repeatCount: 3, repeatSpacing: 5))
        }
    }
}
