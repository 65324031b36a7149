import Foundation
import Imaging
import TestSupport
import Testing

struct DataTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        try FileManager.default.createDirectory(
            atPath: "\(folder.path)/sources",
            withIntermediateDirectories: true
        )
    }

    private var dataSet: String { "\(folder.path)/hands" }

    /// Pictures that are plainly not one another.
    private func writeSources(_ count: Int) throws {
        for number in 0..<count {
            let samples = (0..<48 * 48).map { index -> UInt8 in
                let (x, y) = (Double(index % 48), Double(index / 48))
                let wave = sin(x * Double(number % 13 + 1) / 9 + Double(number))
                return UInt8(110 + 50 * wave * cos(y * Double(number % 7 + 1) / 8))
            }
            try PixelImage(width: 48, height: 48, grey: samples)
                .writePNG(to: "\(folder.path)/sources/\(number).png")
        }
    }

    private func arguments(_ more: String..., into dataSet: String) -> [String] {
        [
            "data", "import", "\(folder.path)/sources", "--into", dataSet, "--modality", "XR",
            "--anatomy", "hand", "--keep-patient-numbers", "--cleared",
        ] + more
    }

    private func files(below path: String) throws -> [String: Data] {
        let names = try FileManager.default.subpathsOfDirectory(atPath: path)
        return Dictionary(
            uniqueKeysWithValues: names.compactMap { name in
                FileManager.default.contents(atPath: "\(path)/\(name)").map { (name, $0) }
            }
        )
    }

    /// `SKIAGRAPH_KILLS` sets how often.
    @Test func `an import that is killed ends byte for byte as one that is not`() throws {
        let kills = ProcessInfo.processInfo.environment["SKIAGRAPH_KILLS"].flatMap(Int.init) ?? 3
        try writeSources(120)
        let whole = "\(folder.path)/whole"
        let outcome = try Program.run(Program.path, arguments(into: whole))
        #expect(outcome.exitCode == 0, "\(outcome.errors)")
        #expect(outcome.output.contains("imported 120 images of 120 files"))
        for kill in 0..<kills {
            let running = try Program.start(Program.path, arguments(into: dataSet))
            let journal = "\(dataSet).journal/imported.jsonl"
            let goal = (kill + 1) * 100 / (kills + 1)
            while running.process.isRunning {
                let lines = FileManager.default.contents(atPath: journal)?
                    .count { $0 == UInt8(ascii: "\n") }
                if lines ?? 0 >= goal { break }
                usleep(2_000)
            }
            usleep(UInt32.random(in: 0..<8_000))
            Glibc.kill(running.process.processIdentifier, SIGKILL)
            #expect(try running.wait().exitCode == -SIGKILL, "it was over before it was killed")
        }
        let last = try Program.run(Program.path, arguments(into: dataSet))
        #expect(last.exitCode == 0, "\(last.errors)")
        #expect(try files(below: dataSet) == files(below: whole))
    }

    @Test func `Ctrl-C keeps what was imported`() throws {
        try writeSources(500)
        let running = try Program.start(Program.path, arguments(into: dataSet))
        let journal = "\(dataSet).journal/imported.jsonl"
        // Late enough for the program to listen to signals, early enough to have work left.
        while running.process.isRunning,
            FileManager.default.contents(atPath: journal)?
                .count(where: { $0 == UInt8(ascii: "\n") }) ?? 0 < 100
        { usleep(2_000) }
        kill(running.process.processIdentifier, SIGINT)
        let outcome = try running.wait()
        #expect(outcome.exitCode == 128 + SIGINT)
        #expect(outcome.errors.contains("stopped; what was imported is kept"))
        let manifest = try String(
            contentsOfFile: "\(dataSet)/imported/manifest.csv",
            encoding: .utf8
        )
        #expect(manifest.hasPrefix("file,modality,anatomy"))
    }

    @Test func `files are accounted for one by one`() throws {
        try writeSources(2)
        try Data("x".utf8).write(to: URL(filePath: "\(folder.path)/sources/broken.jpg"))
        let outcome = try Program.run(Program.path, arguments("--json", into: dataSet))
        #expect(outcome.exitCode == 0)
        let lines = try outcome.outputLines.map { line in
            try #require(
                JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
            )
        }
        #expect(lines.map { $0["outcome"] as? String } == ["imported", "imported", "failed", nil])
        #expect(lines.last?["images"] as? Int == 2)
        #expect(lines.last?["failed"] as? Int == 1)
        let again = try Program.run(Program.path, arguments(into: dataSet))
        #expect(again.output.contains("known already: 2"))
        #expect(again.errors.contains("skiagraph: failed: "))
        #expect(again.errors.contains("broken.jpg: neither DICOM nor PNG, JPEG or TIFF"))
    }

    @Test func `a data set is inspected on one page`() throws {
        try writeSources(40)
        _ = try Program.run(Program.path, arguments(into: dataSet))
        let outcome = try Program.run(
            Program.path,
            [
                "data", "inspect", dataSet, "--report", "\(folder.path)/report.html", "--sheet",
                "\(folder.path)/sheet.png",
            ]
        )
        #expect(outcome.exitCode == 0, "\(outcome.errors)")
        #expect(outcome.output.contains("by anatomy"))
        #expect(outcome.output.contains("warning: only"))
        #expect(try folder.text("report.html").contains("<h1>Data set"))
        #expect(try PixelImage.read(path: "\(folder.path)/sheet.png").width > 8 * 128)
    }

    @Test(arguments: [
        (["/nowhere"], 66, "cannot read /nowhere"),
        (["--split", "0.5,0.6"], 64, "the shares of train, test and holdout"),
        (["--caption", "{PatientName}"], 64, "there is no field {PatientName}"),
        (["--set", "../x"], 64, "cannot be the name of a set"),
        (["--labels", "/nowhere.csv"], 66, "cannot read /nowhere.csv"),
    ])
    func `what cannot be imported is one line and a code`(
        more: [String],
        code: Int32,
        words: String
    ) throws {
        let outcome = try Program.run(
            Program.path,
            ["data", "import", "\(folder.path)/sources", "--into", "\(folder.path)/none"] + more
        )
        #expect(outcome.exitCode == code, "\(outcome.errors)")
        #expect(outcome.errors.contains(words))
        #expect(outcome.errors.split(separator: "\n").count == 1, "\(outcome.errors)")
    }
}
