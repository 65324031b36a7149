/// The noise level at which a run ends.
public enum FinalSigmasType: String, Sendable, Codable, CaseIterable {
    /// No noise at all.
    case zero
    /// The lowest level of training.
    case sigmaMin = "sigma_min"
}
