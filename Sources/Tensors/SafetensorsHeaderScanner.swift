/// Reads the restricted JSON of a safetensors header.
///
/// Foundation's decoders drop duplicate keys silently, which would hide one of two tensors of a name.
/// The format has two levels and no more, so nothing here recurses.
struct SafetensorsHeaderScanner {
    private let bytes: UnsafeRawBufferPointer
    private let path: String
    private var position = 0

    /// Reads `bytes`, which must stay in place; `path` is for messages.
    init(_ bytes: UnsafeRawBufferPointer, path: String) {
        self.bytes = bytes
        self.path = path
    }

    /// All tensors in the order of the header, and the free text of `__metadata__`.
    mutating func scan() throws(SafetensorsError) -> (
        metadata: [String: String], entries: [SafetensorsHeader.Entry]
    ) {
        var metadata: [String: String]?
        var entries: [SafetensorsHeader.Entry] = []
        var known: Set<String> = []
        guard bytes.first == UInt8(ascii: "{") else { throw malformed("{") }
        try scanObject { (scanner: inout Self, key) throws(SafetensorsError) in
            guard known.insert(key).inserted else {
                throw .duplicateKey(path: scanner.path, key: key)
            }
            if key == "__metadata__" {
                metadata = try scanner.scanMetadata()
            } else {
                entries.append(try scanner.scanEntry(key))
            }
        }
        skipSpace()
        guard position == bytes.count else { throw malformed("the end") }
        return (metadata ?? [:], entries)
    }

    private mutating func scanMetadata() throws(SafetensorsError) -> [String: String] {
        var metadata: [String: String] = [:]
        try scanObject { (scanner: inout Self, key) throws(SafetensorsError) in
            let value = try scanner.scanString()
            guard metadata.updateValue(value, forKey: key) == nil else {
                throw .duplicateKey(path: scanner.path, key: "__metadata__/" + key)
            }
        }
        return metadata
    }

    private mutating func scanEntry(_ name: String) throws(SafetensorsError)
        -> SafetensorsHeader.Entry
    {
        let start = position
        var (dtype, shape, offsets) = (String?.none, [Int]?.none, [Int]?.none)
        try scanObject { (scanner: inout Self, key) throws(SafetensorsError) in
            switch key {
            case "dtype" where dtype == nil: dtype = try scanner.scanString()
            case "shape" where shape == nil: shape = try scanner.scanIntegers()
            case "data_offsets" where offsets == nil: offsets = try scanner.scanIntegers()
            case "dtype", "shape", "data_offsets":
                throw .duplicateKey(path: scanner.path, key: "\(name)/\(key)")
            default: throw scanner.malformed("no key but dtype, shape and data_offsets")
            }
        }
        guard let dtype, let shape, let offsets, offsets.count == 2 else {
            position = start
            throw malformed("dtype, shape and two data_offsets of tensor \(name)")
        }
        return SafetensorsHeader.Entry(
            key: name,
            dtype: dtype,
            shape: shape,
            begin: offsets[0],
            end: offsets[1]
        )
    }

    // MARK: - JSON

    /// Calls `member` after each key and its colon; it must consume the value.
    private mutating func scanObject(
        _ member: (inout Self, String) throws(SafetensorsError) -> Void
    ) throws(SafetensorsError) {
        try expect("{")
        if take("}") { return }
        repeat {
            let key = try scanString()
            try expect(":")
            try member(&self, key)
        } while take(",")
        try expect("}")
    }

    private mutating func scanIntegers() throws(SafetensorsError) -> [Int] {
        try expect("[")
        if take("]") { return [] }
        var integers: [Int] = []
        repeat { integers.append(try scanInteger()) } while take(",")
        try expect("]")
        return integers
    }

    private mutating func scanInteger() throws(SafetensorsError) -> Int {
        skipSpace()
        let start = position
        while let byte = current, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) {
            position += 1
        }
        let digits = String(decoding: bytes[start..<position], as: UTF8.self)
        guard let value = Int(digits), digits == "0" || !digits.hasPrefix("0") else {
            position = start
            throw malformed("a whole number from 0 to \(Int.max)")
        }
        return value
    }

    private mutating func scanString() throws(SafetensorsError) -> String {
        try expect("\"")
        let start = position
        var text: [UInt8] = []
        while let byte = current, byte != UInt8(ascii: "\"") {
            position += 1
            switch byte {
            case UInt8(ascii: "\\"): text += String(try scanEscape()).utf8
            case ..<0x20: throw malformed("an escaped control character")
            default: text.append(byte)
            }
        }
        guard let string = String(validating: text, as: UTF8.self) else {
            position = start
            throw malformed("a string in UTF-8")
        }
        try expect("\"")
        return string
    }

    /// The character after a backslash.
    private mutating func scanEscape() throws(SafetensorsError) -> Unicode.Scalar {
        guard let escape = current else { throw malformed("an escape of JSON") }
        position += 1
        switch escape {
        case UInt8(ascii: "\""): return "\""
        case UInt8(ascii: "\\"): return "\\"
        case UInt8(ascii: "/"): return "/"
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{c}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): break
        default: throw malformed("an escape of JSON")
        }
        let unit = try scanCodeUnit()
        if let scalar = Unicode.Scalar(unit) { return scalar }
        guard UTF16.isLeadSurrogate(unit), current == UInt8(ascii: "\\") else {
            throw malformed("a pair of surrogates")
        }
        position += 1
        guard current == UInt8(ascii: "u") else { throw malformed("a pair of surrogates") }
        position += 1
        let trail = try scanCodeUnit()
        guard UTF16.isTrailSurrogate(trail) else { throw malformed("a pair of surrogates") }
        return UTF16.decode(UTF16.EncodedScalar([unit, trail]))
    }

    /// Four hexadecimal digits.
    private mutating func scanCodeUnit() throws(SafetensorsError) -> UInt16 {
        var unit: UInt16 = 0
        for _ in 0..<4 {
            guard let byte = current, byte < 0x80,
                let digit = Character(Unicode.Scalar(byte)).hexDigitValue
            else { throw malformed("four hexadecimal digits") }
            unit = unit << 4 | UInt16(digit)
            position += 1
        }
        return unit
    }

    private var current: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func skipSpace() {
        while let byte = current, byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09 {
            position += 1
        }
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        skipSpace()
        guard current == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    private mutating func expect(_ character: Unicode.Scalar) throws(SafetensorsError) {
        // The closing quote is expected where it stands; a space before it would be text.
        guard take(character) else { throw malformed(String(character)) }
    }

    private func malformed(_ expected: String) -> SafetensorsError {
        .malformedHeader(path: path, offset: position, expected: expected)
    }
}
