import Foundation
import Imaging
import ReaderStudy
import StudyStore
import TestSupport
import Testing
import Workflows

struct CreateStudyTests {
    private let images = StudyImages()
    private let now = Date(timeIntervalSince1970: 1_780_000_000)

    private func request(
        real: String?,
        synthetic: String,
        change: (inout CreateStudy.Request) -> Void = { _ in }
    ) -> CreateStudy.Request {
        var request = CreateStudy.Request(
            definition: StudyDefinition(name: "lungs", order: ReadingOrder.Design(seed: 3)),
            real: real,
            synthetic: synthetic,
            readers: ["Anna", "Bert"],
            workspace: images.workspace,
            lead: "lead"
        )
        change(&request)
        return request
    }

    private func create(
        _ request: CreateStudy.Request
    ) async throws -> (made: CreateStudy.Result, warnings: [String]) {
        var warnings: [String] = []
        let made = try await CreateStudy(request)(at: now) { event in
            if case .warning(let text) = event { warnings.append(text) }
        }
        return (made, warnings)
    }

    @Test func `images of like origin give a study without a warning`() async throws {
        let (made, warnings) = try await create(
            request(
                real: images.folder("real", seeds: 0..<16),
                synthetic: images.folder("fake", seeds: 100..<116)
            ) {
                $0.repeatShare = 0.25
                $0.sessionCount = 2
            }
        )
        #expect(warnings.isEmpty)
        #expect(made.cases.count == 32 && made.cases.count { $0.truth == .real } == 16)
        #expect(made.showingCount == 40)
        #expect(made.preparation.side == 48)
        let check = try #require(made.preparation.matched)
        #expect(check.interval.lower < 0.5 && check.foldCount == 5)
        // Numbers tell nothing: both kinds stand in either half of the list.
        #expect((2...14).contains(made.cases.prefix(16).count { $0.truth == .real }))
        let store = try StudyStore(opening: "lungs", in: images.workspace)
        #expect(try await store.progress().map(\.total) == [40, 40])
        let order = store.definition.order
        #expect(order.blockCount == 2 && order.repeatCount == 8 && order.repeatSpacing == 16)
        let path = store.folder.path + "/preparation.json"
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
    }

    @Test func `a frame that only synthetic images have is found out and named`() async throws {
        let (made, warnings) = try await create(
            request(
                real: images.folder("real", seeds: 0..<12),
                synthetic: images.folder("fake", seeds: 100..<112, frame: 3)
            )
        )
        let check = try #require(made.preparation.matched)
        #expect(check.area > 0.95 && check.separates)
        #expect(warnings.count == 1)
        #expect(warnings[0].contains("the format alone tells real from synthetic images"))
        #expect(warnings[0].contains("border"))
    }

    @Test func `real images go through the autoencoder, synthetic ones as they are`() async throws {
        let real = try images.folder("real", seeds: 0..<6)
        let fake = try images.folder("fake", seeds: 100..<106)
        func shown(_ name: String, through model: String?) async throws -> [String: [UInt8]] {
            let (made, _) = try await create(
                request(real: real, synthetic: fake) {
                    $0.definition.name = name
                    $0.realThrough = model
                }
            )
            #expect(made.preparation.realThrough == model.map { _ in "tiny-radiograph" })
            var files: [String: [UInt8]] = [:]
            for item in made.cases {
                let image = try PixelImage.decode(try await made.store.image(of: item.caseID))
                files[item.source] = image.byteSamples
            }
            return files
        }
        let plain = try await shown("plain", through: nil)
        let model = Goldens.model("tiny-radiograph").path
        let through = try await shown("through", through: model)
        #expect(plain.count == 12 && Set(plain.keys) == Set(through.keys))
        for (source, samples) in plain {
            #expect((through[source] == samples) == source.contains("/fake/"), "\(source)")
        }
    }

    @Test func `unequal numbers of either kind are allowed, with a warning`() async throws {
        let (_, warnings) = try await create(
            request(
                real: images.folder("real", seeds: 0..<9),
                synthetic: images.folder("fake", seeds: 100..<106)
            )
        )
        #expect(warnings.count == 1)
        #expect(warnings[0].contains("calls everything real is right in 60 %"))
        #expect(warnings[0].contains("--images 6"))
    }

    @Test func `synthetic images alone are allowed, with a plain warning`() async throws {
        let (made, warnings) = try await create(
            request(
                real: nil,
                synthetic: images.folder(
                    "fake",
                    seeds: 0..<5,
                    text: StudyImages.provenance.pngText()
                )
            )
        )
        #expect(warnings.count == 1)
        #expect(
            warnings[0].contains("specificity and any comparison with chance will be undefined")
        )
        #expect(made.preparation.matched == nil && made.preparation.realSource == nil)
        // What the files tell of themselves.
        #expect(made.cases.allSatisfy { $0.truth == .fake && $0.modality == "XR" })
        #expect(made.cases.allSatisfy { $0.anatomy == "chest" && $0.sex == "female" })
        #expect(Set(made.preparation.models.values) == ["radiograph-mini"])
    }

    @Test func `the seed draws the images and decides everything`() async throws {
        let real = try images.folder("real", seeds: 0..<9)
        let fake = try images.folder("fake", seeds: 100..<109)
        func sources(_ name: String, seed: UInt64) async throws -> [String] {
            try await create(
                request(real: real, synthetic: fake) {
                    $0.definition.name = name
                    $0.definition.order.seed = seed
                    $0.imageCount = 4
                }
            ).made.cases.map(\.source)
        }
        let first = try await sources("one", seed: 5)
        #expect(first.count == 8)
        #expect(try await sources("two", seed: 5) == first)
        #expect(try await sources("three", seed: 6) != first)
    }

    @Test func `what would spoil a study is refused, and nothing is left`() async throws {
        let real = try images.folder("real", seeds: 0..<4)
        let fake = try images.folder("fake", seeds: 100..<104)
        let marked = try images.folder(
            "marked",
            seeds: 200..<202,
            text: StudyImages.provenance.pngText()
        )
        let twins = try images.folder("twins", seeds: 0..<1)
        let blank = images.path + "/blank"
        try FileManager.default.createDirectory(atPath: blank, withIntermediateDirectories: true)
        try PixelImage(width: 48, height: 48, grey: [UInt8](repeating: 7, count: 48 * 48))
            .writePNG(to: blank + "/grey.png")
        let refused: [(CreateStudy.Request, String)] = [
            (request(real: marked, synthetic: fake), "is marked as synthetic"),
            (request(real: real, synthetic: twins), "show the same picture"),
            (request(real: real, synthetic: blank), "has one value everywhere"),
            (request(real: real, synthetic: images.path), "no PNG or JPEG image"),
            (request(real: "missing", synthetic: fake), "missing is no folder"),
            (request(real: real, synthetic: fake) { $0.imageCount = 5 }, "has 4 images, but 5"),
            (request(real: real, synthetic: fake) { $0.repeatShare = 0.6 }, "from 0 to 0.5"),
            (request(real: nil, synthetic: fake) { $0.realThrough = "m" }, "no real images to go"),
            (request(real: real, synthetic: fake) { $0.side = 16 }, "16 pixels a side"),
            (request(real: real, synthetic: fake) { $0.readers = [] }, "needs a reader"),
            (request(real: real, synthetic: fake) { $0.sessionCount = 9 }, "in 9 sessions"),
        ]
        for (request, message) in refused {
            let error = await #expect(throws: StudyFailure.self, "\(message)") {
                try await create(request)
            }
            #expect(error?.description.contains(message) == true, "\(error?.description ?? "")")
        }
        #expect(try StudyFolder.studies(in: images.workspace).isEmpty)
    }
}
