import Archive
import Foundation
import Imaging
import Release
import Testing

struct CreateReleaseTests {
    let fixture: ReleaseFixture

    init() throws { fixture = try ReleaseFixture() }

    @Test func `a release has images, tables, documents, provenance and hashes`() throws {
        try fixture.releasableImage(1)
        let result = try fixture.create()
        let paths = try FileManager.default.subpathsOfDirectory(atPath: result.folder).sorted()
        #expect(
            paths == [
                "README.md", "SHA256SUMS", "account.json", "dataset-metadata.json", "images",
                "images/synthetic-000001.png", "manifest.csv", "metadata.json", "metadata.jsonl",
                "not-released.jsonl", "policy.json", "provenance",
                "provenance/synthetic-000001.json",
                "release.json", "reviewers.json",
            ]
        )
        #expect(result.imageCount == 1)
        #expect(try sha256sum("\(result.folder)/SHA256SUMS") == result.seal)
    }

    @Test func `an image is the archive's file, byte for byte`() throws {
        let record = try fixture.releasableImage(1)
        let result = try fixture.create()
        let released = try Data(
            contentsOf: URL(filePath: "\(result.folder)/images/synthetic-000001.png")
        )
        #expect(try Array(released) == fixture.archive.bytes(of: record))
        #expect(
            try sha256sum("\(result.folder)/images/synthetic-000001.png") == record.file?.sha256
        )
    }

    @Test func `provenance holds request, votes and memorization check`() throws {
        try fixture.releasableImage(1)
        _ = try fixture.create()
        let json = try fixture.json("provenance/synthetic-000001.json")
        let votes = try #require(json["votes"] as? [[String: Any]])
        #expect(votes.compactMap { $0["reviewer"] as? String } == ["Ada", "Ben"])
        #expect((json["memorization"] as? [String: Any])?["distance"] as? Double == 30)
        let record = try #require(json["record"] as? [String: Any])
        #expect((record["provenance"] as? [String: Any])?["seed"] as? Int == 1)
    }

    @Test func `the account counts what was refused, failed, rejected and left out, and says why`()
        throws
    {
        try fixture.releasableImage(1)
        let rejected = try fixture.image(2)
        try fixture.vote(.reject, on: rejected)
        _ = try fixture.image(3)
        let draft = ImageDraft(
            provenance: ReleaseFixture.provenance(prompt: "a hand, gory", seed: 4)
        )
        try fixture.archive.recordRefusal(
            of: draft,
            because: .init(code: "gore/show", text: "gory")
        )
        try fixture.archive.recordFailure(
            of: draft,
            because: .init(code: "not-finite", text: "NaN")
        )
        let result = try fixture.create("review=accepted")
        #expect(result.leftOutCount == 0)
        let account = try fixture.json("account.json")
        let counts = [
            "requested", "released", "refused", "failed", "rejected", "made_but_not_released",
        ]
        #expect(counts.map { account[$0] as? Int } == [5, 1, 1, 1, 1, 2])
        let lines = try fixture.text("not-released.jsonl").split(separator: "\n")
        #expect(lines.count == 4)
        #expect(lines[0].contains(#""rejection_reasons":["extra-digit"]"#))
        #expect(lines[1].contains(#""obstacles":["unreviewed","memorization-unchecked"]"#))
        #expect(lines[2].contains(#""code":"gore/show""#))
        #expect(lines[3].contains(#""outcome":"failed""#))
        let card = try fixture.text("README.md")
        #expect(card.contains("Of 5 requests, 1 was refused by the prompt policy clinical "))
        #expect(card.contains(" and 1 failed. Expert review rejected 1 image. "))
    }

    @Test func `no address is made up`() throws {
        try fixture.releasableImage(1)
        let request = CreateRelease.Request(
            description: try ReleaseDescription(name: "hands", creator: "Bone Group"),
            query: try ImageQuery(parsing: ""),
            destination: fixture.destination
        )
        _ = try CreateRelease(from: fixture.archive, softwareVersion: "0.1.0")(request)
        #expect(try fixture.json("metadata.json")["url"] == nil)
        let card = try fixture.text("README.md")
        #expect(card.hasSuffix("). Synthetic hands, version 1.0.0.\n"))
        #expect(!card.contains("example.org"))
    }

    @Test func `a request with personal data is not given away by the account`() throws {
        try fixture.releasableImage(1)
        _ = try fixture.image(2, prompt: "Chest X-ray, MRN 1234567")
        _ = try fixture.create(leavesOut: true)
        #expect(try fixture.json("account.json")["made_but_not_released"] as? Int == 1)
        #expect(try !fixture.text("not-released.jsonl").contains("1234567"))
    }

    @Test func `what may not leave is left out where that is asked for`() throws {
        try fixture.releasableImage(1)
        _ = try fixture.image(2)
        let result = try fixture.create(leavesOut: true)
        #expect(result.imageCount == 1)
        #expect(result.leftOutCount == 1)
        #expect(try fixture.text("manifest.csv").split(separator: "\n").count == 2)
    }

    @Test func `a release is read-only and never written over`() throws {
        try fixture.releasableImage(1)
        let result = try fixture.create()
        for path in ["", "/images", "/images/synthetic-000001.png", "/README.md"] {
            let attributes = try FileManager.default.attributesOfItem(atPath: result.folder + path)
            let mode = try #require(attributes[.posixPermissions] as? Int)
            #expect(mode & 0o222 == 0, "\(path)")
        }
        #expect(throws: ReleaseError.self) { try fixture.create() }
        #expect(try VerifyRelease(folder: result.folder)().problems == [])
        let names = try FileManager.default.contentsOfDirectory(atPath: fixture.destination)
            .sorted()
        #expect(names == ["hands", "hands.tar"])
    }

    @Test func `the tar file unpacks to the same folder`() throws {
        try fixture.releasableImage(1)
        let result = try fixture.create()
        let copy = "\(fixture.root)/copy"
        try FileManager.default.createDirectory(atPath: copy, withIntermediateDirectories: true)
        #expect(try run("tar", "-xf", result.tar, "-C", copy).status == 0)
        #expect(try run("diff", "-r", result.folder, "\(copy)/hands").status == 0)
        #expect(try VerifyRelease(folder: "\(copy)/hands")(expecting: result.seal).problems == [])
    }

    @Test func `sha256sum checks the list of hashes`() throws {
        try fixture.releasableImage(1)
        let result = try fixture.create()
        let check = try run(
            "sh",
            "-c",
            "cd '\(result.folder)' && sha256sum --check --quiet SHA256SUMS"
        )
        #expect(check.status == 0)
    }

    @Test(arguments: [
        ("Hands", "1.0.0"), ("a", "1.0.0"), ("../hands", "1.0.0"), ("hands-", "1.0.0"),
        ("hands", "1"),
    ])
    func `a name or version that data sets cannot have is refused`(name: String, version: String) {
        #expect(throws: ReleaseError.self) { try ReleaseDescription(name: name, version: version) }
    }
}
