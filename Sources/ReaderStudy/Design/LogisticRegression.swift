import Foundation

/// Logistic regression with a ridge penalty, for a handful of features.
///
/// Minimizes `Σ log(1 + exp(-y (w·x + b))) + penalty / 2 ‖w‖²` with `y` = ±1 by Newton's method; the
/// intercept `b` is not penalized. Features are standardized with the means and deviations (divisor
/// n) of the samples that the model is fitted to; a feature that does not vary gets no weight.
///
/// - SeeAlso: le Cessie and van Houwelingen, Appl. Stat. 41 (1992) 191.
public struct LogisticRegression: Sendable, Equatable {
    /// The means of the features.
    let means: [Double]
    /// Their deviations; 1 where a feature does not vary.
    let deviations: [Double]
    /// The weights of the standardized features.
    public let weights: [Double]
    /// The score of a sample at the means.
    public let intercept: Double

    /// Fits a model.
    ///
    /// - Parameters:
    ///   - samples: a row per sample, finite, all of one length, at least 1.
    ///   - isPositive: the class of each sample; both classes must occur.
    ///   - penalty: the weight of the ridge, above 0, which keeps separable classes finite.
    /// - Throws: `StudyError` for samples or a penalty that break these rules.
    public init(
        samples: [[Double]],
        isPositive: [Bool],
        penalty: Double = 1
    ) throws(StudyError) {
        try Self.check(samples, isPositive)
        try StudyError.check(penalty, in: 1e-9...1e9, "the penalty of a regression")
        let featureCount = samples[0].count
        let n = Double(samples.count)
        let means = (0..<featureCount).map { j in samples.reduce(0) { $0 + $1[j] } / n }
        let deviations = (0..<featureCount).map { j in
            let square = samples.reduce(0) { $0 + ($1[j] - means[j]) * ($1[j] - means[j]) } / n
            return square > 1e-24 * max(1, means[j] * means[j]) ? square.squareRoot() : 1
        }
        let rows = samples.map { row in
            [1] + row.indices.map { (row[$0] - means[$0]) / deviations[$0] }
        }
        let coefficients = Self.minimize(rows, isPositive.map { $0 ? 1 : 0 }, penalty)
        self.means = means
        self.deviations = deviations
        weights = Array(coefficients.dropFirst())
        intercept = coefficients[0]
    }

    /// The log odds that a sample is positive.
    public func score(_ sample: [Double]) -> Double {
        sample.indices.reduce(intercept) {
            $0 + weights[$1] * (sample[$1] - means[$1]) / deviations[$1]
        }
    }

    /// Newton's method with halved steps where a whole one would not descend.
    private static func minimize(
        _ rows: [[Double]],
        _ targets: [Double],
        _ penalty: Double
    ) -> [Double] {
        let size = rows[0].count
        func loss(_ w: [Double]) -> Double {
            let ridge = w.dropFirst().reduce(0) { $0 + $1 * $1 } * penalty / 2
            return zip(rows, targets).reduce(ridge) { sum, sample in
                let score = dot(sample.0, w)
                // log(1 + exp(z)) - target * z, without overflow
                return sum + max(score, 0) + log1p(exp(-abs(score))) - sample.1 * score
            }
        }
        var w = [Double](repeating: 0, count: size)
        var current = loss(w)
        for _ in 0..<100 {
            var gradient = w.indices.map { $0 == 0 ? 0 : penalty * w[$0] }
            var hessian = (0..<size).map { i in
                (0..<size).map { $0 == i && i > 0 ? penalty : 0 }
            }
            for (row, target) in zip(rows, targets) {
                let probability = 1 / (1 + exp(-dot(row, w)))
                let curvature = max(probability * (1 - probability), 1e-12)
                for i in 0..<size {
                    gradient[i] += (probability - target) * row[i]
                    for j in 0...i { hessian[i][j] += curvature * row[i] * row[j] }
                }
            }
            let step = solved(hessian, gradient)
            var scale = 1.0
            var next = w
            var value = current
            repeat {
                next = w.indices.map { w[$0] - scale * step[$0] }
                value = loss(next)
                scale /= 2
            } while value > current && scale > 1e-10
            guard value < current else { break }
            let moved = step.reduce(0) { max($0, abs($1)) }
            (w, current) = (next, value)
            if moved < 1e-12 { break }
        }
        return w
    }

    /// Solves a positive definite system, given by its lower triangle, by Cholesky's factors.
    private static func solved(_ matrix: [[Double]], _ right: [Double]) -> [Double] {
        let size = right.count
        var factor = matrix
        for i in 0..<size {
            for j in 0...i {
                var sum = matrix[i][j]
                for k in 0..<j { sum -= factor[i][k] * factor[j][k] }
                factor[i][j] = i == j ? max(sum, 1e-300).squareRoot() : sum / factor[j][j]
            }
        }
        var solution = right
        for i in 0..<size {
            for k in 0..<i { solution[i] -= factor[i][k] * solution[k] }
            solution[i] /= factor[i][i]
        }
        for i in (0..<size).reversed() {
            for k in (i + 1)..<size { solution[i] -= factor[k][i] * solution[k] }
            solution[i] /= factor[i][i]
        }
        return solution
    }

    private static func dot(_ row: [Double], _ w: [Double]) -> Double {
        zip(row, w).reduce(0) { $0 + $1.0 * $1.1 }
    }

    private static func check(_ samples: [[Double]], _ isPositive: [Bool]) throws(StudyError) {
        guard samples.count == isPositive.count else {
            throw .lengths(
                what: "samples and classes",
                first: samples.count,
                second: isPositive.count
            )
        }
        try StudyError.check(isPositive.count { $0 }, atLeast: 1, "positive samples")
        try StudyError.check(isPositive.count { !$0 }, atLeast: 1, "negative samples")
        try StudyError.check(samples[0].count, atLeast: 1, "features")
        for row in samples {
            guard row.count == samples[0].count else {
                throw .lengths(
                    what: "features of two samples",
                    first: samples[0].count,
                    second: row.count
                )
            }
            try StudyError.checkFinite(row, "a feature")
        }
    }
}
