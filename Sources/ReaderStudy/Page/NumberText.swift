import Foundation

/// Numbers as a radiology journal prints them.
enum NumberText {
    /// "15.0 %".
    static func percent(_ share: Double) -> String { decimal(100 * share, 1) + "\u{202F}%" }

    /// "3.2–37.9 %".
    static func percents(_ interval: ConfidenceInterval) -> String {
        "\(decimal(100 * interval.lower, 1))–\(percent(interval.upper))"
    }

    /// "3 of 20", half points with one decimal.
    static func count(_ successes: Double, of trials: Int) -> String {
        let points = Int(exactly: successes).map(String.init) ?? decimal(successes, 1)
        return "\(points) of \(trials)"
    }

    /// "0.42", with a true minus sign.
    static func decimal(_ value: Double, _ places: Int) -> String {
        let text = String(format: "%.\(places)f", abs(value))
        let isZero = text.allSatisfy { $0 == "0" || $0 == "." }
        return value < 0 && !isZero ? "−" + text : text
    }

    /// "0.42 (0.10 to 0.71)", "to" because of minus signs.
    static func interval(_ interval: ConfidenceInterval, _ places: Int) -> String {
        "\(decimal(interval.lower, places)) to \(decimal(interval.upper, places))"
    }

    /// "p = 0.012", "p < 0.001", "p > 0.99".
    static func pValue(_ p: Double) -> String {
        switch p {
        case ..<0.001: "p < 0.001"
        case ..<0.1: "p = \(decimal(p, 3))"
        case ...0.99: "p = \(decimal(p, 2))"
        default: "p > 0.99"
        }
    }

    /// "4.2 s" or "2 min 05 s".
    static func seconds(_ value: Double) -> String {
        guard value >= 99.95 else { return decimal(value, 1) + "\u{202F}s" }
        let whole = Int(value.rounded())
        return "\(whole / 60)\u{202F}min \(String(format: "%02d", whole % 60))\u{202F}s"
    }

    /// "1 image", "3 images".
    static func counted(_ count: Int, _ noun: String, _ plural: String? = nil) -> String {
        "\(count) \(count == 1 ? noun : plural ?? noun + "s")"
    }

    /// "once" or "3 times".
    static func times(_ count: Int) -> String { count == 1 ? "once" : "\(count) times" }

    /// "a", "a and b", "a, b and c".
    static func list(_ items: [String]) -> String {
        guard items.count > 1, let last = items.last else { return items.first ?? "" }
        return items.dropLast().joined(separator: ", ") + " and " + last
    }
}
