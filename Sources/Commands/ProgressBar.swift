import Foundation
import Workflows

/// One line of a terminal: how far a generation is.
struct ProgressBar {
    private let progress: GenerateImages.Progress

    init(_ progress: GenerateImages.Progress) {
        self.progress = progress
    }

    /// The line, written over the one before, cut to the terminal's columns.
    func text(width: Int) -> String {
        let (image, step) = (progress.image, progress.step)
        let counts = "image \(image)/\(progress.imageCount)  step \(step)/\(progress.stepCount)"
        let rest = "\(counts)  \(Self.text(progress.remaining)) left"
        let room = max(0, min(30, width - rest.count - 4))
        let total = max(1, progress.imageCount * progress.stepCount)
        let done = min(total, (image - 1) * progress.stepCount + step)
        let filled = room * done / total
        let bar =
            String(repeating: "#", count: filled)
            + String(repeating: "-", count: room - filled)
        let line = room > 4 ? "[\(bar)] \(rest)" : rest
        return "\r\(line.prefix(max(0, width - 1)))\u{1B}[K"
    }

    /// A duration such as "42 s", "3 min 05 s" or "2 h 10 min".
    static func text(_ duration: Duration) -> String {
        let seconds = Int(seconds(duration).rounded(.up))
        return switch seconds {
        case ..<60: "\(seconds) s"
        case ..<3600: String(format: "%d min %02d s", seconds / 60, seconds % 60)
        default: String(format: "%d h %02d min", seconds / 3600, seconds / 60 % 60)
        }
    }

    static func seconds(_ duration: Duration) -> Double { duration / .seconds(1) }
}
