import Foundation

/// The standard normal distribution.
package enum StandardNormal {
    /// The probability of a value up to `x`.
    package static func cumulative(_ x: Double) -> Double { 0.5 * erfc(-x / 2.0.squareRoot()) }

    /// The value below which lies the probability `p`, between 0 and 1.
    package static func quantile(_ p: Double) -> Double {
        guard p > 0 else { return -.infinity }
        guard p < 1 else { return .infinity }
        // Solved in the lower tail, where the probability keeps its digits.
        guard p <= 0.5 else { return -quantile(1 - p) }
        guard p < 0.5 else { return 0 }
        return SpecialFunctions.root(from: -40, to: 0) { cumulative($0) - p }
    }

    /// The probability of a value at least as far from 0 as `z`.
    package static func twoSided(_ z: Double) -> Double { erfc(abs(z) / 2.0.squareRoot()) }
}

/// The beta distribution with positive shapes `a` and `b`.
package struct BetaDistribution: Sendable {
    let a: Double
    let b: Double

    /// Creates the distribution; both shapes must be positive.
    package init(_ a: Double, _ b: Double) {
        precondition(a > 0 && b > 0, "shapes of a beta distribution are positive")
        (self.a, self.b) = (a, b)
    }

    /// The probability of a value up to `x`.
    package func cumulative(_ x: Double) -> Double {
        SpecialFunctions.regularizedBeta(x, complement: 1 - x, a, b)
    }

    /// The value below which lies the probability `p`.
    package func quantile(_ p: Double) -> Double {
        guard p > 0 else { return 0 }
        guard p < 1 else { return 1 }
        return SpecialFunctions.root(from: 0, to: 1) { cumulative($0) - p }
    }
}

/// The gamma distribution with a positive shape and scale 1.
package struct GammaDistribution: Sendable {
    let shape: Double

    /// Creates the distribution; the shape must be positive.
    package init(_ shape: Double) {
        precondition(shape > 0, "the shape of a gamma distribution is positive")
        self.shape = shape
    }

    /// The probability of a value up to `x`.
    package func cumulative(_ x: Double) -> Double {
        SpecialFunctions.regularizedGamma(shape, x).lower
    }

    /// The probability of a value above `x`.
    package func survival(_ x: Double) -> Double {
        SpecialFunctions.regularizedGamma(shape, x).upper
    }

    /// The value below which lies the probability `p`.
    package func quantile(_ p: Double) -> Double {
        guard p > 0 else { return 0 }
        guard p < 1 else { return .infinity }
        return SpecialFunctions.positiveRoot { x in
            let (lower, upper) = SpecialFunctions.regularizedGamma(shape, x)
            return p <= 0.5 ? lower - p : (1 - p) - upper
        }
    }
}

/// The chi-square distribution.
package struct ChiSquareDistribution: Sendable {
    let gamma: GammaDistribution

    /// Creates the distribution; the degrees of freedom must be positive.
    package init(degreesOfFreedom: Double) { gamma = GammaDistribution(degreesOfFreedom / 2) }

    /// The probability of a value up to `x`.
    package func cumulative(_ x: Double) -> Double { gamma.cumulative(x / 2) }

    /// The probability of a value above `x`.
    package func survival(_ x: Double) -> Double { gamma.survival(x / 2) }

    /// The value below which lies the probability `p`.
    package func quantile(_ p: Double) -> Double { 2 * gamma.quantile(p) }
}

/// Student's t distribution.
package struct StudentTDistribution: Sendable {
    let degreesOfFreedom: Double

    /// Creates the distribution; the degrees of freedom must be positive.
    package init(degreesOfFreedom: Double) {
        precondition(degreesOfFreedom > 0, "degrees of freedom are positive")
        self.degreesOfFreedom = degreesOfFreedom
    }

    /// The probability of a value at least as far from 0 as `t`.
    package func twoSided(_ t: Double) -> Double {
        guard t.isFinite else { return 0 }
        // Beyond, the limit is nearer than the difference of two huge logarithms of gamma.
        guard degreesOfFreedom < SpecialFunctions.manyDegreesOfFreedom else {
            return StandardNormal.twoSided(t)
        }
        let squares = degreesOfFreedom + t * t
        return SpecialFunctions.regularizedBeta(
            degreesOfFreedom / squares,
            complement: t * t / squares,
            degreesOfFreedom / 2,
            0.5
        )
    }

    /// The probability of a value up to `t`.
    package func cumulative(_ t: Double) -> Double {
        t > 0 ? 1 - twoSided(t) / 2 : twoSided(t) / 2
    }

    /// The value below which lies the probability `p`.
    package func quantile(_ p: Double) -> Double {
        guard p > 0 else { return -.infinity }
        guard p < 1 else { return .infinity }
        guard p >= 0.5 else { return -quantile(1 - p) }
        return SpecialFunctions.positiveRoot { 2 * (1 - p) - twoSided($0) }
    }
}

/// The F distribution.
package struct FDistribution: Sendable {
    let numerator: Double
    let denominator: Double

    /// Creates the distribution; both degrees of freedom must be positive.
    package init(numerator: Double, denominator: Double) {
        precondition(numerator > 0 && denominator > 0, "degrees of freedom are positive")
        (self.numerator, self.denominator) = (numerator, denominator)
    }

    /// The probability of a value above `x`.
    package func survival(_ x: Double) -> Double {
        guard x > 0 else { return 1 }
        guard x < .infinity else { return 0 }
        guard denominator < SpecialFunctions.manyDegreesOfFreedom else {
            return ChiSquareDistribution(degreesOfFreedom: numerator).survival(numerator * x)
        }
        let total = denominator + numerator * x
        return SpecialFunctions.regularizedBeta(
            denominator / total,
            complement: numerator * x / total,
            denominator / 2,
            numerator / 2
        )
    }

    /// The probability of a value up to `x`.
    package func cumulative(_ x: Double) -> Double { 1 - survival(x) }

    /// The value below which lies the probability `p`.
    package func quantile(_ p: Double) -> Double {
        guard p > 0 else { return 0 }
        guard p < 1 else { return .infinity }
        return SpecialFunctions.positiveRoot { (1 - p) - survival($0) }
    }
}
