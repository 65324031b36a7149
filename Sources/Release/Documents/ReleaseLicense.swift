/// The licences that data sets are released under.
public enum ReleaseLicense: String, Sendable, CaseIterable, Codable {
    /// No rights reserved.
    case cc0 = "CC0-1.0"
    /// Use with attribution.
    case ccBy = "CC-BY-4.0"
    /// Use with attribution, under the same licence.
    case ccBySA = "CC-BY-SA-4.0"
    /// Use with attribution, not commercial.
    case ccByNC = "CC-BY-NC-4.0"

    /// Where its text is.
    public var url: String {
        switch self {
        case .cc0: "https://creativecommons.org/publicdomain/zero/1.0/"
        case .ccBy: "https://creativecommons.org/licenses/by/4.0/"
        case .ccBySA: "https://creativecommons.org/licenses/by-sa/4.0/"
        case .ccByNC: "https://creativecommons.org/licenses/by-nc/4.0/"
        }
    }
}
