import Foundation
import Tensors

/// The newest states of a run, in its folder.
///
/// The latest is `checkpoint.safetensors`; those before it carry their step, as in
/// `checkpoint-1200.safetensors`. Each appears whole or not at all, and none is touched again.
public struct Checkpoints {
    /// The file that a run continues from.
    public var latest: String { "\(folder)/checkpoint.safetensors" }
    private let folder: String
    private let keptCount: Int

    /// Keeps the latest `keptCount` in `folder`.
    public init(folder: String, keptCount: Int) {
        self.folder = folder
        self.keptCount = keptCount
    }

    /// Whether there is no state to continue from.
    public var isEmpty: Bool { access(latest, F_OK) != 0 }

    /// Writes the state; the latest one before it is kept under its step while there is room for it.
    ///
    /// - Parameters:
    ///   - state: what is written.
    ///   - metadata: short texts that are stored with it.
    /// - Throws: `SafetensorsError`, after which all former checkpoints are still there.
    public func save(_ state: TrainingState, metadata: [String: String] = [:]) throws {
        if keptCount > 1, let file = try? SafetensorsFile(path: latest),
            let step = file.metadata["step"].flatMap(Int.init), step != state.step
        {
            // Where a killed run has left the link already, it is to the same state.
            link(latest, path(of: step))
        }
        // Room is made first: a full disk must not be what old states cause.
        for step in try formerSteps().dropFirst(keptCount - 1) { unlink(path(of: step)) }
        try state.save(to: latest, metadata: metadata)
    }

    /// The steps of the checkpoints before the latest, the newest first.
    public func formerSteps() throws -> [Int] {
        try FileManager.default.contentsOfDirectory(atPath: folder)
            .compactMap { $0.wholeMatch(of: /checkpoint-(\d+)\.safetensors/)?.1 }
            .compactMap { Int($0) }.sorted(by: >)
    }

    private func path(of step: Int) -> String { "\(folder)/checkpoint-\(step).safetensors" }
}
