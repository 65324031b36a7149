import Foundation
import Testing
import Workflows

struct ModelLocatorTests {
    private let root = FileManager.default.temporaryDirectory
        .appending(path: "skiagraph-\(UUID().uuidString)").path

    @Test func `names are looked for in the stated order`() throws {
        defer { try? FileManager.default.removeItem(atPath: root) }
        let places = ["\(root)/models", "\(root)/a/b/PretrainedModels", "\(root)/PretrainedModels"]
        let locator = ModelLocator(
            environment: ["SKIAGRAPH_MODELS": places[0]],
            executable: "\(root)/a/b/skiagraph",
            currentFolder: "\(root)/current"
        )
        for folder in (places + ["\(root)/current"]).reversed() {
            try makeModel("\(folder)/mini")
            #expect(try locator.folder(of: "mini") == "\(folder)/mini")
        }
    }

    @Test func `an unknown name tells where it was looked for and what is there`() throws {
        defer { try? FileManager.default.removeItem(atPath: root) }
        try makeModel("\(root)/PretrainedModels/mini")
        let locator = ModelLocator(
            environment: [:],
            executable: "\(root)/bin/skiagraph",
            currentFolder: "\(root)/current"
        )
        #expect(
            throws: WorkflowError.unknownModel(
                name: "maxi",
                searched: ["\(root)/PretrainedModels", "\(root)/current"],
                available: ["mini"]
            )
        ) {
            try locator.folder(of: "maxi")
        }
    }

    @Test(arguments: ["./mini", "/models/mini", ".", ".."])
    func `a path is taken as it is`(_ path: String) throws {
        #expect(try ModelLocator().folder(of: path) == path)
    }

    private func makeModel(_ folder: String) throws {
        try FileManager.default.createDirectory(
            atPath: folder,
            withIntermediateDirectories: true
        )
        try Data("{}".utf8).write(to: URL(filePath: "\(folder)/model_index.json"))
    }
}
