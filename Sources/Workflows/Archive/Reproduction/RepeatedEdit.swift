import Archive
import Foundation
import Imaging
import Pipelines
import Schedulers

/// A picture edited once more as its record tells.
struct RepeatedEdit: ReproducibleWork {
    private let provenance: Provenance
    private let easel: Easel
    private let picture: EditedPicture

    /// Finds the source and the mask, and makes sure that the request is the same again.
    ///
    /// - Throws: `ReproduceImage.Failure`, `ArchiveError`, and what an edit throws.
    init(
        of record: ImageRecord,
        _ provenance: Provenance,
        in archive: ImageArchive,
        _ materials: ReproduceImage.Materials,
        modelFolder: String
    ) throws {
        let settings = EditSettings(provenance.edit ?? "")
        func refusal(_ reason: String) -> ReproduceImage.Failure {
            .notReproducible(id: record.id, reason: reason)
        }
        let path = try Self.sourcePath(of: record, provenance, in: archive, materials)
        let source = try EditingSource(path: path)
        guard source.sha256 == provenance.parentSHA256 else {
            throw ReproduceImage.Failure.otherSource(
                path: path,
                found: source.sha256,
                expected: provenance.parentSHA256 ?? "none"
            )
        }
        let mask = try materials.mask ?? archive.maskPath(of: record)
        guard mask != nil || !settings.takesMask else {
            throw refusal("its mask is not in the archive; give it with --mask")
        }
        let edit = settings.edit(
            maskPath: mask,
            canvas: (provenance.width, provenance.height),
            source: source,
            plan: materials.plan
        )
        guard let edit else { throw refusal("this version does not know the edit \(settings)") }
        var request = EditImage.Request(source: path, edit: edit, seed: provenance.seed)
        request.prompt = provenance.prompt
        request.negativePrompt = provenance.negativePrompt ?? ""
        request.inferenceStepCount = provenance.inferenceStepCount
        request.guidanceScale = provenance.guidanceScale
        request.size = settings.size
        // A canvas of several windows is kept here while it is painted.
        request.outputFolder =
            FileManager.default.temporaryDirectory
            .appending(path: "skiagraph-\(UUID().uuidString)").path
        do {
            easel = try Easel(
                request,
                source,
                try PipelineConfiguration(modelFolder: modelFolder),
                try provenance.requestedScheduler.map { try SchedulerKind(named: $0) },
                warn: { _ in }
            )
        } catch EditError.noRegion {
            throw refusal("its windows were painted by a file of prompts; give it with --plan")
        }
        var picture = easel.plannedPicture(provenance.index)
        let planned = EditSettings(picture.provenance.edit ?? "")
        guard settings.paintsAs(planned) else {
            throw refusal(
                "it was painted as \(settings), and its request now means \(planned); model, version "
                    + "or the file of prompts (--plan) are others"
            )
        }
        guard picture.provenance.maskSHA256 == provenance.maskSHA256 else {
            throw refusal("the mask is not the one that its record names")
        }
        picture.provenance = provenance
        self.picture = picture
        self.provenance = provenance
    }

    func makeFile(
        with engine: TextToImageEngine,
        progress: @escaping @Sendable (_ step: Int, _ stepCount: Int) -> Void
    ) async throws -> [UInt8] {
        let folder = easel.request.outputFolder
        try OutputFolder.create(folder)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let painting = try await easel.paint(picture, with: engine, progress: progress)
        return try easel.source.encodedPNG(painting.pixels, provenance)
    }

    /// The file that was given, or the archive's.
    private static func sourcePath(
        of record: ImageRecord,
        _ provenance: Provenance,
        in archive: ImageArchive,
        _ materials: ReproduceImage.Materials
    ) throws -> String {
        if let source = materials.source { return source }
        let sha256 = provenance.parentSHA256 ?? ""
        let parents = try archive.records(withHash: sha256)
        guard let parent = parents.first(where: { $0.hasFile && $0.file?.sha256 == sha256 }) else {
            throw ReproduceImage.Failure.notReproducible(
                id: record.id,
                reason: "the file that was edited (SHA-256 \(sha256)) is not in the archive; "
                    + "give it with --source"
            )
        }
        return try archive.path(of: parent)
    }
}
