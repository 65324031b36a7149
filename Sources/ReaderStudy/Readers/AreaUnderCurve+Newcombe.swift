extension AreaUnderCurve {
    /// Newcombe's score-like interval, which is defined for areas of 0 and 1 too.
    ///
    /// Its ends `θ` solve `|area - θ| = z √V(θ)` with Hanley and McNeil's variance of negative
    /// exponential ratings, `V(θ) = θ(1-θ) [1 + (N-1)(1-θ)/(2-θ) + (N-1)θ/(1+θ)] / (mn)` and
    /// `N = (m+n)/2`.
    ///
    /// - Throws: `StudyError.outOfRange` for a level outside 0...1.
    /// - SeeAlso: Newcombe, Stat. Med. 25 (2006) 559, method 5; Hanley and McNeil, Radiology 143
    ///   (1982) 29.
    public func newcombeInterval(level: Double = 0.95) throws(StudyError) -> ConfidenceInterval {
        try ConfidenceInterval.check(level: level)
        let z = StandardNormal.quantile(0.5 + level / 2)
        let product = Double(positiveCount) * Double(negativeCount)
        let n = Double(positiveCount + negativeCount) / 2
        func excess(_ theta: Double) -> Double {
            let shape = 1 + (n - 1) * ((1 - theta) / (2 - theta) + theta / (1 + theta))
            let variance = theta * (1 - theta) * shape / product
            return abs(value - theta) - z * max(0, variance).squareRoot()
        }
        return ConfidenceInterval(
            lower: value == 0 ? 0 : SpecialFunctions.root(from: 0, to: value) { -excess($0) },
            upper: value == 1 ? 1 : SpecialFunctions.root(from: value, to: 1) { excess($0) },
            level: level
        )
    }
}
