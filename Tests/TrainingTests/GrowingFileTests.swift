import Foundation
import Testing

@testable import Training

struct GrowingFileTests {
    private let samples: SampleImages

    init() throws { samples = try SampleImages() }

    @Test func `bytes are added to what is there`() throws {
        let path = samples.folder + "/a/b/file"
        try GrowingFile.makeFolder(samples.folder + "/a/b")
        try GrowingFile.makeFolder(samples.folder + "/a/b")
        try GrowingFile(path: path).append(Array("one ".utf8))
        let again = try GrowingFile(path: path)
        try again.append([])
        try again.append(Array("two".utf8))
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "one two")
    }

    @Test func `a full disk is told with the file's name`() throws {
        let full = try GrowingFile(path: "/dev/full")
        let expected = TrainingError.cannotWrite(path: "/dev/full", errorNumber: ENOSPC)
        let error = #expect(throws: expected) { try full.append([1]) }
        let message = try #require(error).description
        #expect(message.contains("cannot write /dev/full: No space left on device"))
        #expect(message.contains("skiagraph train resume"))
    }

    @Test func `a table drops the lines of steps that will be done again`() throws {
        let path = samples.folder + "/table.csv"
        func table(from step: Int) throws -> RunTable {
            try RunTable(path: path, columns: ["step", "loss"], firstStep: step)
        }
        let first = try table(from: 0)
        for step in [1, 2, 3] { try first.append(["\(step)", "a"]) }
        try table(from: 2).append(["3", "b"])
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "step,loss\n1,a\n2,a\n3,b\n")
    }
}
