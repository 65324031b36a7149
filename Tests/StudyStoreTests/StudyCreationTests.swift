import Foundation
import GRDB
import Imaging
import ReaderStudy
import Testing

@testable import StudyStore

struct StudyCreationTests {
    @Test func `all images get one length and lose their text`() async throws {
        let study = try await TestStudy()
        let folder = study.store.folder.images
        let names = try FileManager.default.contentsOfDirectory(atPath: folder)
        let files = try names.map { try Data(contentsOf: URL(filePath: folder + "/" + $0)) }
        #expect(files.count == 6)
        #expect(Set(files.map(\.count)).count == 1)
        #expect(files.allSatisfy { $0.range(of: Data("Comment".utf8)) == nil })
        for item in try await study.store.cases() {
            let shown = try await study.store.image(of: item.caseID)
            #expect(try PixelImage.decode(shown) == TestStudy.pixels(item))
        }
    }

    @Test func `each reader's order is the one that the seed draws`() async throws {
        let study = try await TestStudy(pairs: 10) {
            $0.order = ReadingOrder.Design(seed: 7, blockCount: 2, repeatCount: 3, repeatSpacing: 4)
        }
        let cases = TestStudy.cases(pairs: 10).map { ReadingOrder.Case($0.caseID, $0.truth) }
        for reader in ["Anna", "Bert"] {
            let order = try ReadingOrder(
                reader: reader,
                cases: cases,
                design: study.store.definition.order
            )
            let stored = try await study.store.read { database in
                try String.fetchAll(
                    database,
                    sql: """
                        SELECT caseID || '/' || repetition || '/' || block FROM showing
                        JOIN image ON image.id = imageID JOIN reader ON reader.id = readerID
                        WHERE name = ? ORDER BY position
                        """,
                    arguments: [reader]
                )
            }
            #expect(stored == order.showings.map { "\($0.caseID)/\($0.repetition)/\($0.block)" })
        }
    }

    @Test func `first impressions are as many as wanted, of both truths alike`() async throws {
        let study = try await TestStudy(pairs: 10) { $0.impressionCount = 6 }
        let real = try await study.store.read { database in
            try Int.fetchOne(
                database,
                sql: """
                    SELECT count(*) FILTER (WHERE truth = 'real') * 100 + count(*) FROM showing
                    JOIN image ON image.id = imageID WHERE phase = 0 AND readerID = 1
                    """
            )
        }
        #expect(real == 306 || real == 206 || real == 406, "about 3 real ones of 6")
    }

    @Test func `a study opens again as it was defined`() async throws {
        let study = try await TestStudy {
            $0.confidenceLevels = 5
            $0.order.seed = .max
        }
        let again = try StudyStore(opening: "lungs", in: study.workspace)
        #expect(again.definition == study.store.definition)
        #expect(try await again.cases() == TestStudy.cases(pairs: 3))
        #expect(try StudyFolder.studies(in: study.workspace) == ["lungs"])
    }

    @Test func `a name is used once, and a failed study leaves nothing`() async throws {
        let study = try await TestStudy()
        let folder = StudyFolder.studies(of: study.workspace)
        await #expect(throws: StudyStoreError.exists(name: "lungs", path: folder + "/lungs")) {
            try await create("lungs", in: study.workspace) { try TestStudy.png($0) }
        }
        await #expect(throws: StudyStoreError.image(caseID: "r0", problem: "is not a PNG file")) {
            try await create("other", in: study.workspace) { _ in [1, 2, 3] }
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["lungs"])
    }

    @Test func `images that their format tells apart are refused`() async throws {
        let workspace = TestStudy.newWorkspace()
        let expected = StudyStoreError.imagesDiffer(
            caseID: "f0",
            other: "r0",
            property: "the size",
            found: "32x64",
            expected: "64x64"
        )
        await #expect(throws: expected) {
            try await create("other", in: workspace) { item in
                guard item.truth == .fake else { return try TestStudy.png(item) }
                return try PixelImage(
                    width: 32,
                    height: 64,
                    grey: [UInt8](repeating: 1, count: 2048)
                ).encodedPNG()
            }
        }
        try FileManager.default.removeItem(atPath: workspace)
    }

    @Test func `a study that is not there is missed with what is`() async throws {
        let study = try await TestStudy()
        let expected = StudyStoreError.notFound(
            name: "hands",
            path: study.workspace + "/studies",
            known: ["lungs"]
        )
        #expect(throws: expected) { try StudyStore(opening: "hands", in: study.workspace) }
    }

    @Test(arguments: ["", "../lungs", "Lungs", "a b", String(repeating: "a", count: 65)])
    func `a name must be a plain folder's`(name: String) {
        #expect(throws: StudyStoreError.invalidName(name)) {
            try StudyFolder(study: name, workspace: "w")
        }
    }

    @Test(arguments: ["", " Anna", "Anna\nBert", String(repeating: "a", count: 65)])
    func `a reader's name is printable`(name: String) async throws {
        let study = try await TestStudy()
        await #expect(throws: StudyStoreError.invalidReader(name)) {
            try await study.store.addReader(name, by: "lead", at: TestStudy.start)
        }
    }

    private func create(
        _ name: String,
        in workspace: String,
        image: (StudyCase) async throws -> [UInt8]
    ) async throws {
        _ = try await StudyStore.create(
            StudyDefinition(name: name),
            cases: TestStudy.cases(pairs: 3),
            readers: ["Anna"],
            in: workspace,
            by: "lead",
            at: TestStudy.start,
            image: image
        )
    }
}
