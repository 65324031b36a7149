public import Evaluation
import Foundation

/// How a classifier does on images that it was not trained on.
public struct ClassifierReport: Sendable, Encodable {
    /// One class.
    public struct Entry: Sendable, Encodable {
        /// The class, "modality anatomy".
        public let name: String
        /// The share of its images that were told right.
        public let recall: Proportion
        /// What its other images were taken for, and how often.
        public let mistakes: [String: Int]
    }

    /// The classes that occur.
    public let entries: [Entry]
    /// The share of all images that were told right.
    public let accuracy: Proportion
    /// The mean of the classes' recalls.
    public let balancedAccuracy: Double

    init(classNames: [String], matrix: ConfusionMatrix) {
        accuracy = matrix.accuracy
        balancedAccuracy = matrix.balancedAccuracy
        entries = classNames.indices.filter { matrix.recall($0).total > 0 }.map { truth in
            let mistakes = classNames.indices.filter { $0 != truth && matrix.counts[truth][$0] > 0 }
            return Entry(
                name: classNames[truth],
                recall: matrix.recall(truth),
                mistakes: Dictionary(
                    uniqueKeysWithValues: mistakes.map {
                        (classNames[$0], matrix.counts[truth][$0])
                    }
                )
            )
        }
    }

    /// A table to read.
    public var text: String {
        let width = 2 + entries.reduce(12) { max($0, $1.name.count) }
        func row(_ name: String, _ share: Proportion, _ mistakes: [String: Int]) -> String {
            name.padding(toLength: width, withPad: " ", startingAt: 0)
                + String(
                    format: "%5d of %5d  %6.2f %%",
                    share.count,
                    share.total,
                    100 * share.value
                )
                + mistakes.sorted { $0.key < $1.key }.map { "  \($0.value) \($0.key)" }.joined()
                + "\n"
        }
        return entries.map { row($0.name, $0.recall, $0.mistakes) }.joined()
            + row("all", accuracy, [:])
            + String(format: "balanced accuracy %.2f %%\n", 100 * balancedAccuracy)
    }
}
