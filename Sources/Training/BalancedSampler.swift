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
    public init(classes: [String], power: Double = 0.25) {
        let groups = Dictionary(grouping: classes.indices, by: { classes[$0] })
            .sorted { $0.key < $1.key }.map(\.value)
        indicesByClass = groups.map { Tensor(Array($0), [$0.count]) }
        var total = 0.0
        cumulativeWeights = groups.map { group in
            total += pow(Double(group.count), power)
            return total
        }
    }

    /// `count` positions, `int64`, with replacement.
    public func indices(_ count: Int, generator: Generator) -> Tensor {
        let draws = (0..<count).map { _ -> Tensor in
            let threshold = generator.uniform() * (cumulativeWeights.last ?? 0)
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
