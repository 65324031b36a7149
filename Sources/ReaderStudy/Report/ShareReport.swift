/// A share with its intervals.
public struct ShareReport: Sendable, Equatable, Encodable {
    /// Successes, half where Uncertain counts half.
    public let successes: Double
    /// Trials.
    public let trials: Int
    /// Successes per trial.
    public let value: Double
    /// The exact interval; not defined for half points.
    public let clopperPearson: Outcome<ConfidenceInterval>
    /// The score interval.
    public let wilson: ConfidenceInterval

    /// Describes a share.
    init(_ share: Proportion) throws(StudyError) {
        successes = share.successes
        trials = share.trials
        value = share.value
        clopperPearson = Outcome { () throws(StudyError) in try share.clopperPearson() }
        wilson = try share.wilson()
    }

    /// The exact interval where it is defined, else Wilson's.
    public var interval: ConfidenceInterval { clopperPearson.value ?? wilson }
}
