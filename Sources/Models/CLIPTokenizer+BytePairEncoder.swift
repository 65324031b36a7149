extension CLIPTokenizer {
    /// Merges the bytes of a word into the longest tokens that the merge list leads to.
    ///
    /// Source: Sennrich, Haddow, Birch, "Neural Machine Translation of Rare Words with Subword
    /// Units", 2016, arXiv:1508.07909, on bytes instead of characters.
    struct BytePairEncoder: Sendable {
        private let byteIDs: [Int]
        private let lastByteIDs: [Int]
        private let merges: [Pair: Merge]

        /// - Parameters:
        ///   - vocabulary: The ids of all tokens.
        ///   - merges: The pairs to merge, most urgent first.
        ///   - unknownID: The id of a byte that the vocabulary lacks.
        init(vocabulary: Vocabulary, merges: [(pair: Pair, result: Int)], unknownID: Int) {
            byteIDs = ByteAlphabet.letters.map { vocabulary[Array($0.utf8)] ?? unknownID }
            lastByteIDs = ByteAlphabet.letters.map {
                vocabulary[Array(($0 + Vocabulary.endOfWord).utf8)] ?? unknownID
            }
            var table = [Pair: Merge](minimumCapacity: merges.count)
            for (rank, merge) in merges.enumerated() {
                table[merge.pair] = Merge(rank: rank, result: merge.result)
            }
            self.merges = table
        }

        /// Appends the ids of one word, merging the lowest rank first and from left to right.
        func appendIDs(ofWord word: ArraySlice<Unicode.Scalar>, to ids: inout [Int]) {
            let bytes = word.flatMap(\.utf8)
            guard let last = bytes.last else { return }
            let symbols = bytes.dropLast().map { byteIDs[Int($0)] } + [lastByteIDs[Int(last)]]
            var chain = SymbolChain(symbols)
            var queue = MergeQueue()
            for position in symbols.indices.dropLast() {
                enqueue(position, of: chain, in: &queue)
            }
            while let candidate = queue.popFirst() {
                // Its symbols may have been merged into others since it was queued.
                guard let pair = chain.pair(at: candidate.position),
                    merges[pair]?.result == candidate.merge.result
                else { continue }
                chain.merge(at: candidate.position, into: candidate.merge.result)
                enqueue(candidate.position, of: chain, in: &queue)
                if let previous = chain.previous(of: candidate.position) {
                    enqueue(previous, of: chain, in: &queue)
                }
            }
            chain.appendSymbols(to: &ids)
        }

        private func enqueue(_ position: Int, of chain: SymbolChain, in queue: inout MergeQueue) {
            guard let pair = chain.pair(at: position), let merge = merges[pair] else { return }
            queue.insert(MergeQueue.Candidate(merge: merge, position: position))
        }
    }

    /// Two neighbouring tokens.
    struct Pair: Hashable, Sendable {
        let left: Int
        let right: Int
    }

    /// The place of a merge in the list, and the token it makes.
    struct Merge: Sendable {
        let rank: Int
        let result: Int
    }

    /// The symbols of a word as a doubly linked list, in which merging costs the same anywhere.
    private struct SymbolChain {
        private var symbols: [Int]
        private var next: [Int]
        private var before: [Int]
        private static let none = -1
        private static let merged = -2

        init(_ symbols: [Int]) {
            self.symbols = symbols
            next = Array(1..<symbols.count + 1)
            next[symbols.count - 1] = Self.none
            before = Array(-1..<symbols.count - 1)
        }

        func pair(at position: Int) -> Pair? {
            let following = next[position]
            guard following >= 0 else { return nil }
            return Pair(left: symbols[position], right: symbols[following])
        }

        func previous(of position: Int) -> Int? {
            before[position] >= 0 ? before[position] : nil
        }

        mutating func merge(at position: Int, into symbol: Int) {
            let removed = next[position]
            symbols[position] = symbol
            next[position] = next[removed]
            if next[removed] >= 0 { before[next[removed]] = position }
            next[removed] = Self.merged
        }

        func appendSymbols(to ids: inout [Int]) {
            var position = 0
            while position >= 0 {
                ids.append(symbols[position])
                position = next[position]
            }
        }
    }

    /// The merges that are possible now, lowest rank first, then leftmost (a binary heap).
    private struct MergeQueue {
        struct Candidate {
            let merge: Merge
            let position: Int

            func precedes(_ other: Candidate) -> Bool {
                (merge.rank, position) < (other.merge.rank, other.position)
            }
        }

        private var heap: [Candidate] = []

        mutating func insert(_ candidate: Candidate) {
            heap.append(candidate)
            var child = heap.count - 1
            while child > 0, heap[child].precedes(heap[(child - 1) / 2]) {
                heap.swapAt(child, (child - 1) / 2)
                child = (child - 1) / 2
            }
        }

        mutating func popFirst() -> Candidate? {
            guard let first = heap.first, let last = heap.popLast() else { return nil }
            guard !heap.isEmpty else { return first }
            heap[0] = last
            var parent = 0
            while let child = [2 * parent + 1, 2 * parent + 2].filter({ $0 < heap.count })
                .min(by: { heap[$0].precedes(heap[$1]) }), heap[child].precedes(heap[parent])
            {
                heap.swapAt(parent, child)
                parent = child
            }
            return first
        }
    }
}
