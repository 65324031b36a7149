import Foundation
import Imaging
import Pipelines
import Testing

@testable import Workflows

struct EditingWordsTests {
    @Test func `a removal's prompt loses the element's words, the negative prompt gains them`() {
        let prompts = Removal.prompts(
            "An X-ray of the shoulder with a side marker, normal",
            "blurry",
            without: "Side marker"
        )
        #expect(prompts.prompt == "An X-ray of the shoulder, normal")
        #expect(prompts.negativePrompt == "blurry, Side marker")
        let plain = Removal.prompts("A knee", "", without: "")
        #expect([plain.prompt, plain.negativePrompt] == ["A knee", ""])
    }

    @Test(
        arguments: [
            ("A chest X-ray with a side marker", "side marker", "A chest X-ray"),
            ("A marker, and an X-ray of the knee", "marker", "and an X-ray of the knee"),
            ("An X-ray of the hip, without the implant.", "implant", "An X-ray of the hip"),
            (
                "An X-ray of the shoulder with an implant and a screw", "implant",
                "An X-ray of the shoulder and a screw"
            ),
            ("Electrodes", "electrodes", ""),
        ]
    )
    func `what led to a removed word goes with it`(prompt: String, element: String, kept: String) {
        #expect(Removal.prompts(prompt, "", without: element).prompt == kept)
    }

    @Test func `the body plan goes both ways from the region that the prompt names`() throws {
        let plan = try BodyPlan(named: "An X-ray of the knee, frontal")
        #expect(plan.prompt(at: 0.285) == "An X-ray of the knee, frontal")
        #expect(plan.prompt(at: 0.4) == "An X-ray of the thigh, frontal")
        #expect(plan.prompt(at: 0.53) == "An X-ray of the pelvis, frontal")
        #expect(plan.prompt(at: 0.15) == "An X-ray of the lower leg, frontal")
        #expect(plan.prompt(at: 2) == "An X-ray of the head, frontal")
        #expect(plan.prompt(at: -1) == "An X-ray of the foot, frontal")
        #expect(throws: EditError.self) { try BodyPlan(named: "An X-ray of a fish") }
    }

    @Test func `the plan's regions follow each other from sole to crown`() throws {
        let regions = try BodyPlan(named: "chest").regions
        #expect(regions.first?.from == 0)
        #expect(regions.last?.to == 1)
        for (lower, upper) in zip(regions, regions.dropFirst()) { #expect(lower.to == upper.from) }
    }

    @Test(arguments: [
        "{}", "[]", "{\"source_center\": 0.2, \"source_height\": 0.1, \"regions\": []}",
        """
        {"source_center": 0.2, "source_height": 0, "regions": \
        [{"name": "a", "from": 0, "to": 1, "prompt": "b"}]}
        """,
        """
        {"source_center": 0.2, "source_height": 0.1, "regions": \
        [{"name": "a", "from": 1, "to": 0, "prompt": "b"}]}
        """,
    ])
    func `a file that is no plan is refused by name`(text: String) throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).json").path
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(atPath: path) }
        let error = #expect(throws: EditError.self) { try BodyPlan(path: path) }
        #expect(error?.description.hasPrefix("\(path) is no plan") == true)
    }
}

struct CanvasPlanTests {
    private let source: EditablePixels

    init() throws {
        source = EditablePixels(
            try PixelImage(width: 30, height: 20, channelCount: 1, bitDepth: 8)
        )
    }

    private func plan(
        _ extent: EditImage.Outpainting.Extent,
        _ words: EditImage.Outpainting.Words = .prompt,
        prompt: String = "An X-ray of the knee"
    ) throws -> CanvasPlan {
        try CanvasPlan(
            .init(extent: extent, words: words),
            around: source,
            prompt: prompt,
            window: ImageSize(width: 32, height: 32),
            factor: 8
        )
    }

    @Test func `margins say where the picture lies, on the latent grid`() throws {
        let plan = try plan(.margins(left: 13, up: 0, right: 5, down: 50))
        #expect([plan.width, plan.height, plan.x, plan.y] == [48, 70, 13, 0] as [Int])
        let source = plan.layout.source
        #expect(source == PixelRectangle(x: 16, y: 0, width: 30, height: 20))
        #expect(plan.visible == PixelRectangle(x: 3, y: 0, width: 48, height: 70))
        #expect(plan.visible.fits(width: plan.layout.width, height: plan.layout.height))
        #expect(plan.mask.count == 48 * 70 - 30 * 20)
        #expect(!plan.mask[13, 0])
        #expect(plan.mask[12, 0])
    }

    @Test func `a size puts the picture in the middle, or where the body has it`() throws {
        let size = EditImage.Outpainting.Extent.size(ImageSize(width: 100, height: 140))
        let middle = try plan(size)
        #expect([middle.x, middle.y] == [35, 60] as [Int])
        // A body of 20 / 0.147 = 136 pixels; the middle of the knee is 0.285 of it above the sole.
        let body = try plan(size, .body)
        #expect([body.x, body.y] == [35, 89] as [Int])
        #expect(body.prompts.count == body.layout.windows.count)
        #expect(body.prompts.contains("An X-ray of the chest"))
        #expect(body.prompts.contains("An X-ray of the ankle"))
    }

    @Test(
        arguments: [
            .size(ImageSize(width: 30, height: 20)), .size(ImageSize(width: 29, height: 400)),
            .size(ImageSize(width: 1_000_000, height: 400)),
            .size(ImageSize(width: -4, height: 40)),
            .margins(left: 0, up: 0, right: 0, down: 0),
            .margins(left: -1, up: 9, right: 0, down: 0),
            .margins(left: .max, up: 0, right: 1, down: 0),
        ] as [EditImage.Outpainting.Extent]
    )
    func `a canvas that cannot be painted is refused`(extent: EditImage.Outpainting.Extent) {
        #expect(throws: EditError.self) { try plan(extent) }
    }
}
