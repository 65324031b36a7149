import Foundation
import Release
import Testing

struct VerifyReleaseTests {
    let fixture: ReleaseFixture
    let release: CreateRelease.Result

    init() throws {
        fixture = try ReleaseFixture()
        try fixture.releasableImage(1)
        try fixture.releasableImage(2)
        release = try fixture.create()
        _ = try run("chmod", "-R", "u+w", release.folder)
    }

    private func problems(expecting seal: String? = nil) throws -> [String] {
        try VerifyRelease(folder: release.folder)(expecting: seal).problems
            .map { "\($0.kind.rawValue) \($0.path)" }
    }

    @Test func `a release as it was made has no problem, and needs no archive`() throws {
        try FileManager.default.removeItem(atPath: "\(fixture.root)/workspace")
        let report = try VerifyRelease(folder: release.folder)(expecting: release.seal)
        #expect(report.problems == [])
        #expect(report.fileCount == 14)
        #expect(report.imageCount == 2)
        #expect(report.seal == release.seal)
    }

    /// Every file in turn, with one bit changed.
    @Test func `a changed bit in any file is found`() throws {
        for path in try FileManager.default.subpathsOfDirectory(atPath: release.folder) {
            let url = URL(filePath: "\(release.folder)/\(path)")
            guard let data = try? Data(contentsOf: url), path != "SHA256SUMS" else { continue }
            var changed = data
            if data.isEmpty { changed.append(0) } else { changed[data.count / 2] ^= 1 }
            try changed.write(to: url)
            #expect(try problems() == ["altered \(path)"])
            try data.write(to: url)
        }
        #expect(try problems() == [])
    }

    @Test func `a file that was taken away is found`() throws {
        try FileManager.default.removeItem(atPath: "\(release.folder)/account.json")
        #expect(try problems() == ["missing account.json"])
    }

    @Test func `a file, a folder or a link that was added is found`() throws {
        let folder = release.folder
        try Data().write(to: URL(filePath: "\(folder)/images/more.png"))
        try FileManager.default.createDirectory(
            atPath: "\(folder)/more",
            withIntermediateDirectories: false
        )
        try FileManager.default.createSymbolicLink(
            atPath: "\(folder)/link",
            withDestinationPath: "/etc/passwd"
        )
        #expect(try problems() == ["added images/more.png", "added link", "added more"])
    }

    @Test func `a file that became a link to its own content is found`() throws {
        let path = "\(release.folder)/README.md"
        try FileManager.default.moveItem(atPath: path, toPath: "\(fixture.root)/README.md")
        try FileManager.default.createSymbolicLink(
            atPath: path,
            withDestinationPath: "\(fixture.root)/README.md"
        )
        #expect(try problems() == ["added README.md"])
    }

    @Test func `a file and its hash that were changed alike are found by the seal`() throws {
        let path = "\(release.folder)/README.md"
        let old = try sha256sum(path)
        try Data("other".utf8).write(to: URL(filePath: path))
        let list = try fixture.text("SHA256SUMS").replacing(old, with: sha256sum(path))
        try Data(list.utf8).write(to: URL(filePath: "\(release.folder)/SHA256SUMS"))
        #expect(try problems() == [])
        #expect(try problems(expecting: release.seal) == ["seal SHA256SUMS"])
    }

    @Test func `an image that was taken out of the list too is missed by the table`() throws {
        try FileManager.default.removeItem(atPath: "\(release.folder)/images/synthetic-000002.png")
        let list = try fixture.text("SHA256SUMS").split(separator: "\n")
            .filter { !$0.contains("images/synthetic-000002.png") }
        let text = list.joined(separator: "\n") + "\n"
        try Data(text.utf8).write(to: URL(filePath: "\(release.folder)/SHA256SUMS"))
        #expect(try problems() == ["inconsistent images/synthetic-000002.png"])
    }

    @Test(arguments: ["", "no hash  README.md\n", "PATH/../../etc/passwd\n"])
    func `a folder without a proper list of hashes is no release`(list: String) throws {
        let hash = String(repeating: "0", count: 64)
        let text = list.replacing("PATH", with: "\(hash)  ")
        try Data(text.utf8).write(to: URL(filePath: "\(release.folder)/SHA256SUMS"))
        #expect(throws: ReleaseError.self) { try problems() }
        #expect(throws: ReleaseError.self) { try VerifyRelease(folder: fixture.root)() }
        #expect(throws: ReleaseError.self) { try VerifyRelease(folder: "\(fixture.root)/none")() }
    }
}
