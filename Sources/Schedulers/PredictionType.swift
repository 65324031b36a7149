/// What the network was trained to predict.
public enum PredictionType: String, Sendable, Codable, CaseIterable {
    /// The noise ε that was added (Ho et al., arXiv:2006.11239).
    case epsilon
    /// The clean data x_0.
    case sample
    /// The velocity `α ε − σ x_0` (Salimans and Ho, arXiv:2202.00512).
    case vPrediction = "v_prediction"
}
