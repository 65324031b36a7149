import Testing

/// `Scripts/libtorch-requirements.txt` is the place of the version; the documents repeat it.
struct LibtorchVersionTests {
    @Test func `README and CHANGELOG name the pinned version`() throws {
        let requirements = try Checkout.text("Scripts/libtorch-requirements.txt")
        let pinned = try #require(requirements.firstMatch(of: /(?m)^torch==(\d+\.\d+\.\d+)/)).1
        let mention = /libtorch (\d+\.\d+\.\d+)/

        let readme = try Checkout.text("README.md").matches(of: mention).map(\.1)
        #expect(!readme.isEmpty && readme.allSatisfy { $0 == pinned })
        // Older entries of the CHANGELOG keep their versions.
        let newest = try #require(try Checkout.text("CHANGELOG.md").firstMatch(of: mention)).1
        #expect(newest == pinned)
    }
}
