import Crypto

/// Random secrets, of which only hashes are stored.
///
/// They have 128 bits or more, so a plain SHA-256 is not worth guessing at.
enum Secret {
    /// Random bytes from the system as lower-case hexadecimal digits.
    static func token(byteCount: Int) -> String {
        hexadecimal(randomBytes(byteCount))
    }

    /// A random code of 128 bits that people can read aloud, in groups of up to five characters.
    ///
    /// - SeeAlso: Crockford's base 32, which has no letters I, L, O and U.
    static func code() -> String {
        var value = randomBytes(16).reduce(UInt128(0)) { $0 << 8 | UInt128($1) }
        var characters: [Character] = []
        for _ in 0..<26 {
            characters.append(alphabet[Int(value & 31)])
            value >>= 5
        }
        return stride(from: 0, to: characters.count, by: 5)
            .map { String(characters[$0..<min($0 + 5, characters.count)]) }
            .joined(separator: "-")
    }

    /// A code as it was made, from what somebody typed; nil where it cannot be one.
    static func normalized(code: String) -> String? {
        var result = ""
        for character in code.uppercased() where !(character == "-" || character.isWhitespace) {
            switch character {
            case "O": result.append("0")
            case "I", "L": result.append("1")
            default: result.append(character)
            }
            guard result.utf8.count <= 26 else { return nil }
        }
        return result.count == 26 && result.allSatisfy(alphabet.contains) ? result : nil
    }

    /// The hash under which a secret is stored.
    static func hash(_ secret: String) -> String {
        hexadecimal(Array(SHA256.hash(data: Array(secret.utf8))))
    }

    private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ")

    private static func randomBytes(_ count: Int) -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        return (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    }

    private static func hexadecimal(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef")
        return String(bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
    }
}
