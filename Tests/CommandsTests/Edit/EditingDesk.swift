import Foundation
import TestSupport
import Imaging

/// A folder with pictures to edit, and the program that edits them.
struct EditingDesk {
    let folder: TemporaryFolder
    let model = Program.model("tiny-radiograph")

    init() throws { folder = try TemporaryFolder() }

    var outputFolder: String { "\(folder.path)/out" }

    /// A grey picture that rises to the right and downwards, with a bright mark in its upper left part:
    /// mirrored or turned, it is another picture.
    func marked(width: Int = 96, height: Int = 80, bitDepth: Int = 8) throws -> PixelImage {
        let values = (0..<width * height).map { index in
            let (x, y) = (index % width, index / width)
            let isMarked = (4..<12).contains(x) && (4..<10).contains(y) && x - 4 <= y
            return isMarked ? 250 : 40 + x / 2 + y / 4
        }
        return try PixelImage(
            width: width,
            height: height,
            channelCount: 1,
            samples: bitDepth == 8
                ? .uint8(values.map { UInt8($0) }) : .uint16(values.map { UInt16($0) * 16 })
        )
    }

    /// Writes a picture and gives its path.
    func write(_ image: PixelImage, _ name: String = "source.png") throws -> String {
        let path = "\(folder.path)/\(name)"
        try image.writePNG(to: path)
        return path
    }

    /// A model with the autoencoder of radiograph-mini, and a tiny network that says nothing.
    func modelThatReconstructs() throws -> String {
        let path = "\(folder.path)/reconstructing"
        try FileManager.default.copyItem(atPath: Program.model("tiny-sd1"), toPath: path)
        try FileManager.default.removeItem(atPath: "\(path)/vae")
        var root = URL(filePath: #filePath)
        for _ in 0..<4 { root.deleteLastPathComponent() }
        try FileManager.default.copyItem(
            atPath: root.appending(path: "PretrainedModels/radiograph-mini/vae").path,
            toPath: "\(path)/vae"
        )
        return path
    }

    /// Runs `skiagraph edit` with few steps of a tiny model.
    func edit(_ arguments: String...) throws -> Program.Outcome {
        try edit(arguments)
    }

    func edit(_ arguments: [String]) throws -> Program.Outcome {
        let defaults = [
            ("--steps", "2"), ("--model", model), ("-o", outputFolder), ("--seed", "3"),
        ]
        let missing = defaults.filter { !arguments.contains($0.0) }.flatMap { [$0.0, $0.1] }
        return try Program.run(Program.path, ["edit"] + arguments + missing)
    }

    /// The names of what was written.
    func written() throws -> [String] {
        guard FileManager.default.fileExists(atPath: outputFolder) else { return [] }
        return try FileManager.default.contentsOfDirectory(atPath: outputFolder).sorted()
    }
}

extension PixelImage {
    /// The samples as integers.
    var values: [Int] {
        switch samples {
        case .uint8(let values): values.map(Int.init)
        case .uint16(let values): values.map(Int.init)
        }
    }

    /// Whether two pictures of one layout agree wherever `isCompared` holds.
    func agrees(with other: PixelImage, where isCompared: (_ x: Int, _ y: Int) -> Bool) -> Bool {
        guard layout == other.layout else { return false }
        let (own, others) = (values, other.values)
        return own.indices.allSatisfy { index in
            let pixel = index / channelCount
            return !isCompared(pixel % width, pixel / width) || own[index] == others[index]
        }
    }
}
