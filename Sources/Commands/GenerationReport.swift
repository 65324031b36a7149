import Foundation
import Imaging
import Synchronization
import Workflows

/// Tells the user how a generation goes: results on the output, all else on the errors.
///
/// On a terminal a bar shows the steps; elsewhere each picture gets a line.
final class GenerationReport: Sendable {
    private let context: CommandContext
    private let isJSON: Bool
    private let state = Mutex(State())

    private struct State {
        var hasBar = false
        var finishedCount = 0
        var imageCount = 0
        var remaining: Duration?
    }

    init(_ context: CommandContext, isJSON: Bool) {
        self.context = context
        self.isJSON = isJSON
    }

    /// Shows an event.
    func show(_ event: GenerateImages.Event) {
        state.withLock { state in
            switch event {
            case .started(let start):
                state.imageCount = start.imageCount
                line(
                    "drawing with \(start.model): images \(start.imageCount), "
                        + "steps \(start.inferenceStepCount)",
                    &state
                )
                if start.presentCount > 0 {
                    line("\(start.presentCount) of them are there already", &state)
                }
            case .warning(let text):
                line("warning: \(text)", &state)
            case .progressed(let progress):
                state.remaining = progress.remaining
                if let width = context.terminalWidth {
                    context.errors.write(ProgressBar(progress).text(width: width))
                    state.hasBar = true
                }
            case .finished(let picture):
                state.finishedCount += 1
                finish(picture, &state)
            case .refused(let refusal):
                if refusal.promptCount > 1 { line("refused: \(refusal.reason)", &state) }
                if isJSON { context.output.write(json(RefusalLine(refusal.reason))) }
            case .failed(let failure):
                fail(failure, &state)
            case .wroteSheet(let path):
                clear(&state)
                context.output.write(isJSON ? json(SheetLine(path: path)) : "\(path)\n")
            }
        }
    }

    /// Says something by the way.
    func note(_ text: String) {
        state.withLock { line(text, &$0) }
    }

    /// Says how to go on after an interruption.
    func interrupted(resume command: String) {
        state.withLock { state in
            let count = state.imageCount
            line("stopped; \(state.finishedCount) of \(count) images are finished and kept", &state)
            line("to go on: \(command)", &state)
        }
    }

    /// Says in one line what failed.
    func complain(_ error: any Error) {
        let text = "\(error)".split(whereSeparator: \.isNewline).joined(separator: " ")
        state.withLock { line("error: \(text)", &$0) }
    }

    private func finish(_ picture: GenerateImages.Picture, _ state: inout State) {
        if let duration = picture.duration, context.terminalWidth == nil {
            let rest = state.remaining.map { ", \(ProgressBar.text($0)) left" } ?? ""
            let seconds = String(format: "%.1f s", ProgressBar.seconds(duration))
            line("image \(picture.position) of \(state.imageCount): \(seconds)\(rest)", &state)
        }
        for (name, value) in picture.measures.sorted(by: { $0.key < $1.key }) {
            line("\(name.replacing("_", with: " ")): \(String(format: "%.3f", value))", &state)
        }
        clear(&state)
        context.output.write(isJSON ? json(ImageLine(picture)) : "\(picture.path)\n")
    }

    private func fail(_ failure: GenerateImages.Failure, _ state: inout State) {
        line(
            "image \(failure.position) of \(state.imageCount) failed (\"\(failure.prompt)\", "
                + "seed \(failure.seed)): \(failure.reason)",
            &state
        )
        if isJSON { context.output.write(json(FailureLine(failure))) }
    }

    private func line(_ text: String, _ state: inout State) {
        clear(&state)
        context.errors.write("skiagraph: \(text)\n")
    }

    /// Wipes the bar off the terminal.
    private func clear(_ state: inout State) {
        guard state.hasBar else { return }
        context.errors.write("\r\u{1B}[K")
        state.hasBar = false
    }

    private func json(_ value: some Encodable) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let data = (try? encoder.encode(value)) ?? Data("{}".utf8)
        return String(decoding: data, as: UTF8.self) + "\n"
    }
}
