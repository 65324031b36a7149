/// Holm's step-down adjustment of p-values for their number.
///
/// - SeeAlso: Holm, Scand. J. Stat. 6 (1979) 65.
public enum HolmAdjustment {
    /// Adjusted p-values, in the order given: reject where they are at most the level.
    ///
    /// - Throws: `StudyError.outOfRange` for a p-value outside 0...1.
    public static func adjusted(_ pValues: [Double]) throws(StudyError) -> [Double] {
        for pValue in pValues { try StudyError.check(pValue, in: 0...1, "a p-value") }
        let order = pValues.indices.sorted { pValues[$0] < pValues[$1] }
        var adjusted = pValues
        var largest = 0.0
        for (rank, index) in order.enumerated() {
            largest = max(largest, min(1, Double(pValues.count - rank) * pValues[index]))
            adjusted[index] = largest
        }
        return adjusted
    }
}
