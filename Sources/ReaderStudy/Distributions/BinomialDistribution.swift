import Foundation

/// The number of successes in independent trials of equal probability.
package struct BinomialDistribution: Sendable {
    let trials: Int
    let probability: Double

    /// Creates the distribution; `trials` is at least 0 and `probability` lies in 0...1.
    package init(trials: Int, probability: Double) {
        precondition(trials >= 0 && (0...1).contains(probability), "invalid binomial parameters")
        (self.trials, self.probability) = (trials, probability)
    }

    /// The probability of exactly `k` successes.
    package func mass(_ k: Int) -> Double {
        guard (0...trials).contains(k) else { return 0 }
        if probability == 0 { return k == 0 ? 1 : 0 }
        if probability == 1 { return k == trials ? 1 : 0 }
        let (n, successes) = (Double(trials), Double(k))
        let logChoose =
            SpecialFunctions.logGamma(n + 1) - SpecialFunctions.logGamma(successes + 1)
            - SpecialFunctions.logGamma(n - successes + 1)
        return exp(logChoose + successes * log(probability) + (n - successes) * log1p(-probability))
    }

    /// The probability of at most `k` successes.
    package func cumulative(_ k: Int) -> Double {
        guard k >= 0 else { return 0 }
        guard k < trials else { return 1 }
        return SpecialFunctions.regularizedBeta(
            1 - probability,
            complement: probability,
            Double(trials - k),
            Double(k + 1)
        )
    }

    /// The probability of at least `k` successes.
    package func atLeast(_ k: Int) -> Double {
        guard k > 0 else { return 1 }
        guard k <= trials else { return 0 }
        return SpecialFunctions.regularizedBeta(
            probability,
            complement: 1 - probability,
            Double(k),
            Double(trials - k + 1)
        )
    }
}
