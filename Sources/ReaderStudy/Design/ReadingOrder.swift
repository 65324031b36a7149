/// The order in which one reader sees the images, drawn from the study's seed.
///
/// Images come in blocks of nearly equal size and nearly equal share of truth. Repeats are inserted
/// afterwards, at random places at least `repeatSpacing` positions behind their first showing, so
/// that only images of the earlier part of the order are repeated.
///
/// The draws, in order: the block where dealing starts; a shuffle of the real images, dealt to the
/// blocks in turn; a shuffle of the fake images, dealt on from there; a shuffle of each block; a
/// shuffle of the places that can be repeated, of which both truths are taken alternately; the
/// place of each repeat; and a shuffle of repeats that fell on one place.
public struct ReadingOrder: Sendable, Equatable {
    /// An image of the study.
    public struct Case: Sendable, Equatable, Codable {
        /// The name of the image.
        public var caseID: String
        /// What it is.
        public var truth: Truth

        /// Names an image.
        public init(_ caseID: String, _ truth: Truth) {
            self.caseID = caseID
            self.truth = truth
        }
    }

    /// How the order is drawn.
    public struct Design: Sendable, Equatable, Codable {
        /// The study's seed.
        public var seed: UInt64
        /// The number of blocks, at least 1.
        public var blockCount: Int
        /// The number of images shown twice.
        public var repeatCount: Int
        /// The least distance in positions from a first showing to its repeat, at least 1.
        public var repeatSpacing: Int

        /// Creates a design.
        public init(
            seed: UInt64,
            blockCount: Int = 1,
            repeatCount: Int = 0,
            repeatSpacing: Int = 10
        ) {
            self.seed = seed
            self.blockCount = blockCount
            self.repeatCount = repeatCount
            self.repeatSpacing = repeatSpacing
        }
    }

    /// One showing of an image.
    public struct Showing: Sendable, Equatable, Codable {
        /// The image.
        public var caseID: String
        /// What it is.
        public var truth: Truth
        /// The block, from 0.
        public var block: Int
        /// 0 for the first showing, 1 for the repeat.
        public var repetition: Int
    }

    /// The showings; a reading's position is its index here.
    public let showings: [Showing]

    /// Draws the order of one reader.
    ///
    /// The same cases in another order give another order: keep the list with the seed.
    ///
    /// - Throws: `StudyError` without cases, for a case named twice, more blocks than cases, a
    ///   spacing below 1, or repeats that do not fit.
    public init(reader: String, cases: [Case], design: Design) throws(StudyError) {
        try Self.check(cases, design)
        var generator = SeededGenerator(seed: design.seed, stream: reader)
        let base = Self.blocks(cases, design.blockCount, &generator)
        let candidates = base.indices.filter { $0 + design.repeatSpacing <= base.count }
        guard candidates.count >= design.repeatCount else {
            throw .repeatsDoNotFit(
                wanted: design.repeatCount,
                possible: candidates.count,
                spacing: design.repeatSpacing
            )
        }
        let repeated = Self.balanced(
            generator.shuffled(candidates),
            taking: design.repeatCount
        ) { base[$0].truth }
        // inserted[s]: repeats shown before base[s]; at s = base.count, after everything
        var inserted = [[Showing]](repeating: [], count: base.count + 1)
        for index in repeated {
            let first = index + design.repeatSpacing
            let slot = first + generator.next(below: base.count - first + 1)
            var showing = base[index]
            showing.repetition = 1
            showing.block = base[slot - 1].block
            inserted[slot].append(showing)
        }
        var showings: [Showing] = []
        for (slot, repeats) in inserted.enumerated() {
            showings += generator.shuffled(repeats)
            if slot < base.count { showings.append(base[slot]) }
        }
        self.showings = showings
    }

    /// Deals each truth evenly over the blocks and shuffles within them.
    private static func blocks(
        _ cases: [Case],
        _ blockCount: Int,
        _ generator: inout SeededGenerator
    ) -> [Showing] {
        var blocks = [[Case]](repeating: [], count: blockCount)
        // Dealing goes on where the first truth stopped, which keeps block sizes within 1.
        var next = generator.next(below: blockCount)
        for truth in Truth.allCases {
            for item in generator.shuffled(cases.filter { $0.truth == truth }) {
                blocks[next].append(item)
                next = (next + 1) % blockCount
            }
        }
        var showings: [Showing] = []
        for (block, items) in blocks.enumerated() {
            for item in generator.shuffled(items) {
                showings.append(
                    Showing(caseID: item.caseID, truth: item.truth, block: block, repetition: 0)
                )
            }
        }
        return showings
    }

    /// Takes alternately of both truths while both last, in the given order.
    private static func balanced(
        _ indices: [Int],
        taking count: Int,
        truth: (Int) -> Truth
    ) -> [Int] {
        var queues = Truth.allCases.map { kind in indices.filter { truth($0) == kind }[...] }
        if let first = indices.first, truth(first) != Truth.allCases.first { queues.reverse() }
        var taken: [Int] = []
        while taken.count < count {
            for queue in queues.indices where taken.count < count {
                if let index = queues[queue].popFirst() { taken.append(index) }
            }
        }
        return taken
    }

    private static func check(_ cases: [Case], _ design: Design) throws(StudyError) {
        try StudyError.check(cases.count, atLeast: 1, "cases of a study")
        var names: Set<String> = []
        for item in cases {
            guard names.insert(item.caseID).inserted else {
                throw .duplicateName(what: "case", name: item.caseID)
            }
        }
        try StudyError.check(
            Double(design.blockCount),
            in: 1...Double(cases.count),
            "the number of blocks"
        )
        try StudyError.check(
            Double(design.repeatCount),
            in: 0...Double(cases.count),
            "the number of repeats"
        )
        try StudyError.check(
            Double(design.repeatSpacing),
            in: 1...Double(Int32.max),
            "the spacing of repeats"
        )
    }
}
