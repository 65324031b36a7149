/// How often each class was taken for each.
public struct ConfusionMatrix: Sendable, Equatable {
    /// `counts[true class][predicted class]`.
    public private(set) var counts: [[Int]]

    /// An empty matrix.
    public init(classCount: Int) {
        counts = Array(repeating: Array(repeating: 0, count: classCount), count: classCount)
    }

    /// Adds a case; positions beyond the classes are a programmer's mistake.
    public mutating func record(truth: Int, prediction: Int) {
        counts[truth][prediction] += 1
    }

    /// The share of all cases that were told right.
    public var accuracy: Proportion {
        Proportion(
            count: counts.indices.reduce(0) { $0 + counts[$1][$1] },
            total: counts.joined().reduce(0, +)
        )
    }

    /// The share of the cases of one class that were told right.
    public func recall(_ index: Int) -> Proportion {
        Proportion(count: counts[index][index], total: counts[index].reduce(0, +))
    }

    /// The mean of the recalls of the classes that occur.
    public var balancedAccuracy: Double {
        let recalls = counts.indices.map(recall).filter { $0.total > 0 }
        return recalls.reduce(0) { $0 + $1.value } / Double(recalls.count)
    }
}
