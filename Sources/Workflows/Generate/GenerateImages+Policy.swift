import Imaging
import Pipelines
import PromptPolicy

extension GenerateImages {
    /// Refuses the request as a whole where the policy refuses one of its prompts.
    ///
    /// Each refused prompt is put on record once, however many pictures of it were asked for.
    /// - Throws: `WorkflowError.refusedPrompts`, or `ArchiveError`.
    func checkPolicy(
        _ images: [PlannedImage],
        _ recorder: ImageRecorder,
        report: (Event) -> Void
    ) throws {
        let firsts = images.filter { $0.provenance.index == 0 }
        var refusals: [PromptRefusal] = []
        for image in firsts {
            do throws(PromptRefusal) {
                try policy.check(
                    image.request.prompt,
                    negativePrompt: image.request.negativePrompt
                )
            } catch {
                refusals.append(error)
                try recorder.recordRefusal(of: image.provenance, because: error)
                report(.refused(Refusal(reason: error, promptCount: firsts.count)))
            }
        }
        guard refusals.isEmpty else {
            throw WorkflowError.refusedPrompts(refusals, promptCount: firsts.count)
        }
    }
}
