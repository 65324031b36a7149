import Foundation

/// Names of picture files: the prompt in a readable form and the picture's seed.
///
/// A name depends on prompt and seed alone, so a request that is run again finds its pictures.
enum ImageName {
    private static let maximumLength = 60

    /// The file name of one picture.
    static func file(prompt: String, seed: UInt64) -> String { "\(slug(prompt))-s\(seed).png" }

    /// The prompt in lower-case ASCII letters, digits and hyphens.
    ///
    /// Where letters had to be left out, digits of the prompt's hash keep names apart.
    static func slug(_ prompt: String) -> String {
        let plain = prompt.decomposedStringWithCanonicalMapping.lowercased().unicodeScalars
            .filter { !$0.properties.isDiacritic }
        let words = plain.split { !isKept($0) }.map { String(String.UnicodeScalarView($0)) }
        let name = words.joined(separator: "-")
        let short = name.prefix(maximumLength).trimmingCharacters(in: ["-"])
        let isWhole = short == name && prompt.unicodeScalars.allSatisfy(\.isASCII) && !name.isEmpty
        guard !isWhole else { return name }
        let suffix = WeightsHash.sha256(of: prompt).prefix(8)
        return short.isEmpty ? String(suffix) : "\(short)-\(suffix)"
    }

    private static func isKept(_ scalar: Unicode.Scalar) -> Bool {
        ("a"..."z").contains(scalar) || ("0"..."9").contains(scalar)
    }
}
