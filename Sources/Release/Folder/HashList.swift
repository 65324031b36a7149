/// The hashes of a release's files, as `sha256sum --check` reads them.
struct HashList: Equatable {
    /// The list's name in a release.
    static let fileName = "SHA256SUMS"

    /// The hash of each path.
    let hashes: [String: String]

    /// One line a file, sorted by path.
    var text: String {
        hashes.sorted { $0.key < $1.key }.map { "\($0.value)  \($0.key)\n" }.joined()
    }

    init(hashes: [String: String]) { self.hashes = hashes }

    /// Reads a list; nil where a line is not a hash, two spaces and a path inside the folder, or a path is there twice.
    init?(_ text: String) {
        var hashes: [String: String] = [:]
        for line in text.split(separator: "\n") {
            guard let match = line.wholeMatch(of: /([0-9a-f]{64})  ([^\\]+)/) else { return nil }
            let path = String(match.2)
            let parts = path.split(separator: "/", omittingEmptySubsequences: false)
            guard !parts.contains(where: { ["", ".", ".."].contains($0) }),
                hashes.updateValue(String(match.1), forKey: path) == nil
            else { return nil }
        }
        guard !hashes.isEmpty else { return nil }
        self.hashes = hashes
    }
}
