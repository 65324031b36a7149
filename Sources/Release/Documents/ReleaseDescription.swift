import Foundation

/// What a release is called and says of itself.
public struct ReleaseDescription: Sendable, Hashable {
    /// The name of the folder, and of the data set where it is published: small letters, digits and hyphens.
    public let name: String
    /// The edition, as in "1.0.0".
    public let version: String
    /// The title for people.
    public let title: String
    /// What the data set is for, in a sentence or two.
    public let summary: String
    /// Who publishes it.
    public let creator: String
    /// What others may do with it.
    public let license: ReleaseLicense
    /// Where it is published, if that is known.
    public let url: String?
    /// Whose account publishes it at Kaggle.
    public let kaggleOwner: String

    /// Describes a release; what is not given follows from the name.
    ///
    /// - Throws: `ReleaseError.invalidText`.
    public init(
        name: String,
        version: String = "1.0.0",
        title: String? = nil,
        summary: String? = nil,
        creator: String? = nil,
        license: ReleaseLicense = .ccBy,
        url: String? = nil,
        kaggleOwner: String? = nil
    ) throws(ReleaseError) {
        let words = name.replacing("-", with: " ")
        self.name = name
        self.version = version
        // A title has at least 6 characters, a name 3.
        let shown = words.count < 6 ? "synthetic \(words)" : words
        self.title = title ?? shown.prefix(1).uppercased() + shown.dropFirst()
        self.summary = summary ?? "Synthetic radiology images, each accepted by expert review."
        self.creator = creator ?? "The creators of \(name)"
        self.license = license
        self.url = url
        self.kaggleOwner = kaggleOwner ?? "INSERT-OWNER-HERE"
        try check(
            name,
            "the name",
            "3 to 50 small letters, digits and hyphens, as in hand-fractures"
        ) {
            $0.wholeMatch(of: /[a-z0-9][a-z0-9-]{1,48}[a-z0-9]/) != nil
        }
        try check(version, "the version", "three numbers, as in 1.0.0") {
            $0.wholeMatch(of: /\d{1,6}\.\d{1,6}\.\d{1,6}/) != nil
        }
        try check(self.title, "the title", "one line of 6 to 50 characters") {
            (6...50).contains($0.count) && !$0.contains(where: \.isNewline)
        }
        try check(self.creator, "the creator", "one line of at most 200 characters") {
            (1...200).contains($0.count) && !$0.contains(where: \.isNewline)
        }
        try check(self.summary, "the summary", "at most 4,000 characters") {
            (1...4_000).contains($0.count)
        }
        if let url {
            try check(url, "the address", "a web address, as in https://example.org/hands") {
                $0.wholeMatch(of: /https?:\/\/[!-~]{1,1000}/) != nil
            }
        }
        try check(self.kaggleOwner, "the Kaggle owner", "letters, digits and hyphens") {
            $0.wholeMatch(of: /[A-Za-z0-9-]{3,50}/) != nil
        }
    }

    private func check(
        _ text: String,
        _ what: String,
        _ expected: String,
        _ isValid: (String) -> Bool
    ) throws(ReleaseError) {
        guard isValid(text) else { throw .invalidText(what: what, found: text, expected: expected) }
    }
}
