import Foundation
import Imaging
import TestSupport
import Testing

/// From prompt to checked data set, as a user goes.
struct ReleaseCommandTests {
    let training: TrainingFolder
    let workspace: String
    let releases: String

    init() throws {
        training = try TrainingFolder()
        workspace = "\(training.folder.path)/workspace"
        releases = "\(training.folder.path)/releases"
        let drawn = try Program.generate(
            "An X-ray of the hand",
            "-n",
            "2",
            "--seed",
            "0",
            "--steps",
            "1",
            "--model",
            Program.model("tiny-radiograph"),
            "-o",
            "\(training.folder.path)/out",
            "--workspace",
            workspace
        )
        #expect(drawn.exitCode == 0, "\(drawn.errors)")
    }

    private func run(_ arguments: String...) throws -> Program.Outcome {
        try Program.run(Program.path, arguments + ["--workspace", workspace])
    }

    private func accept(_ image: String) throws {
        for name in ["Ada", "Ben"] {
            _ = try run("review", "reviewer", name, "--credentials", "radiologist")
            let vote = try run("review", "vote", image, "accept", "--by", name)
            #expect(vote.exitCode == 0, "\(vote.errors)")
        }
    }

    private func create(_ more: String...) throws -> Program.Outcome {
        try Program.run(
            Program.path,
            [
                "release", "create", "hands", "--from", "anatomy=hand", "-o", releases,
                "--workspace", workspace,
            ] + more
        )
    }

    @Test func `what is accepted and checked is released, and any change is found`() throws {
        let early = try create()
        #expect(early.exitCode == 77)
        #expect(early.outputLines.count == 4)
        #expect(early.output.contains("image 1: unreviewed: nobody has reviewed it; vote: "))
        #expect(early.output.contains("image 1: memorization-unchecked: "))
        #expect(early.errors.contains("2 of 2 images may not leave"))

        try accept("1")
        let check = try run("release", "check", "--data", training.data)
        #expect(check.exitCode == 0, "\(check.errors)")
        #expect(check.outputLines.count == 2)
        let passes = try #require(check.outputLines.first { $0.hasPrefix("image 1 passes: ") })
        let shown = try run("archive", "show", "1")
        #expect(shown.output.contains(passes.dropFirst("image 1 ".count)), "\(shown.output)")

        let created = try create("--leave-out", "--dicom", "--json")
        #expect(created.exitCode == 0, "\(created.output)\(created.errors)")
        #expect(created.output.contains("\"images\":1"))
        let seal = try #require(created.output.firstMatch(of: /"seal":"([0-9a-f]{64})"/)).1
        let folder = "\(releases)/hands"
        let names = try FileManager.default.contentsOfDirectory(atPath: "\(folder)/dicom")
        #expect(names == ["synthetic-000001.dcm"])
        let copies = "\(training.folder.path)/copies"
        let exported = try run("archive", "export", "--format", "dicom", "-o", copies)
        #expect(exported.exitCode == 0, "\(exported.errors)")
        let path = "\(copies)/synthetic-000001.dcm"
        let same = try Data(contentsOf: URL(filePath: "\(folder)/dicom/synthetic-000001.dcm"))
        #expect(try Data(contentsOf: URL(filePath: path)) == same)

        // Without the archive.
        let verify = ["release", "verify", folder, "--seal", String(seal)]
        let sound = try Program.run(Program.path, verify)
        #expect(sound.exitCode == 0, "\(sound.output)")
        _ = try Program.run("/bin/chmod", ["-R", "u+w", folder])
        try Data("other".utf8).write(to: URL(filePath: "\(folder)/README.md"))
        let changed = try Program.run(Program.path, verify)
        #expect(changed.exitCode == 65)
        #expect(changed.output.hasPrefix("PROBLEM altered README.md: "))
        #expect(try create("--leave-out").exitCode == 73)
    }

    /// What may have happened to a copy; each takes and gives the rows of an 8-bit grey picture.
    enum Alteration: CaseIterable {
        case none, mirrored, brighter

        func rows(_ rows: [[UInt8]]) -> [[UInt8]] {
            switch self {
            case .none: rows
            case .mirrored: rows.map { $0.reversed() }
            case .brighter: rows.map { $0.map { $0 > 225 ? 255 : $0 + 30 } }
            }
        }
    }

    @Test(arguments: Alteration.allCases)
    func `a copy of a training image is found out and cannot enter`(copy: Alteration) throws {
        let target = "\(training.data)/shapes/images/0.png"
        try FileManager.default.removeItem(atPath: target)
        let listed = try run("archive", "export", "-o", "\(training.folder.path)/copies")
        let first = try #require(listed.outputLines.first)
        let image = try PixelImage.read(path: first)
        try PixelImage(rows: copy.rows(image.rows)).writePNG(to: target)
        try accept("1")
        let check = try run("release", "check", "--data", training.data)
        #expect(check.output.contains("image 1 TOO NEAR: "))
        #expect(check.output.contains("nearest shapes/images/0.png"))
        let outcome = try create()
        #expect(outcome.exitCode == 77)
        #expect(outcome.output.contains("image 1: memorization: it may repeat a training image"))
    }

    @Test func `a wrong name, an empty query and a folder that is no release are told`() throws {
        let name = try run("release", "create", "My Hands", "--from", "")
        #expect(name.exitCode == 64)
        #expect(name.errors.contains("the name cannot be \"My Hands\""))
        let empty = try run("release", "create", "hands", "--from", "anatomy=knee")
        #expect(empty.exitCode == 66)
        #expect(empty.errors.contains("no synthetic image fits the query \"anatomy=knee\""))
        let unchecked = try run("release", "check", "anatomy=knee", "--data", training.data)
        #expect(unchecked.errors.contains("no synthetic image fits the query"))
        let folder = try Program.run(Program.path, ["release", "verify", workspace])
        #expect(folder.exitCode == 65)
        #expect(folder.errors.contains("there is no SHA256SUMS in it"))
    }
}
