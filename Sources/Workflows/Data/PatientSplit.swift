import Crypto
import Foundation
import Training

/// Divides images into those to train on, to test with, and to hold out: a patient's all into one part.
///
/// The part depends on the seed and the patient alone, and not on what else is imported or when.
public struct PatientSplit: Sendable, Equatable {
    /// A part of the data set.
    enum Part: String, Codable, Sendable, CaseIterable {
        case train, test
        /// Kept from all training code, in a table of its own.
        case holdout
    }

    /// The share of patients to train on.
    public let train: Double
    /// The share to test with; the rest is held out.
    public let test: Double
    /// Another seed gives another division.
    public let seed: UInt64

    /// Makes a division.
    ///
    /// - Parameters:
    ///   - shares: of train, test and holdout, none negative, which add up to 1.
    ///   - seed: picks the division.
    /// - Throws: `DataSetError.shares`.
    public init(shares: [Double] = [0.8, 0.1, 0.1], seed: UInt64 = 0) throws(DataSetError) {
        let isDivision =
            shares.count == 3 && shares.allSatisfy { $0 >= 0 }
            && abs(shares.reduce(0, +) - 1) < 1e-6
        guard isDivision else { throw .shares(shares) }
        train = shares[0]
        test = shares[1]
        self.seed = seed
    }

    /// The part of a patient.
    func part(of patient: String) -> Part {
        let digest = SHA256.hash(data: Data("\(seed)/\(patient)".utf8))
        // 53 bits, as many as a Double holds exactly.
        let number = digest.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) } >> 11
        let place = Double(number) / 0x1p53
        if place < train { return .train }
        return place < train + test ? .test : .holdout
    }
}
