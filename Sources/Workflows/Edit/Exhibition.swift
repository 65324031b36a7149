import Archive
import Imaging
import PromptPolicy

/// Where the pictures of an edit go: their files, the archive, and whoever listens.
struct Exhibition {
    private let easel: Easel
    private let recorder: ImageRecorder
    /// The file of the mask, for the archive.
    private let mask: [UInt8]?
    private let report: @Sendable (EditImage.Event) -> Void

    init(of easel: Easel, report: @escaping @Sendable (EditImage.Event) -> Void) throws {
        self.easel = easel
        self.report = report
        recorder = try ImageRecorder(workspace: easel.request.workspace)
        mask = try easel.mask?.image.encodedPNG()
    }

    /// Refuses the edit where the policy refuses one of its prompts; each of these is put on record.
    ///
    /// - Throws: `WorkflowError.refusedPrompts`, or `ArchiveError`.
    func refuse(by policy: PromptPolicy) throws {
        let prompts = easel.prompts
        var refusals: [PromptRefusal] = []
        for prompt in prompts {
            do throws(PromptRefusal) {
                try policy.check(prompt, negativePrompt: easel.negativePrompt)
            } catch {
                refusals.append(error)
                let provenance = easel.plannedPicture(0).provenance
                try recorder.recordRefusal(of: provenance, because: error)
                report(.refused(.init(reason: error, promptCount: prompts.count)))
            }
        }
        guard refusals.isEmpty else {
            throw WorkflowError.refusedPrompts(refusals, promptCount: prompts.count)
        }
    }

    /// Tells that the work begins, and shows what an earlier run has painted.
    ///
    /// - Returns: the indices of those pictures.
    func showPresent(_ pictures: [EditedPicture]) throws -> Set<Int> {
        let found = try pictures.map { try $0.provenance.existing(at: $0.path) }
        let present = Set(found.indices.filter { found[$0] != nil })
        report(.started(easel.start(presentCount: present.count)))
        for (picture, provenance) in zip(pictures, found) {
            guard let provenance else { continue }
            let draft = ImageDraft(provenance: provenance)
            let id = try recorder.add(File.read(picture.path), as: draft, mask: mask)
            report(.finished(.init(picture.shownPath, id, provenance, picture.index, nil)))
        }
        return present
    }

    /// Records a painted picture, writes it, and tells of it.
    func show(_ picture: EditedPicture) throws {
        guard let painting = picture.painting else { return }
        let provenance = picture.provenance
        let bytes = try easel.source.encodedPNG(painting.pixels, provenance)
        // On record first: whatever happens next, no file is without a record.
        let id = try recorder.add(bytes, as: picture.draft, mask: mask)
        if let path = picture.dicomPath {
            try writeDICOM(painting.pixels, png: bytes, provenance, to: path)
        }
        try File.create(picture.path, bytes)
        if easel.request.compares, let comparison = painting.comparison {
            let text = PNGText(keyword: PNGText.xmpKeyword, value: provenance.xmpPacket)
            try comparison.writePNG(to: "\(picture.path.dropLast(4))-compare.png", text: [text])
        }
        try easel.discardState(of: picture)
        let (index, duration, measures) = (picture.index, picture.duration, painting.measures)
        report(
            .finished(
                .init(picture.shownPath, id, provenance, index, duration, measures: measures)
            )
        )
    }

    /// Writes the DICOM file before the PNG, which tells the next run that both are there.
    private func writeDICOM(
        _ pixels: EditablePixels,
        png: [UInt8],
        _ provenance: Provenance,
        to path: String
    ) throws {
        guard let bytes = try easel.source.encodedDICOM(pixels, png: png, provenance) else {
            return
        }
        do throws(ImagingError) {
            try File.create(path, bytes)
        } catch .fileExists {
            // A run that was stopped between the two files has left the same bytes.
            guard try File.read(path) == bytes else { throw ImagingError.fileExists(path: path) }
        }
    }

    /// Records why a picture could not be painted.
    func note(_ error: any Error, of picture: EditedPicture) {
        recorder.noteFailure(of: picture.draft, because: error) { report(.warning($0)) }
    }
}
