import Foundation
import Imaging
import Synchronization
import Tensors
import TestSupport
import Testing

@testable import Workflows

/// Whole edits, from file to file.
final class EditImageTests: Sendable {
    private let folder: String

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "edit-\(UUID())").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    private func goldenPicture(_ name: String) throws -> PixelImage {
        let tensor = try Goldens.tensors("editing/runs.safetensors")[name]
        return try PixelImage(
            width: tensor.size(1),
            height: tensor.size(0),
            channelCount: tensor.size(2),
            samples: .uint8(try tensor.bytes())
        )
    }

    private func request(_ edit: EditImage.Edit, _ picture: PixelImage, model: String) throws
        -> EditImage.Request
    {
        let path = "\(folder)/source.png"
        if !FileManager.default.fileExists(atPath: path) { try picture.writePNG(to: path) }
        var request = EditImage.Request(source: path, edit: edit, seed: 7)
        request.prompt = "An X-ray of the hand"
        request.negativePrompt = "blurry, text"
        request.inferenceStepCount = 10
        request.guidanceScale = 7.5
        request.model = Goldens.model(model).path
        request.outputFolder = "\(folder)/out"
        return request
    }

    /// Runs an edit and reads the first picture.
    private func result(_ request: EditImage.Request) async throws -> PixelImage {
        let paths = Mutex<[String]>([])
        try await EditImage(request).run { event in
            if case .finished(let record) = event { paths.withLock { $0.append(record.path) } }
        }
        return try PixelImage.read(path: try #require(paths.withLock { $0.first }))
    }

    /// The picture is lopsided, so that this also says that nothing was turned or mirrored.
    @Test func `a restyled file is that of diffusers`() async throws {
        let source = try goldenPicture("picture.3")
        var request = try request(.restyle(strength: 0.5), source, model: "tiny-sd1")
        request.size = ImageSize(width: 40, height: 64)
        request.scheduler = "euler"
        let found = try await result(request)
        let expected = try goldenPicture("tiny-sd1/img2img/euler/0.5/7")
        #expect(found.layout == expected.layout)
        let differences = zip(found.byteSamples, expected.byteSamples)
            .map { abs(Int($0) - Int($1)) }
        #expect(differences.max() ?? 256 <= 1)
    }

    @Test func `strength 0 gives the same reconstruction by both ways`() async throws {
        let source = try goldenPicture("picture.1")
        let restyled = try await result(
            request(.restyle(strength: 0), source, model: "tiny-radiograph")
        )
        let varied = try await result(request(.vary(strength: 0), source, model: "tiny-radiograph"))
        #expect(restyled == varied)
        #expect(restyled.layout == source.layout)
    }

    private func outpainting(_ source: PixelImage) throws -> EditImage.Request {
        var request = try request(
            .outpaint(.init(extent: .margins(left: 30, up: 20, right: 0, down: 41))),
            source,
            model: "tiny-radiograph"
        )
        request.inferenceStepCount = 2
        return request
    }

    @Test func `an outpainting that was stopped goes on and ends the same`() async throws {
        let source = try goldenPicture("picture.1")
        var whole = try outpainting(source)
        whole.outputFolder = "\(folder)/whole"
        let expected = try await result(whole)
        let stopped = try outpainting(source)
        let task = Task {
            try await EditImage(stopped).run { event in
                guard case .progressed(let progress) = event, progress.step == 5 else { return }
                withUnsafeCurrentTask { $0?.cancel() }
            }
        }
        await #expect(throws: CancellationError.self) { try await task.value }
        let left = try FileManager.default.contentsOfDirectory(atPath: "\(folder)/out")
        #expect(left.count == 1)
        #expect(left.first?.hasSuffix(".partial.safetensors") == true)
        let first = Mutex<Int?>(nil)
        try await EditImage(stopped).run { event in
            guard case .progressed(let progress) = event else { return }
            first.withLock { $0 = $0 ?? progress.step }
        }
        let firstStep = first.withLock { $0 }
        #expect(firstStep == 5, "two windows of two steps are kept")
        let names = try FileManager.default.contentsOfDirectory(atPath: "\(folder)/out")
        #expect(names.count == 1)
        #expect(try PixelImage.read(path: "\(folder)/out/\(names[0])") == expected)
    }

    @Test func `an outpainting tells how visible its seams are`() async throws {
        let request = try outpainting(try goldenPicture("picture.1"))
        let measures = Mutex<[String: Double]>([:])
        try await EditImage(request).run { event in
            guard case .finished(let record) = event else { return }
            measures.withLock { $0 = record.measures }
        }
        let found = measures.withLock { $0 }
        #expect(Set(found.keys) == ["seam_score", "seam_score_worst"])
        #expect(found.values.allSatisfy { $0.isFinite && $0 > 0 })
    }
}
