import Foundation
import TestSupport

/// Programs and files that these tests compare with.
enum Reference {
    /// The root of the checkout, also where it is reached by a link.
    static let root = URL(filePath: #filePath).resolvingSymlinksInPath()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// A folder of CT slices that may lie beside the checkout.
    static let otherSlicesFolder =
        ProcessInfo.processInfo.environment["SKIAGRAPH_DICOM_SAMPLES"]
        ?? root.appending(path: "../shared/data/dicom-samples").standardizedFileURL.path

    /// The names of the slices there; none where there is no such folder.
    static let otherSlices: [String] = {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: otherSlicesFolder)) ?? []
        return names.filter { $0.hasSuffix(".dcm") }.map { String($0.dropLast(4)) }.sorted()
    }()

    /// A script of these tests.
    static func script(_ name: String) -> String {
        root.appending(path: "Tests/Goldens/dicom/\(name)").path
    }

    /// What pydicom reads, by the name of the file; made once a run.
    static let pydicom = Result { try PydicomReference() }

    /// Runs pydicom on a script and its arguments.
    static func python(_ script: String, _ arguments: [String]) throws -> String {
        let outcome = try run(
            root.appending(path: ".venv-dicom/bin/python").path,
            [Self.script(script)] + arguments
        )
        guard outcome.status == 0 else { throw Failure(text: outcome.text) }
        return outcome.text
    }

    /// Runs a program and collects what it prints.
    static func run(
        _ program: String,
        _ arguments: [String]
    ) throws -> (status: Int32, text: String) {
        guard FileManager.default.isExecutableFile(atPath: program) else {
            throw Failure(text: "\(program) is missing; run make setup")
        }
        let folder = try TemporaryFolder()
        let path = folder.path + "/text"
        try Data().write(to: URL(filePath: path))
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        let handle = try FileHandle(forWritingTo: URL(filePath: path))
        process.standardOutput = handle
        process.standardError = handle
        try process.run()
        process.waitUntilExit()
        return (process.terminationStatus, try String(contentsOfFile: path, encoding: .utf8))
    }

    struct Failure: Error, CustomStringConvertible {
        let text: String
        var description: String { text }
    }
}

/// What `reference.py` has written.
struct PydicomReference: Sendable {
    struct Entry: Decodable, Sendable {
        let path: String
        let width: Int?
        let height: Int?
        let channels: Int?
        let error: String?
    }

    let entries: [String: Entry]
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        _ = try Reference.python(
            "reference.py",
            [folder.path, Reference.script("tcga"), Reference.otherSlicesFolder]
        )
        let index = try Data(contentsOf: URL(filePath: folder.path + "/index.json"))
        entries = try JSONDecoder().decode([String: Entry].self, from: index)
    }

    func entry(_ name: String) throws -> Entry {
        guard let entry = entries[name] else {
            throw Reference.Failure(text: "pydicom has no file \(name)")
        }
        return entry
    }

    func stored(_ name: String) throws -> [Double] { try numbers("\(name).stored") }

    func display(_ name: String) throws -> [Double] { try numbers("\(name).display") }

    private func numbers(_ file: String) throws -> [Double] {
        let data = try Data(contentsOf: URL(filePath: "\(folder.path)/\(file)"))
        return data.withUnsafeBytes { Array($0.bindMemory(to: Double.self)) }
    }
}
