/// Why a study, a table or a statistic cannot be made from what was given.
public enum StudyError: Error, Equatable, Sendable {
    /// A list that must not be empty is, or is too short.
    case tooFew(what: String, found: Int, needed: Int)
    /// Two lists that belong together differ in length.
    case lengths(what: String, first: Int, second: Int)
    /// A number lies outside its range or is not finite.
    case outOfRange(what: String, found: Double, allowed: String)
    /// The statistic has no value for these data.
    case undefined(statistic: String, reason: String)
    /// A reader answered the same showing of a case twice.
    case duplicateReading(reader: String, caseID: String, repetition: Int)
    /// A case is real in one reading and fake in another.
    case contradictoryTruth(caseID: String)
    /// A case or reader is named twice in a design.
    case duplicateName(what: String, name: String)
    /// No reading belongs to this reader.
    case unknownReader(String)
    /// The repeats cannot stand as far from their first showing as was asked.
    case repeatsDoNotFit(wanted: Int, possible: Int, spacing: Int)
}

extension StudyError: CustomStringConvertible {
    /// What failed, what was found, and what to do, in one line.
    public var description: String {
        switch self {
        case .tooFew(let what, let found, let needed):
            "too few \(what): \(found) given, at least \(needed) needed"
        case .lengths(let what, let first, let second):
            "\(what) must be equally many: \(first) and \(second) given"
        case .outOfRange(let what, let found, let allowed):
            "\(what) is \(found); it must be \(allowed)"
        case .undefined(let statistic, let reason):
            "\(statistic) is not defined here: \(reason)"
        case .duplicateReading(let reader, let caseID, let repetition):
            "reader \(reader) answered case \(caseID) twice in repetition \(repetition); "
                + "keep one of the readings"
        case .contradictoryTruth(let caseID):
            "case \(caseID) is real in one reading and fake in another; correct its truth"
        case .duplicateName(let what, let name):
            "the \(what) \"\(name)\" is listed twice; name it once"
        case .unknownReader(let reader):
            "there is no reading by reader \(reader)"
        case .repeatsDoNotFit(let wanted, let possible, let spacing):
            "\(wanted) repeats do not fit at least \(spacing) positions after their first showing: "
                + "\(possible) would; ask for fewer repeats or a smaller spacing"
        }
    }
}

extension StudyError {
    /// Throws unless `value` lies in `range` (which excludes NaN).
    static func check(
        _ value: Double,
        in range: ClosedRange<Double>,
        _ what: String
    ) throws(StudyError) {
        guard range.contains(value) else {
            throw .outOfRange(
                what: what,
                found: value,
                allowed: "from \(range.lowerBound) to \(range.upperBound)"
            )
        }
    }

    /// Throws unless `value` lies strictly between two bounds.
    static func check(
        _ value: Double,
        between lower: Double,
        and upper: Double,
        _ what: String
    ) throws(StudyError) {
        guard value > lower, value < upper else {
            throw .outOfRange(what: what, found: value, allowed: "between \(lower) and \(upper)")
        }
    }

    /// Throws unless `count` is at least `needed`.
    static func check(_ count: Int, atLeast needed: Int, _ what: String) throws(StudyError) {
        guard count >= needed else { throw .tooFew(what: what, found: count, needed: needed) }
    }

    /// Throws unless every value is finite.
    static func checkFinite(_ values: [Double], _ what: String) throws(StudyError) {
        for value in values where !value.isFinite {
            throw .outOfRange(what: what, found: value, allowed: "a finite number")
        }
    }
}
