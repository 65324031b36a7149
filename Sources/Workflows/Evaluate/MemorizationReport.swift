public import Evaluation
import Foundation

/// How near generated pictures and held-out images are to the training images.
public struct MemorizationReport: Sendable, Encodable {
    /// One kind of distance.
    public struct Entry: Sendable, Encodable {
        /// The distance and its unit.
        public let distance: String
        /// Quantiles of the generated pictures' distances, by `MemorizationReport.shares`.
        public let generated: [Double]
        /// The same of the held-out images.
        public let heldOut: [Double]
        /// Generated pictures nearer than the first percentile of held-out images.
        public let suspicious: Proportion

        init(_ distance: String, _ generated: NearestNeighbors, _ heldOut: NearestNeighbors) {
            self.distance = distance
            let (found, control) = (
                Distribution(generated.distances), Distribution(heldOut.distances)
            )
            self.generated = MemorizationReport.shares.map(found.quantile)
            self.heldOut = MemorizationReport.shares.map(control.quantile)
            let limit = control.quantile(0.01)
            suspicious = Proportion(
                count: generated.distances.count { $0 < limit },
                total: generated.distances.count
            )
        }
    }

    /// The shares of which quantiles are given.
    public static let shares = [0, 0.01, 0.05, 0.25, 0.5, 0.75, 0.95]

    /// The model's name.
    public let model: String
    /// The kinds of distance.
    public let entries: [Entry]

    /// A table to read.
    public var text: String {
        func row(_ name: String, _ values: [Double]) -> String {
            name.padding(toLength: 12, withPad: " ", startingAt: 0)
                + values.map { String(format: "%11.4g", $0) }.joined() + "\n"
        }
        return entries.map { entry in
            let interval = entry.suspicious.wilsonInterval
            return "Distance to the nearest training image: \(entry.distance)\n"
                + row("quantile", Self.shares) + row("generated", entry.generated)
                + row("held out", entry.heldOut)
                + String(
                    format: "%d of %d generated are nearer than the first percentile of held-out "
                        + "images (95 %% interval %.1f-%.1f %%)\n",
                    entry.suspicious.count,
                    entry.suspicious.total,
                    100 * interval.lowerBound,
                    100 * interval.upperBound
                )
        }.joined(separator: "\n")
    }
}
