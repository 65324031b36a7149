/// The study's random generator: SplitMix64, the same numbers from the same seed everywhere.
///
/// The order of a study must be reproducible from its seed years later, so that nothing here relies
/// on how a standard library draws or shuffles.
///
/// - SeeAlso: Steele, Lea and Flood, OOPSLA 2014, doi:10.1145/2660193.2660195; constants of
///   Vigna's splitmix64.c (public domain).
public struct SeededGenerator: RandomNumberGenerator, Sendable, Equatable {
    private var state: UInt64

    /// Creates a generator from a seed; equal seeds give equal numbers.
    public init(seed: UInt64) { state = seed }

    /// Creates the stream of one reader of a study.
    ///
    /// The state is drawn twice: the first number of the seed, exclusive-or the 64-bit FNV-1a hash
    /// of the name's UTF-8 bytes, is the state whose first number is the stream's state. Readers'
    /// orders do not depend on how many readers there are.
    public init(seed: UInt64, stream: String) {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in stream.utf8 {
            hash ^= UInt64(byte)
            hash &*= 0x0000_0100_0000_01B3
        }
        var mixer = SeededGenerator(seed: seed)
        state = mixer.next() ^ hash
        state = next()
    }

    /// The next 64 bits.
    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// A number in `0..<bound`, without bias: draws beyond the last full multiple are thrown away.
    ///
    /// `bound` must be positive.
    public mutating func next(below bound: Int) -> Int {
        precondition(bound > 0, "a bound of random numbers is positive")
        let bound = UInt64(bound)
        let limit = UInt64.max - UInt64.max % bound
        var value = next()
        while value >= limit { value = next() }
        return Int(value % bound)
    }

    /// A number between 0 and 1, from the upper 53 bits, never 0 or 1.
    public mutating func nextUnit() -> Double {
        (Double(next() >> 11) + 0.5) * 0x1p-53
    }

    /// A standard normal number, by the inverse of the distribution.
    mutating func nextNormal() -> Double { StandardNormal.quantile(nextUnit()) }

    /// The elements in random order (Fisher and Yates, from the last place down).
    public mutating func shuffled<Element>(_ elements: [Element]) -> [Element] {
        var elements = elements
        for last in elements.indices.dropFirst().reversed() {
            elements.swapAt(last, next(below: last + 1))
        }
        return elements
    }
}
