import Archive
import Foundation
import Imaging
import Release
import Testing

struct ReleaseGateTests {
    let fixture: ReleaseFixture

    init() throws { fixture = try ReleaseFixture() }

    @Test func `an image that experts accepted and that is no copy may leave`() throws {
        try fixture.releasableImage(1)
        #expect(try fixture.obstacles() == [:])
    }

    @Test func `an image without enough votes may not leave`() throws {
        let unreviewed = try fixture.image(1)
        let pending = try fixture.image(2)
        try fixture.archive.vote(.accept, on: pending.id, by: "Ada")
        let disputed = try fixture.image(3)
        try fixture.archive.vote(.accept, on: disputed.id, by: "Ada")
        try fixture.archive.vote(.reject, on: disputed.id, by: "Ben", reasons: [.fusedJoint])
        for record in [unreviewed, pending, disputed] { try fixture.check(record, distance: 30) }
        #expect(
            try fixture.obstacles() == [
                unreviewed.id: ["unreviewed"], pending.id: ["pending"], disputed.id: ["disputed"],
            ]
        )
    }

    @Test func `a rejected image may not leave, and the reasons are told`() throws {
        let record = try fixture.image(1)
        try fixture.vote(.reject, on: record)
        try fixture.check(record, distance: 30)
        #expect(throws: ReleaseError.self) { try fixture.create() }
        do {
            _ = try fixture.create()
        } catch ReleaseError.blocked(let images, let imageCount) {
            #expect(imageCount == 1)
            #expect(
                images.flatMap(\.lines) == [
                    "image 1: rejected: experts have rejected it (extra-digit); leave it out"
                ]
            )
        }
    }

    @Test
    func `an image whose prompt the policy refuses may not leave, though experts accepted it`()
        throws
    {
        try fixture.releasableImage(1, prompt: "Chest X-ray, MRN 1234567")
        #expect(try fixture.obstacles() == [1: ["policy"]])
    }

    @Test func `an image that was not compared with the training images may not leave`() throws {
        try fixture.vote(.accept, on: fixture.image(1))
        #expect(try fixture.obstacles() == [1: ["memorization-unchecked"]])
    }

    @Test func `an image nearer to a training image than the threshold may not leave`() throws {
        let record = try fixture.image(1)
        try fixture.vote(.accept, on: record)
        try fixture.check(record, distance: 11.99)
        #expect(try fixture.obstacles() == [1: ["memorization"]])
        try fixture.check(record, distance: 12)
        #expect(try fixture.obstacles() == [:])
    }

    @Test func `an edit of an image that nobody knows may not leave`() throws {
        var provenance = ReleaseFixture.provenance(prompt: "A hand", seed: 9)
        provenance.parentSHA256 = String(repeating: "cd", count: 32)
        provenance.digitalSourceType = .compositeWithTrainedAlgorithmicMedia
        let bytes = try PixelImage(width: 1, height: 1, grey: [7]).encodedPNG(
            text: provenance.pngText()
        )
        let record = try fixture.archive.add(bytes, as: ImageDraft(provenance: provenance))
        try fixture.vote(.accept, on: record)
        try fixture.check(record, distance: 30)
        #expect(try fixture.obstacles() == [1: ["unknown-parent"]])
    }

    @Test func `images of patients are never released`() throws {
        let bytes = try PixelImage(width: 1, height: 1, grey: [7]).encodedPNG()
        _ = try fixture.archive.add(bytes, as: ImageDraft(realImageFrom: "a hospital"))
        #expect(throws: ReleaseError.self) { try fixture.create("kind=real") }
        #expect(throws: ReleaseError.self) { try fixture.create() }
        try fixture.releasableImage(1)
        #expect(try fixture.create().imageCount == 1)
    }

    @Test func `nothing is written where an image may not leave`() throws {
        try fixture.releasableImage(1)
        _ = try fixture.image(2)
        #expect(throws: ReleaseError.self) { try fixture.create() }
        let names = try? FileManager.default.contentsOfDirectory(atPath: fixture.destination)
        #expect(names ?? [] == [])
    }

    @Test func `an archive in which a file was changed releases nothing`() throws {
        let record = try fixture.releasableImage(1)
        let path = try fixture.archive.path(of: record)
        chmod(path, 0o644)
        try Data("other".utf8).write(to: URL(filePath: path))
        #expect(throws: ReleaseError.self) { try fixture.create() }
    }
}
