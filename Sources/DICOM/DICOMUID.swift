import Crypto
import Foundation

/// A unique identifier of an instance, a series or a study (PS3.5 Annex B.2).
public struct DICOMUID: Sendable, Hashable, CustomStringConvertible {
    /// Digits and dots, at most 64 characters.
    public let description: String

    /// What a UID names; one hash gives another UID for each.
    public enum Role: String, Sendable {
        /// One image.
        case instance
        /// The series of images that it belongs to.
        case series
        /// The study that the series belongs to.
        case study
    }

    /// Takes a UID as it is.
    ///
    /// - Returns: nil where the text breaks the rules of PS3.5 9.1.
    public init?(_ text: String) {
        let components = text.split(separator: ".", omittingEmptySubsequences: false)
        let isValid = components.allSatisfy { component in
            component.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
                && (component == "0" || (!component.isEmpty && !component.hasPrefix("0")))
        }
        guard isValid, components.count > 1, text.utf8.count <= 64 else { return nil }
        description = text
    }

    /// The UID that a text always gets in a role: 2.25 and a UUID (RFC 9562, version 8) made from
    /// its SHA-256.
    public init(derivedFrom text: String, as role: Role) {
        let digest = SHA256.hash(data: Data("skiagraph \(role.rawValue) \(text)".utf8))
        var number = digest.prefix(16).reduce(UInt128(0)) { $0 << 8 | UInt128($1) }
        number = number & ~(0xF << 76) | 0x8 << 76
        number = number & ~(0x3 << 62) | 0x2 << 62
        description = "2.25.\(number)"
    }
}
