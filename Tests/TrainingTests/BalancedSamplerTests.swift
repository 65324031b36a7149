import Foundation
import Tensors
import Testing
import Training

struct BalancedSamplerTests {
    /// 1 of "a", 16 of "b", 81 of "c".
    private let classes =
        ["a"] + Array(repeating: "b", count: 16) + Array(repeating: "c", count: 81)

    /// The shares of the classes in 20,000 draws, of standard error at most 0.0036.
    private func shares(power: Double, factors: [String: Double] = [:]) throws -> [String: Double] {
        let sampler = BalancedSampler(classes: classes, power: power, factors: factors)
        let indices = try withTorchErrors {
            try sampler.indices(20_000, generator: Generator(seed: 1)).integers()
        }
        return Dictionary(grouping: indices) { classes[Int($0)] }
            .mapValues { Double($0.count) / 20_000 }
    }

    /// The weights of the classes at a power, in whole numbers.
    @Test(arguments: zip([0, 0.5, 1] as [Double], [[1, 1, 1], [1, 4, 9], [1, 16, 81]]))
    func `classes come up by the power of their sizes`(power: Double, weights: [Int]) throws {
        let found = try shares(power: power)
        let total = Double(weights.reduce(0, +))
        for (name, weight) in zip(["a", "b", "c"], weights) {
            let error = abs((found[name] ?? 0) - Double(weight) / total)
            #expect(error < 0.015, "class \(name), power \(power)")
        }
    }

    @Test func `a class comes up as many times as often as its factor says`() throws {
        // 1, 4 and 9 without factors.
        let found = try shares(power: 0.5, factors: ["a": 7, "c": 1.0 / 9])
        for (name, share) in [("a", 7.0 / 12), ("b", 4.0 / 12), ("c", 1.0 / 12)] {
            #expect(abs((found[name] ?? 0) - share) < 0.015, "class \(name)")
        }
    }

    @Test func `images of a class come up alike`() throws {
        let sampler = BalancedSampler(classes: Array(repeating: "x", count: 10))
        let indices = try sampler.indices(10_000, generator: Generator(seed: 2)).integers()
        let counts = Dictionary(grouping: indices, by: \.self).mapValues(\.count)
        #expect(counts.count == 10)
        // Binomial, standard deviation 30.
        #expect(counts.values.allSatisfy { abs($0 - 1_000) < 150 })
    }

    @Test func `the same generator draws the same images`() throws {
        let sampler = BalancedSampler(classes: classes)
        let draws = try [7, 7, 8].map { seed in
            try sampler.indices(32, generator: Generator(seed: seed)).integers()
        }
        #expect(draws[0] == draws[1])
        #expect(draws[0] != draws[2])
    }
}
