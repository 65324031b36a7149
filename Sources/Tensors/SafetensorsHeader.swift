/// The table of contents of a safetensors file, checked against the bytes that follow it.
struct SafetensorsHeader {
    /// What a header may say at most, as in the reference implementation.
    static let byteLimit = 100_000_000

    /// One tensor; offsets count from the first byte after the header.
    struct Entry {
        let key: String
        let dtype: String
        let shape: [Int]
        let begin: Int
        let end: Int
    }

    let metadata: [String: String]
    /// In the order of their bytes.
    let entries: [Entry]

    /// Parses `bytes` and checks that its tensors fill the `available` bytes after it exactly once.
    init(_ bytes: UnsafeRawBufferPointer, available: Int, path: String) throws(SafetensorsError) {
        var scanner = SafetensorsHeaderScanner(bytes, path: path)
        let (metadata, unordered) = try scanner.scan()
        self.metadata = metadata
        entries = unordered.sorted { ($0.begin, $0.end, $0.key) < ($1.begin, $1.end, $1.key) }
        var formerEnd = 0
        for entry in entries {
            try Self.check(entry, formerEnd: formerEnd, available: available, path: path)
            formerEnd = entry.end
        }
        guard formerEnd == available else {
            throw .trailingBytes(path: path, byteCount: available - formerEnd)
        }
    }

    private static func check(_ entry: Entry, formerEnd: Int, available: Int, path: String)
        throws(SafetensorsError)
    {
        let (key, begin, end) = (entry.key, entry.begin, entry.end)
        guard begin <= end, end <= available else {
            throw .offsetsOutOfRange(
                path: path,
                key: key,
                begin: begin,
                end: end,
                available: available
            )
        }
        guard begin >= formerEnd else {
            throw .overlap(path: path, key: key, begin: begin, formerEnd: formerEnd)
        }
        guard begin == formerEnd else {
            throw .gap(path: path, key: key, begin: begin, formerEnd: formerEnd)
        }
        let width = DType(safetensorsName: entry.dtype)?.byteCount
        guard let expected = byteCount(entry.shape, width: width ?? 1) else {
            throw .shapeOverflow(path: path, key: key, shape: entry.shape)
        }
        // The width of a type that this library does not know is not known either.
        guard width == nil || expected == end - begin else {
            throw .sizeMismatch(
                path: path,
                key: key,
                dtype: entry.dtype,
                shape: entry.shape,
                byteCount: end - begin,
                expected: expected
            )
        }
    }

    /// Nil where the product of the lengths, those of 0 left out, does not fit an `Int`.
    private static func byteCount(_ shape: [Int], width: Int) -> Int? {
        var count = width
        for length in shape where length != 0 {
            let (product, isOverflow) = count.multipliedReportingOverflow(by: length)
            guard !isOverflow else { return nil }
            count = product
        }
        return shape.contains(0) ? 0 : count
    }
}

extension DType {
    /// The type's name in a safetensors file, such as `BF16`.
    var safetensorsName: String {
        switch self {
        case .uint8: "U8"
        case .int32: "I32"
        case .int64: "I64"
        case .float16: "F16"
        case .float32: "F32"
        case .float64: "F64"
        case .bool: "BOOL"
        case .bfloat16: "BF16"
        }
    }

    init?(safetensorsName name: String) {
        guard let match = Self.allCases.first(where: { $0.safetensorsName == name }) else {
            return nil
        }
        self = match
    }
}
