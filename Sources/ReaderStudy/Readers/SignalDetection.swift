/// How well a reader tells fakes from real images, and towards which answer the reader leans.
///
/// Rates are corrected log-linearly (half a hit and one trial are added to each class), always, so
/// that perfect and empty rows stay finite.
///
/// - SeeAlso: Hautus, Behav. Res. Methods Instrum. Comput. 27 (1995) 46; Macmillan and Creelman,
///   Detection Theory (2005), equations 1.5 and 2.1.
public struct SignalDetection: Sendable, Equatable, Codable {
    /// The distance of the two distributions in standard deviations, d' = z(H) - z(F).
    public let dPrime: Double
    /// The criterion c = -(z(H) + z(F)) / 2; positive for a reader who tends to say real.
    public let criterion: Double

    /// Computes both from counts.
    ///
    /// - Parameters:
    ///   - hits: fakes called fake, in 0...signals.
    ///   - signals: fakes, at least 1.
    ///   - falseAlarms: real images called fake, in 0...noises.
    ///   - noises: real images, at least 1.
    /// - Throws: `StudyError` for counts out of range.
    public init(
        hits: Double,
        signals: Int,
        falseAlarms: Double,
        noises: Int
    ) throws(StudyError) {
        try StudyError.check(signals, atLeast: 1, "fake images")
        try StudyError.check(noises, atLeast: 1, "real images")
        try StudyError.check(hits, in: 0...Double(signals), "the number of hits")
        try StudyError.check(falseAlarms, in: 0...Double(noises), "the number of false alarms")
        let hitRate = StandardNormal.quantile((hits + 0.5) / Double(signals + 1))
        let falseAlarmRate = StandardNormal.quantile((falseAlarms + 0.5) / Double(noises + 1))
        dPrime = hitRate - falseAlarmRate
        criterion = -(hitRate + falseAlarmRate) / 2
    }
}
