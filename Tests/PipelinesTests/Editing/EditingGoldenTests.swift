import Foundation
import Imaging
import Pipelines
import Schedulers
import Tensors
import TestSupport
import Testing

/// Edits against those of diffusers; Tests/Goldens/editing/README.md tells how they were made.
struct EditingGoldenTests {
    /// A run by its name in the goldens: model, task, scheduler, strength and seed.
    struct Run: CustomTestStringConvertible {
        let name: String

        var testDescription: String { name }

        /// Every run of the file, so that none can be left out.
        static let all: [Run] = {
            let keys = try? Goldens.tensors("editing/runs.safetensors").keys
            return (keys ?? []).filter { $0.contains("/") }.sorted().map(Run.init)
        }()
    }

    @Test func `the goldens are there`() {
        #expect(Run.all.count == 26)
    }

    @Test(arguments: Run.all)
    func `an edited picture differs from that of diffusers by at most one level`(run: Run)
        async throws
    {
        let goldens = try Goldens.tensors("editing/runs.safetensors")
        let parts = run.name.split(separator: "/").map(String.init)
        let isGrey = parts[0] == "tiny-radiograph"
        let picture = try Self.picture(goldens["picture.\(isGrey ? 1 : 3)"])
        let mask = PixelMask.reading(try Self.picture(goldens["mask"].unsqueezed(2))).mask
        let request = ImageEditRequest(
            text: TextToImageRequest(
                prompt: "An X-ray of the hand",
                negativePrompt: "blurry, text",
                seed: try #require(UInt64(parts[4])),
                inferenceStepCount: 10,
                guidanceScale: 7.5,
                width: picture.width,
                height: picture.height,
                scheduler: try SchedulerKind(named: parts[2])
            ),
            picture: picture,
            change: parts[1] == "inpaint" ? .inpaint(mask) : .restyle,
            strength: try #require(Double(parts[3]))
        )
        let engine = try TextToImageEngine(modelFolder: Goldens.model(parts[0]).path)
        let edited = try await engine.edit(request).convertedTo8Bit()
        let expected = try goldens[run.name]
        #expect([edited.height, edited.width, edited.channelCount] == expected.shape)
        let differences = zip(edited.bytes, try expected.bytes()).map { abs(Int($0) - Int($1)) }
        #expect(differences.count == expected.elementCount)
        #expect(differences.max() ?? 256 <= 1)
    }

    /// An image of a `uint8` tensor `[H, W, C]`.
    private static func picture(_ tensor: Tensor) throws -> PixelImage {
        try PixelImage(
            width: tensor.size(1),
            height: tensor.size(0),
            channelCount: tensor.size(2),
            samples: .uint8(try tensor.bytes())
        )
    }
}
