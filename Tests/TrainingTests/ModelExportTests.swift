import Foundation
import Testing
import Training

struct ModelExportTests {
    @Test func `a copied model leaves behind what tells of its own training`() throws {
        let files = FileManager.default
        let folder = files.temporaryDirectory.appending(path: "skiagraph-\(UUID().uuidString)").path
        defer { try? files.removeItem(atPath: folder) }
        for component in ["unet", "vae"] {
            try files.createDirectory(
                atPath: "\(folder)/base/\(component)",
                withIntermediateDirectories: true
            )
        }
        let names = ["model_index.json", "LICENSE.md", "README.md", "training.csv", "training.svg"]
        for name in names {
            try Data(name.utf8).write(to: URL(filePath: "\(folder)/base/\(name)"))
        }
        try ModelExport(folder: "\(folder)/out").copyModel(from: "\(folder)/base", except: ["unet"])
        let copied = try files.contentsOfDirectory(atPath: "\(folder)/out").sorted()
        #expect(copied == ["LICENSE.md", "model_index.json", "vae"])
    }
}
