import Archive
import Foundation
import Imaging
import Testing

struct ImageArchiveTests {
    let workspace: TemporaryArchive
    var archive: ImageArchive { workspace.archive }

    init() throws { workspace = try TemporaryArchive() }

    @Test func `a record says all that is known of an image`() throws {
        var provenance = Provenance.sample(prompt: "A knee", seed: .max)
        provenance.negativePrompt = "text"
        let labels = ImageLabels(modality: "XR", anatomy: "knee", view: "AP", sex: "male")
        let bytes = try workspace.png(5, provenance)
        let started = try #require(Timestamp("2026-01-31T08:15:00.250Z"))
        let added = try archive.add(
            bytes,
            as: ImageDraft(provenance: provenance, labels: labels, startedAt: started)
        )
        let record = try archive.record(added.id)
        #expect(record == added)
        #expect(record.kind == .synthetic && record.outcome == .done)
        #expect(record.review == .unreviewed)
        #expect(record.provenance == provenance)
        #expect(record.labels == labels)
        #expect(record.startedAt == started && record.finishedAt == nil)
        #expect(record.file?.byteCount == bytes.count)
        #expect(record.file?.layout == .init(width: 8, height: 8, channelCount: 1, bitDepth: 8))
        #expect(try archive.bytes(of: record) == bytes)
    }

    @Test func `files and pixels are named by SHA-256`() throws {
        // hashlib.sha256(b"2 1 1 16\n\x01\x02\xff\x00") in Python 3.11.
        let image = try PixelImage(
            width: 2,
            height: 1,
            channelCount: 1,
            samples: .uint16([0x0102, 0xFF00])
        )
        let record = try archive.add(
            image.encodedPNG(),
            as: ImageDraft(realImageFrom: "a test, CC0")
        )
        let file = try #require(record.file)
        let expected = "8ecc52e6ba8c5ac3d8fdf9af240642ada167890f230b36749fc6c664f3e441a9"
        #expect(file.pixelSHA256 == expected)
        let path = try archive.path(of: record)
        #expect(path == "\(workspace.folder)/files/\(file.sha256.prefix(2))/\(file.sha256).png")
        #expect(try Data(contentsOf: URL(filePath: path)) == Data(image.encodedPNG()))
    }

    @Test func `the same file twice is one record`() throws {
        let first = try workspace.addImage(seed: 7)
        let second = try workspace.addImage(seed: 7)
        #expect(first == second)
        #expect(try archive.count() == 1)
        #expect(try workspace.fileNames().count == 1)
    }

    @Test func `refused and failed requests are records without a file`() throws {
        let draft = ImageDraft(provenance: .sample(prompt: "Nonsense"))
        let refusal = ImageRecord.Reason(code: "identity/name", text: "names a person")
        let refused = try archive.recordRefusal(of: draft, because: refusal)
        let failed = try archive.recordFailure(
            of: draft,
            because: .init(code: "not-finite", text: "became NaN")
        )
        #expect(refused.outcome == .refused && refused.reason == refusal)
        #expect(failed.outcome == .failed && failed.file == nil)
        #expect(throws: ArchiveError.noFile(id: refused.id)) { try archive.bytes(of: refused) }
        #expect(try workspace.fileNames().isEmpty)
    }

    @Test func `what is no image is not taken in`() throws {
        #expect(throws: ArchiveError.file(.notAnImage(found: [1, 2, 3]))) {
            try archive.add([1, 2, 3], as: ImageDraft(realImageFrom: "a test"))
        }
        let truncated = Array(try workspace.png(1).dropLast(30))
        #expect(throws: ArchiveError.self) {
            try archive.add(truncated, as: ImageDraft(realImageFrom: "a test"))
        }
        #expect(try archive.count(.everything) == 0)
        #expect(try workspace.fileNames().isEmpty)
    }

    @Test func `records are found by number and by the beginning of a hash`() throws {
        let record = try workspace.addImage(seed: 1)
        try workspace.addImage(seed: 2)
        let file = try #require(record.file)
        #expect(try archive.record("\(record.id)") == record)
        #expect(try archive.record(String(file.sha256.prefix(12))) == record)
        #expect(try archive.record(file.pixelSHA256.uppercased()) == record)
        #expect(throws: ArchiveError.unknownImage("77")) { try archive.record("77") }
        #expect(throws: ArchiveError.unknownImage("000000000000")) {
            try archive.record("000000000000")
        }
        let long = String(repeating: "a", count: 65)
        for text in ["", "0", "-1", "abc", "12 34", long, "zzzzzzzzzzzz"] {
            #expect(throws: ArchiveError.invalidReference(text)) { try archive.record(text) }
        }
    }

    @Test func `pixels that two files have name neither`() throws {
        let first = try archive.add(workspace.png(3), as: ImageDraft(realImageFrom: "one"))
        let second = try workspace.addImage(seed: 3)
        let pixels = try #require(first.file?.pixelSHA256)
        #expect(second.file?.pixelSHA256 == pixels)
        #expect(throws: ArchiveError.ambiguousHash(pixels, ids: [first.id, second.id])) {
            try archive.record(pixels)
        }
        #expect(try archive.records(withHash: pixels).map(\.id) == [first.id, second.id])
    }

    @Test func `a removed image leaves its record and its reason`() throws {
        let record = try workspace.addImage()
        let removed = try archive.remove(record.id, because: "a face can be seen")
        #expect(removed.removal?.reason == "a face can be seen")
        #expect(removed.file == record.file && !removed.hasFile)
        #expect(try workspace.fileNames().isEmpty)
        #expect(try archive.count() == 0)
        #expect(try archive.count(.everything) == 1)
        #expect(throws: ArchiveError.self) { try archive.bytes(of: removed) }
        #expect(throws: ArchiveError.self) { try archive.remove(record.id, because: "again") }
        #expect(throws: ArchiveError.emptyText("the reason")) {
            try archive.remove(record.id, because: " ")
        }
    }

    @Test func `an image that comes back after its removal is a new record`() throws {
        let first = try workspace.addImage(seed: 4)
        try archive.remove(first.id, because: "a mistake")
        let second = try workspace.addImage(seed: 4)
        #expect(second.id != first.id && second.hasFile)
        #expect(try archive.verify().problems.isEmpty)
        #expect(try archive.record(#require(first.file).sha256).id == second.id)
    }

    @Test func `a mask that two edits share stays until both are gone`() throws {
        let parent = try workspace.addImage()
        let mask = try workspace.png(50)
        let edits = try (0..<2).map { index in
            var provenance = Provenance.sample(prompt: "A fracture", seed: UInt64(index))
            provenance.parentSHA256 = parent.file?.sha256
            return try archive.add(
                workspace.png(60 + UInt64(index), provenance),
                as: ImageDraft(provenance: provenance),
                mask: mask
            )
        }
        #expect(try archive.maskBytes(of: edits[1]) == mask)
        try archive.remove(edits[0].id, because: "bad")
        #expect(try archive.maskBytes(of: edits[1]) == mask)
        #expect(try archive.verify().problems.isEmpty)
        try archive.remove(edits[1].id, because: "bad")
        #expect(try workspace.fileNames().count == 1)
    }

    @Test func `lineage goes up to the first parent and down to all edits`() throws {
        let root = try workspace.addImage(seed: 1)
        let child = try workspace.addEdit(of: root, seed: 10)
        let grandchild = try workspace.addEdit(of: child, seed: 20)
        let sibling = try workspace.addEdit(of: root, seed: 30)
        #expect(grandchild.kind == .edited)
        let lineage = try archive.lineage(of: child)
        #expect(lineage.ancestors == [root])
        #expect(lineage.descendants == [grandchild])
        #expect(lineage.missingAncestorSHA256 == nil)
        #expect(try archive.lineage(of: root).descendants == [child, grandchild, sibling])
    }

    @Test func `a parent outside of the archive is named`() throws {
        var provenance = Provenance.sample(prompt: "A fracture")
        provenance.parentSHA256 = String(repeating: "c", count: 64)
        let edit = try archive.add(
            workspace.png(1, provenance),
            as: ImageDraft(provenance: provenance)
        )
        let lineage = try archive.lineage(of: edit)
        #expect(lineage.ancestors.isEmpty)
        #expect(lineage.missingAncestorSHA256 == provenance.parentSHA256)
    }

    @Test func `the latest memorization check counts`() throws {
        let record = try workspace.addImage()
        #expect(try archive.memorizationCheck(of: record.id) == nil)
        let checks = [0.1, 0.5].map { distance in
            MemorizationCheck(
                measure: "region-classifier features",
                nearest: "nih/00001.jpg",
                distance: distance,
                threshold: 0.3,
                trainingData: "abc"
            )
        }
        for check in checks { try archive.recordMemorizationCheck(check, of: record.id) }
        #expect(try archive.memorizationCheck(of: record.id) == checks[1])
        #expect(checks.map(\.isPassed) == [false, true])
        #expect(throws: ArchiveError.unknownImage("9")) {
            try archive.recordMemorizationCheck(checks[0], of: 9)
        }
    }
}
