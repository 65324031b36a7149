import Foundation
import Imaging
import Pipelines
import Schedulers
import TestSupport
import Testing

struct EditingEngineTests {
    private let engine: TextToImageEngine
    private let picture: PixelImage

    init() throws {
        engine = try TextToImageEngine(modelFolder: Goldens.model("tiny-radiograph").path)
        let values: [UInt8] = (0..<32 * 24).map { index in
            let (column, row) = (index % 24, index / 24)
            return UInt8(40 + column * 7 + row)
        }
        picture = try PixelImage(width: 24, height: 32, grey: values)
    }

    private func request(
        _ change: ImageEditRequest.Change,
        strength: Double,
        seed: UInt64 = 3,
        guidance: Double = 1
    ) -> ImageEditRequest {
        ImageEditRequest(
            text: TextToImageRequest(
                prompt: "hand",
                seed: seed,
                inferenceStepCount: 8,
                guidanceScale: guidance,
                width: 24,
                height: 32
            ),
            picture: picture,
            change: change,
            strength: strength
        )
    }

    private func difference(_ first: PixelImage, _ second: PixelImage) throws -> Double {
        let (first, second) = (first.convertedTo8Bit().bytes, second.convertedTo8Bit().bytes)
        try #require(first.count == second.count)
        return Double(zip(first, second).map { abs(Int($0) - Int($1)) }.reduce(0, +))
            / Double(first.count)
    }

    @Test func `strength 0 gives the reconstruction, whatever the seed`() async throws {
        let restyled = try await engine.edit(request(.restyle, strength: 0))
        #expect(try await engine.edit(request(.vary, strength: 0, seed: 9)) == restyled)
        #expect(restyled.bitDepth == 16)
        #expect(restyled.channelCount == 1)
    }

    /// PNDM has more timesteps than steps; none of them may be left over.
    @Test(arguments: SchedulerKind.allCases)
    func `strength 0 takes no step, whatever the scheduler`(kind: SchedulerKind) async throws {
        var restyling = request(.restyle, strength: 0)
        restyling.text.scheduler = kind
        let restyled = try await engine.edit(restyling) { _, _ in
            Issue.record("a step was taken")
        }
        #expect(try await engine.edit(request(.vary, strength: 0)) == restyled)
    }

    @Test func `variations of a small strength stay nearer to the picture than of a large one`()
        async throws
    {
        let original = try await engine.edit(request(.vary, strength: 0))
        let distances = try await [0.25, 0.5, 1].asyncMap { strength in
            try difference(await engine.edit(request(.vary, strength: strength)), original)
        }
        #expect(distances == distances.sorted())
        #expect(distances[0] < distances[2] / 2)
    }

    @Test func `variations of one seed are equal, of another not`() async throws {
        let variation = try await engine.edit(request(.vary, strength: 0.6))
        #expect(try await engine.edit(request(.vary, strength: 0.6)) == variation)
        #expect(try await engine.edit(request(.vary, strength: 0.6, seed: 4)) != variation)
    }

    @Test(arguments: [-0.1, 1.1, .nan])
    func `a strength goes from 0 to 1`(strength: Double) {
        #expect(throws: PipelineError.self) {
            try engine.configuration.validate(request(.restyle, strength: strength))
        }
    }

    @Test func `a mask needs the picture's size, something to repaint and something to keep`()
        throws
    {
        func validate(_ mask: PixelMask) throws {
            try engine.configuration.validate(request(.inpaint(mask), strength: 1))
        }
        let mismatch = ImagingError.maskSize(
            width: 8,
            height: 8,
            expectedWidth: 24,
            expectedHeight: 32
        )
        #expect(throws: mismatch) { try validate(PixelMask(width: 8, height: 8)) }
        #expect(throws: ImagingError.emptyMask) { try validate(PixelMask(width: 24, height: 32)) }
        #expect(throws: ImagingError.fullMask) {
            try validate(PixelMask(width: 24, height: 32, repaintsAll: true))
        }
    }

    @Test func `a model for inpainting does nothing else`() async throws {
        let path = Goldens.model("tiny-inpainting").path
        let engine = try TextToImageEngine(modelFolder: path)
        let expected = PipelineError.onlyInpaints(folder: path)
        #expect(throws: expected) {
            try engine.configuration.validate(request(.vary, strength: 0.5))
        }
        #expect(throws: expected) {
            try engine.configuration.validate(request(.restyle, strength: 0.5).text)
        }
        var mask = try PixelMask(width: 24, height: 32)
        try mask.add(PixelRectangle(x: 4, y: 4, width: 9, height: 9))
        try engine.configuration.validate(request(.inpaint(mask), strength: 1))
    }
}

extension Sequence {
    fileprivate func asyncMap<Result>(_ transform: (Element) async throws -> Result) async rethrows
        -> [Result]
    {
        var results: [Result] = []
        for element in self { results.append(try await transform(element)) }
        return results
    }
}
