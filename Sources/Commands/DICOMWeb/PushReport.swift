import Foundation
import Workflows

/// Tells the user how a push goes: one line an image on the output, all else on the errors.
struct PushReport: Sendable {
    private let context: CommandContext
    private let isJSON: Bool

    init(_ context: CommandContext, isJSON: Bool) {
        self.context = context
        self.isJSON = isJSON
    }

    /// Shows an event.
    func show(_ event: PushToDICOMweb.Event) {
        switch event {
        case .stored(let name, let uid): line(Line(status: "stored", name: name, uid: uid))
        case .present(let name, let uid): line(Line(status: "present", name: name, uid: uid))
        case .failed(let name, let reason):
            note("\(name) was not stored: \(reason)")
            if isJSON { line(Line(status: "failed", name: name, reason: reason)) }
        case .retrying(let reason, let pause):
            note("\(reason); trying again in \(pause.components.seconds) s")
        }
    }

    /// Says something beside the results.
    func note(_ text: String) {
        let line = text.split(whereSeparator: \.isNewline).joined(separator: " ")
        context.errors.write("skiagraph: \(line)\n")
    }

    private struct Line: Encodable {
        let status: String
        let name: String
        var uid: String?
        var reason: String?

        enum CodingKeys: String, CodingKey {
            case status
            case name
            case uid = "sop_instance_uid"
            case reason
        }
    }

    private func line(_ line: Line) {
        guard isJSON else {
            context.output.write("\(line.status) \(line.name)\n")
            return
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(line) else { return }
        context.output.write(String(decoding: data, as: UTF8.self) + "\n")
    }
}
