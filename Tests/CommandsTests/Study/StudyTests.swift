import Foundation
import Imaging
import ReaderStudy
import StudyStore
import TestSupport
import Testing

/// Reader studies through the built program.
struct StudyTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        for (name, first) in [("real", 0), ("fake", 100)] {
            let path = "\(folder.path)/\(name)"
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
            for index in 0..<6 {
                try Self.picture(first + index).writePNG(to: "\(path)/\(index).png")
            }
        }
    }

    /// Waves of a direction and length of their own.
    private static func picture(_ number: Int) throws -> PixelImage {
        let (dx, dy) = (Double(number % 7 + 1) / 9, Double(number % 5 + 1) / 8)
        return try PixelImage(
            width: 40,
            height: 40,
            grey: (0..<1600).map { index in
                let phase = dx * Double(index % 40) + dy * Double(index / 40) + Double(number)
                return UInt8(120 + 100 * sin(phase))
            }
        )
    }

    private func study(_ arguments: String...) throws -> Program.Outcome {
        try Program.run(
            Program.path,
            ["study"] + arguments + ["--workspace", folder.path + "/workspace"]
        )
    }

    private func create(_ more: String...) throws -> Program.Outcome {
        try Program.run(
            Program.path,
            [
                "study", "create", "lungs", "--workspace", folder.path + "/workspace",
                "--synthetic", folder.path + "/fake",
            ] + more
        )
    }

    /// Answers all images as one reader, every second one with "fake".
    private func read(as reader: String) async throws {
        let store = try StudyStore(opening: "lungs", in: folder.path + "/workspace")
        let code = try await store.invite(reader, by: "lead", at: Date())
        let token = try #require(try await store.signIn(code: code, at: Date()))
        let session = try #require(try await store.session(token: token, at: Date()))
        try await store.consent(session, at: Date())
        var number = 0
        while case .showing(let task) = try await store.nextStep(of: session, at: Date()) {
            _ = try await store.answer(
                AnswerDraft(label: number % 2 == 0 ? .real : .fake, confidence: 2, seconds: 3),
                imageID: task.imageID,
                clientKey: UUID().uuidString,
                of: session,
                at: Date()
            )
            number += 1
        }
    }

    @Test func `a study goes from two folders to a report`() async throws {
        let made = try create(
            "--real",
            folder.path + "/real",
            "--readers",
            "Dr Roe, Dr Doe",
            "--confidence",
            "5",
            "--repeats",
            "25%",
            "--no-screen-check",
            "--seed",
            "7"
        )
        #expect(made.exitCode == 0, "\(made.errors)")
        #expect(made.output == folder.path + "/workspace/studies/lungs\n")
        #expect(
            made.errors.contains(
                "format of the shown images: a classifier tells real from synthetic"
            )
        )
        #expect(made.errors.contains("6 real and 6 synthetic images, 15 showings a reader, seed 7"))

        let list = try study("list")
        #expect(
            list.output == "lungs  open  12 images  2 readers  0 of 30 answers  Reading study\n"
        )

        for reader in ["Dr Roe", "Dr Doe"] { try await read(as: reader) }
        let show = try study("show", "lungs", "--json")
        #expect(show.output.contains("\"answered\":15,\"hasPoorScreen\":false,\"isInvited\":true"))
        #expect(!show.output.contains("\"fake\""))

        let refused = try study("report", "lungs", "-o", folder.path + "/early")
        #expect(refused.exitCode == 64)
        #expect(refused.errors.contains("the study lungs is still open (30 of 30 answers)"))
        #expect(try study("export", "lungs").exitCode == 64)

        #expect(try study("close", "lungs").exitCode == 0)
        let report = try study("report", "lungs", "-o", folder.path + "/report")
        #expect(report.exitCode == 0, "\(report.errors)")
        #expect(
            report.outputLines.map { URL(filePath: $0).lastPathComponent } == [
                "report.html", "report.json", "readings.csv", "readings.imrmc",
            ]
        )
        let page = try folder.text("report/report.html")
        #expect(page.contains("2 readers · 6 real images · 6 synthetic images · 30 answers"))
        let export = try study("export", "lungs", "--format", "csv")
        #expect(try export.output == folder.text("report/readings.csv"))
        #expect(export.outputLines.count == 31)

        #expect(try study("reopen", "lungs", "--reason", "Dr Lee joins").exitCode == 0)
        #expect(try study("show", "lungs").output.contains("reopened  Dr Lee joins"))
    }

    @Test func `queries of the archive pick the images, real ones and synthetic ones`() throws {
        let workspace = folder.path + "/workspace"
        let files = (0..<6).map { "\(folder.path)/real/\($0).png" }
        let imported = try Program.run(
            Program.path,
            ["archive", "import", "--workspace", workspace] + files
                + ["--source", "Test", "--modality", "XR", "--anatomy", "chest", "--sex", "female"]
        )
        #expect(imported.exitCode == 0, "\(imported.errors)")
        let drawn = try Program.generate(
            "A chest X-ray",
            "-n",
            "2",
            "--seed",
            "5",
            "--steps",
            "1",
            "--size",
            "40x40",
            "--model",
            Program.model("tiny-radiograph"),
            "-o",
            folder.path + "/out",
            "--workspace",
            workspace
        )
        #expect(drawn.exitCode == 0, "\(drawn.errors)")

        func create(_ name: String, real: String) throws -> Program.Outcome {
            try study(
                "create",
                name,
                "--real",
                real,
                "--synthetic",
                "anatomy=chest model=tiny-radiograph",
                "--images",
                "2",
                "--readers",
                "1"
            )
        }
        // A query that finds images of either kind takes those of the kind that is asked for.
        let made = try create("lungs", real: "anatomy=chest")
        #expect(made.exitCode == 0, "\(made.errors)")
        #expect(made.errors.contains("2 real and 2 synthetic images, 4 showings a reader"))
        let none = try create("knees", real: "anatomy=knee")
        #expect(none.exitCode == 66)
        #expect(none.errors.contains("no PNG or JPEG image in the archive (anatomy=knee)"))
        #expect(try create("words", real: "part=knee").errors.contains("\"part=knee\""))
    }

    @Test func `synthetic images alone make a study with a warning`() throws {
        let made = try create("--readers", "2")
        #expect(made.exitCode == 0, "\(made.errors)")
        #expect(made.errors.contains("warning: there are only synthetic images"))
        #expect(try study("show", "lungs").output.contains("Reader 2"))
    }

    @Test(arguments: [
        (["--readers", "0"], "--readers is 0"),
        (["--readers", "1", "--washout-days", "14"], "give --sessions 2 or more"),
        (["--readers", "1", "--labels", "real,perhaps"], "perhaps"),
        (["--readers", "1", "--regions", "ribs"], "add --description"),
        (["--readers", "1", "--repeats", "80%"], "a share from 0 to 0.5"),
        (["--readers", "1", "--images", "7"], "has 6 images, but 7 are wanted"),
        (["--readers", "1", "--confidence", "1"], "confidenceLevels is 1"),
    ])
    func `impossible designs are refused with a reason`(words: [String], reason: String) throws {
        let outcome = try Program.run(
            Program.path,
            [
                "study", "create", "lungs", "--workspace", folder.path + "/workspace",
                "--synthetic", folder.path + "/fake", "--real", folder.path + "/real",
            ] + words
        )
        #expect(outcome.exitCode == 64)
        #expect(outcome.errors.contains(reason), "\(outcome.errors)")
        #expect(try study("list").output.isEmpty)
    }

    @Test func `an unknown study is named with those that are there`() throws {
        #expect(try create("--readers", "1").exitCode == 0)
        let outcome = try study("close", "lunks")
        #expect(outcome.exitCode == 66)
        #expect(outcome.errors.contains("there is no study lunks"))
        #expect(outcome.errors.contains("there are lungs"))
    }

    @Test func `power of one reader is exact`() throws {
        // scipy: sum(binom.pmf(k, 20, 0.8) for k in range(21) if binomtest(k, 20).pvalue <= 0.05) = 0.80420797
        let given = try Program.run(
            Program.path,
            ["study", "power", "--accuracy", "0.8", "--images", "20"]
        )
        #expect(given.output.contains("a power of 80.4 %"))
        let wanted = try Program.run(
            Program.path,
            ["study", "power", "--accuracy", "0.8", "--power", "0.8", "--json"]
        )
        #expect(wanted.output.contains("\"images\":23,"))
    }

    @Test func `power of several readers is simulated and repeatable`() throws {
        let words = [
            "study", "power", "--accuracy", "0.7", "--readers", "3", "--images", "30",
            "--simulations", "200",
        ]
        let first = try Program.run(Program.path, words)
        #expect(first.exitCode == 0, "\(first.errors)")
        #expect(first.output.contains("30 images and 3 readers"))
        #expect(try Program.run(Program.path, words).output == first.output)
    }
}
