import Foundation
public import Tensors

/// Draws images so that every class comes up about as often, however many images it has.
public struct BalancedSampler {
    private let indicesByClass: [Tensor]
    private let cumulativeWeights: [Double]

    /// Groups images by class name.
    ///
    /// - Parameters:
    ///   - classes: the class of each image.
    ///   - power: 0 draws classes evenly, 1 in proportion to their images.
    ///   - factors: how many times as often as that a class is drawn; once, where it has none.
    ///   - part: the positions that are drawn, each as often beside the others as from the whole; nil draws all.
    ///     What is drawn are positions in `part`.
    public init(
        classes: [String],
        power: Double = 0.25,
        factors: [String: Double] = [:],
        within part: [Int]? = nil
    ) {
        let part = part ?? Array(classes.indices)
        let sizes = Dictionary(grouping: classes, by: \.self).mapValues { Double($0.count) }
        let groups = Dictionary(grouping: part.indices, by: { classes[part[$0]] })
            .sorted { $0.key < $1.key }
        indicesByClass = groups.map { Tensor($0.value, [$0.value.count]) }
        var total = 0.0
        cumulativeWeights = groups.map { name, group in
            let size = sizes[name] ?? 1
            total += pow(size, power) * (factors[name] ?? 1) * (Double(group.count) / size)
            return total
        }
    }

    /// How often these images are drawn, beside another part of the same classes.
    var weight: Double { cumulativeWeights.last ?? 0 }

    /// `count` positions, `int64`, with replacement.
    public func indices(_ count: Int, generator: Generator) -> Tensor {
        let draws = (0..<count).map { _ -> Tensor in
            let threshold = generator.uniform() * weight
            let group = indicesByClass[
                cumulativeWeights.firstIndex { threshold < $0 } ?? indicesByClass.count - 1
            ]
            return group.sliced(0, from: generator.integer(below: group.size(0))).sliced(0, to: 1)
        }
        return Tensor.concatenated(draws, axis: 0)
    }
}

extension Generator {
    /// A uniform number in 0..<1.
    func uniform() -> Double { Tensor.rand([], generator: self).item() }

    /// A uniform integer in 0..<bound.
    func integer(below bound: Int) -> Int {
        Int(Tensor.randint(0..<bound, [], generator: self).item())
    }

    /// True half of the time.
    func coin() -> Bool { uniform() < 0.5 }
}
