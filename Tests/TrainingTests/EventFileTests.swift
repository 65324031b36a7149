import Foundation
import Imaging
import Testing

@testable import Training

/// Against TensorBoard's own reader, which checks every checksum.
struct EventFileTests {
    private let samples: SampleImages
    private var folder: String { samples.folder + "/events" }

    init() throws { samples = try SampleImages() }

    /// What `read-events.py` prints.
    struct Content: Decodable {
        struct Scalar: Decodable, Equatable {
            let step: Int
            let value: Double
            let time: Double
        }
        struct Picture: Decodable, Equatable {
            let step: Int
            let mode: String
            let width: Int
            let pixels: [UInt8]
        }
        let scalars: [String: [Scalar]]
        let images: [String: [Picture]]

        init(folder: String) throws {
            let tests = URL(filePath: #filePath).deletingLastPathComponent()
            let root = tests.deletingLastPathComponent().deletingLastPathComponent()
            let process = Process()
            process.executableURL = root.appending(path: ".venv-tensorboard/bin/python")
            process.arguments = [tests.appending(path: "read-events.py").path, folder]
            let output = Pipe()
            process.standardOutput = output
            do { try process.run() } catch {
                Issue.record("\(error); TensorBoard is missing: run Scripts/setup --tests")
                throw error
            }
            let data = try output.fileHandleForReading.readToEnd() ?? Data()
            process.waitUntilExit()
            self = try JSONDecoder().decode(Content.self, from: data)
        }
    }

    @Test func `TensorBoard reads figures and pictures`() throws {
        let time = Date(timeIntervalSince1970: 1_700_000_000.25)
        let file = try EventFile(folder: folder, firstStep: 0) { time }
        try file.write(step: 20, [("train/loss", 0.5), ("train/gradient", 3)])
        try file.write(step: 40, [("train/loss", -0.25)])
        let grey = try PixelImage(width: 3, height: 2, grey: [0, 50, 100, 150, 200, 255])
        try file.write(step: 40, "validation/a hand — left", grey)
        let colour = try PixelImage(
            width: 2,
            height: 1,
            channelCount: 3,
            samples: .uint8([255, 0, 0, 1, 2, 3])
        )
        try file.write(step: 300, "colour", colour)
        let content = try Content(folder: folder)
        let loss = try #require(content.scalars["train/loss"])
        #expect(loss.map(\.step) == [20, 40])
        #expect(loss.map(\.value) == [0.5, -0.25])
        #expect(loss.map(\.time) == [1_700_000_000.25, 1_700_000_000.25])
        #expect(content.scalars["train/gradient"]?.map(\.value) == [3])
        let picture = try #require(content.images["validation/a hand — left"]?.first)
        #expect((picture.step, picture.mode, picture.width) == (40, "L", 3))
        #expect(picture.pixels == [0, 50, 100, 150, 200, 255])
        let other = try #require(content.images["colour"]?.first)
        #expect((other.step, other.mode) == (300, "RGB"))
        #expect(other.pixels == [255, 0, 0, 1, 2, 3])
    }

    @Test func `a session that goes on drops what was done beyond its first step`() throws {
        var seconds = 1_700_000_000.0
        func clock() -> Date {
            seconds += 1
            return Date(timeIntervalSince1970: seconds)
        }
        let first = try EventFile(folder: folder, firstStep: 0, now: clock)
        for step in [20, 40, 60] { try first.write(step: step, [("loss", Double(step))]) }
        let second = try EventFile(folder: folder, firstStep: 40, now: clock)
        for step in [60, 80] { try second.write(step: step, [("loss", Double(-step))]) }
        let loss = try #require(Content(folder: folder).scalars["loss"])
        #expect(loss.map(\.step) == [20, 40, 60, 80])
        #expect(loss.map(\.value) == [20, 40, -60, -80])
    }

    /// RFC 3720, appendix B.4, and the check value of the catalogues.
    private static let checksums: [(bytes: [UInt8], expected: UInt32)] = [
        (Array(repeating: 0, count: 32), 0x8A91_36AA),
        (Array(repeating: 0xFF, count: 32), 0x62A8_AB43),
        (Array(0..<32), 0x46DD_794E),
        (Array((0..<32).reversed()), 0x113F_DB5C),
        (Array("123456789".utf8), 0xE306_9283),
    ]

    @Test(arguments: checksums)
    func `checksums are those of the standard`(bytes: [UInt8], expected: UInt32) {
        #expect(CRC32C.checksum(bytes) == expected)
    }

    @Test func `a file that cannot be written is named with the reason`() throws {
        try Data().write(to: URL(filePath: folder))
        #expect {
            _ = try EventFile(folder: folder, firstStep: 0)
        } throws: { error in
            guard case TrainingError.cannotWrite(let path, _) = error else { return false }
            return path.hasPrefix(folder)
        }
    }
}
