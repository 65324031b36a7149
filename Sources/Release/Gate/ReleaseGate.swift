import Archive
import Imaging
import PromptPolicy

/// Decides which images may leave: those that experts have accepted, whose requests keep the policy, that do not repeat
/// a training image, and whose origin is on record.
struct ReleaseGate {
    let archive: ImageArchive
    let policy: PromptPolicy

    /// What stands in the way of an image; nothing if it may leave.
    func obstacles(to record: ImageRecord) throws(ArchiveError) -> [Obstacle] {
        let lineage = try archive.lineage(of: record)
        var obstacles: [Obstacle] = []
        if let obstacle = try reviewObstacle(to: record) { obstacles.append(obstacle) }
        // What an image was edited from is told along with it.
        for image in [record] + lineage.ancestors {
            if let refusal = refusal(of: image) { obstacles.append(.refused(refusal)) }
        }
        switch try archive.memorizationCheck(of: record.id) {
        case nil: obstacles.append(.notChecked)
        case let check? where !check.isPassed: obstacles.append(.memorized(check))
        default: break
        }
        if record.provenance == nil { obstacles.append(.noProvenance) }
        if let sha256 = lineage.missingAncestorSHA256 {
            obstacles.append(.unknownParent(sha256: sha256))
        }
        return obstacles
    }

    /// The prompt of a request as it may be told: without personal data.
    func tellablePrompt(of record: ImageRecord) -> String? {
        refusal(of: record)?.recordedPrompt ?? record.provenance?.prompt
    }

    private func reviewObstacle(to record: ImageRecord) throws(ArchiveError) -> Obstacle? {
        switch record.review {
        case .accepted: return nil
        case .rejected:
            let standing = try archive.votes(on: record.id).filter { !$0.isSuperseded }
            let found = Set(standing.flatMap(\.reasons))
            return .rejected(Vote.Reason.allCases.filter(found.contains))
        default: return .undecided(record.review)
        }
    }

    private func refusal(of record: ImageRecord) -> PromptRefusal? {
        guard let provenance = record.provenance else { return nil }
        do throws(PromptRefusal) {
            try policy.check(provenance.prompt, negativePrompt: provenance.negativePrompt)
            return nil
        } catch { return error }
    }
}
