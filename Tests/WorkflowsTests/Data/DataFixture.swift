import DICOM
import Foundation
import Imaging
import Workflows

/// A folder of sources and a data set, gone when the test ends.
final class DataFixture: Sendable {
    let path: String

    init() throws {
        path =
            FileManager.default.temporaryDirectory
            .appending(path: "skiagraph-data-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(
            atPath: path + "/sources",
            withIntermediateDirectories: true
        )
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    var sources: String { path + "/sources" }
    var dataSet: String { path + "/set" }

    static var root: URL {
        URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    }

    /// A file of pydicom's own.
    static func pydicom(_ name: String) throws -> String {
        let packages = root.appending(path: ".venv-dicom/lib")
        let versions = try FileManager.default.contentsOfDirectory(atPath: packages.path)
        for version in versions {
            let path =
                packages.path + "/\(version)/site-packages/pydicom/data/test_files/\(name).dcm"
            if FileManager.default.fileExists(atPath: path) { return path }
        }
        throw CocoaError(.fileNoSuchFile, userInfo: ["name": name, "hint": "run make test"])
    }

    /// Copies a file of pydicom's among the sources.
    @discardableResult
    func add(pydicom name: String) throws -> String {
        let target = "\(sources)/\(name).dcm"
        try FileManager.default.copyItem(atPath: try Self.pydicom(name), toPath: target)
        return target
    }

    /// Waves whose directions and phases the number picks: every number gives a picture of its own.
    static func picture(_ number: Int, width: Int = 64, height: Int = 64) throws -> PixelImage {
        var samples: [UInt8] = []
        for index in 0..<width * height {
            let x = Double(index % width) / Double(width)
            let y = Double(index / width) / Double(height)
            var sum = 0.0
            for wave in 0..<24 {
                let across: Double = Double((wave * 5 + number * 3) % 7) + 0.37
                let down: Double = Double((wave * 3 + number * 5) % 7) + 0.61
                let turn: Double = across * x + (wave % 2 == 0 ? -down : down) * y
                let phase: Double = 0.7 * Double(wave * (number + 1))
                sum += sin(2 * Double.pi * turn + phase)
            }
            samples.append(UInt8(110 + 2.5 * sum))
        }
        return try PixelImage(width: width, height: height, grey: samples)
    }

    /// Writes a picture among the sources.
    @discardableResult
    func add(_ picture: PixelImage, as name: String) throws -> String {
        let target = "\(sources)/\(name)"
        try picture.writePNG(to: target)
        return target
    }

    func write(_ text: String, to name: String) throws -> String {
        let target = "\(path)/\(name)"
        try Data(text.utf8).write(to: URL(filePath: target))
        return target
    }

    func text(_ name: String) throws -> String {
        try String(contentsOfFile: "\(path)/\(name)", encoding: .utf8)
    }

    /// All files below the data set, by their names in it.
    func files() throws -> [String: Data] {
        var files: [String: Data] = [:]
        for name in try FileManager.default.subpathsOfDirectory(atPath: dataSet) {
            if let data = FileManager.default.contents(atPath: "\(dataSet)/\(name)") {
                files[name] = data
            }
        }
        return files
    }

    /// Imports all sources.
    @discardableResult
    func importAll(
        _ change: (inout ImportImages.Options) throws -> Void = { _ in },
        isCancelled: () -> Bool = { false },
        report: (ImportImages.Event) -> Void = { _ in }
    ) throws -> ImportImages.Summary {
        var options = ImportImages.Options(split: try PatientSplit())
        options.modality = "XR"
        options.anatomy = "hand"
        try change(&options)
        return try ImportImages(into: dataSet, options)
            .run([sources], isCancelled: isCancelled, report: report)
    }
}
