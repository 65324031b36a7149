import Foundation

/// The functions behind the distributions; arguments are checked by their callers.
enum SpecialFunctions {
    /// Where t and F distributions are replaced by their limits; the error is below 1e-7 there.
    static let manyDegreesOfFreedom = 1e7

    /// The natural logarithm of the gamma function of a positive number.
    static func logGamma(_ x: Double) -> Double {
        var sign: Int32 = 0
        return lgamma_r(x, &sign)
    }

    /// The regularized incomplete beta function `I_x(a, b)`, for `a, b > 0` and `x` in 0...1.
    ///
    /// `complement` is `1 - x`, given separately so that no digits are lost near 1.
    ///
    /// - SeeAlso: DLMF 8.17.4 and the continued fraction 8.17.22, https://dlmf.nist.gov/8.17
    static func regularizedBeta(_ x: Double, complement: Double, _ a: Double, _ b: Double) -> Double
    {
        guard x > 0 else { return 0 }
        guard complement > 0 else { return 1 }
        if x > (a + 1) / (a + b + 2) {
            return 1 - regularizedBetaTail(complement, complement: x, b, a)
        }
        return regularizedBetaTail(x, complement: complement, a, b)
    }

    /// The same where the continued fraction converges fast.
    private static func regularizedBetaTail(
        _ x: Double,
        complement: Double,
        _ a: Double,
        _ b: Double
    ) -> Double {
        let logFront =
            logGamma(a + b) - logGamma(a) - logGamma(b) + a * log(x) + b * log(complement) - log(a)
        // d_{2m} = m(b-m)x / ((a+2m-1)(a+2m)), d_{2m+1} = -(a+m)(a+b+m)x / ((a+2m)(a+2m+1))
        let fraction = continuedFraction { index in
            let m = Double(index / 2)
            let numerator =
                index.isMultiple(of: 2)
                ? m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
                : -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
            return (numerator, 1)
        }
        return exp(logFront) / (1 + fraction)
    }

    /// The regularized incomplete gamma functions `P(a, x)` and `Q(a, x) = 1 - P(a, x)`.
    ///
    /// - SeeAlso: DLMF 8.11.4 (series) and 8.9.2 (continued fraction, even part).
    static func regularizedGamma(_ a: Double, _ x: Double) -> (lower: Double, upper: Double) {
        guard x > 0 else { return (0, 1) }
        guard x < .infinity else { return (1, 0) }
        let front = exp(a * log(x) - x - logGamma(a))
        if x < a + 1 {
            var term = 1 / a
            var sum = term
            var denominator = a
            while term > sum * 1e-17 {
                denominator += 1
                term *= x / denominator
                sum += term
            }
            return (front * sum, 1 - front * sum)
        }
        // Q = front / (x+1-a + K), terms -k(k-a) over x+2k+1-a
        let fraction = continuedFraction { index in
            let k = Double(index)
            return (-k * (k - a), x + 2 * k + 1 - a)
        }
        let upper = front / (x + 1 - a + fraction)
        return (1 - upper, upper)
    }

    /// The continued fraction `a_1/(b_1 + a_2/(b_2 + ...))` by the modified Lentz method.
    ///
    /// - SeeAlso: Thompson and Barnett, J. Comput. Phys. 64 (1986) 490, section 5.
    private static func continuedFraction(
        _ term: (Int) -> (numerator: Double, denominator: Double)
    ) -> Double {
        let tiny = 1e-300
        var value = tiny
        var c = tiny
        var d = 0.0
        for index in 1...100_000 {
            let (a, b) = term(index)
            d = b + a * d
            if d == 0 { d = tiny }
            c = b + a / c
            if c == 0 { c = tiny }
            d = 1 / d
            let change = c * d
            value *= change
            if abs(change - 1) < 5e-16 { break }
        }
        return value
    }

    /// The point between two bounds where an increasing function reaches zero, to the last digit.
    static func root(
        from lower: Double,
        to upper: Double,
        of increasing: (Double) -> Double
    ) -> Double {
        var (lower, upper) = (lower, upper)
        while true {
            let middle = lower + (upper - lower) / 2
            guard middle > lower, middle < upper else { return middle }
            if increasing(middle) < 0 { lower = middle } else { upper = middle }
        }
    }

    /// The same on the positive half line, doubling the upper bound as needed.
    static func positiveRoot(of increasing: (Double) -> Double) -> Double {
        var upper = 1.0
        while increasing(upper) < 0, upper < 1e300 { upper *= 2 }
        return root(from: 0, to: upper, of: increasing)
    }
}
