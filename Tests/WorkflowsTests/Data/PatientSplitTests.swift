import Testing

@testable import Workflows

struct PatientSplitTests {
    /// The place of a patient is Python's:
    /// `(int.from_bytes(sha256(f"{seed}/{patient}".encode()).digest()[:8], "big") >> 11) / 2**53`.
    @Test(arguments: [
        (0, "alice", 0.0514272897444793), (7, "alice", 0.05925281904935087),
        (0, "bob", 0.8585729000507926), (7, "p3", 0.7431093681484796),
        (0, "1CT1", 0.34842672868340974), (7, "x", 0.7751043780298026),
    ])
    func `a patient's part depends on seed and patient alone`(
        seed: UInt64,
        patient: String,
        place: Double
    ) throws {
        func part(_ train: Double, _ test: Double) throws -> PatientSplit.Part {
            try PatientSplit(shares: [train, test, 1 - train - test], seed: seed)
                .part(of: patient)
        }
        let step = 1e-9
        #expect(try part(place + step, 0) == .train)
        #expect(try part(place - step, 2 * step) == .test)
        #expect(try part(place - 2 * step, step) == .holdout)
    }

    @Test func `shares are kept over many patients`() throws {
        let split = try PatientSplit(shares: [0.7, 0.2, 0.1], seed: 3)
        let parts = (0..<20_000).map { split.part(of: "patient \($0)") }
        // Four standard deviations of a binomial count.
        #expect(abs(parts.count { $0 == .train } - 14_000) < 260)
        #expect(abs(parts.count { $0 == .test } - 4_000) < 227)
    }

    @Test(arguments: [[0.5, 0.5], [0.9, 0.2, -0.1], [0.5, 0.4, 0.2], [.nan, 0.5, 0.5], []])
    func `other shares are refused`(shares: [Double]) {
        #expect(throws: DataSetError.self) { try PatientSplit(shares: shares) }
    }
}
