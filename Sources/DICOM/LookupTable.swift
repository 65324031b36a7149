/// A table from whole numbers to samples (PS3.3 C.11.1.1 and C.11.2.1.1).
public struct LookupTable: Sendable, Hashable {
    /// The first value that the table maps; smaller ones take its first entry.
    public let firstMapped: Int
    /// The entries.
    public let entries: [UInt16]
    /// Bits of an entry.
    public let entryBits: Int

    /// Makes a table.
    ///
    /// - Throws: `DICOMError.damaged` for a table without entries or of impossible depth.
    public init(firstMapped: Int, entries: [UInt16], entryBits: Int) throws(DICOMError) {
        guard !entries.isEmpty, (1...16).contains(entryBits) else {
            throw .damaged(
                reason: "a lookup table has \(entries.count) entries of \(entryBits) bits"
            )
        }
        self.firstMapped = firstMapped
        let maximum = UInt16((1 << entryBits) - 1)
        self.entries = entries.map { min($0, maximum) }
        self.entryBits = entryBits
    }

    /// Reads a table's descriptor and data; a signed input makes the first mapped value signed.
    init(
        _ item: Item,
        descriptor: DICOMTag = .lutDescriptor,
        data: DICOMTag = .lutData,
        isInputSigned: Bool
    ) throws(DICOMError) {
        let words = item.words(descriptor)
        guard words.count == 3 else { throw .missing(descriptor, name: "LUT Descriptor") }
        let count = words[0] == 0 ? 65_536 : Int(words[0])
        let first = isInputSigned ? Int(Int16(bitPattern: words[1])) : Int(words[1])
        let stored = item.words(data)
        // Entries of 8 bits may lie two in a word.
        let isPacked = words[2] <= 8 && stored.count == (count + 1) / 2 && count > 1
        let entries =
            isPacked
            ? Array(stored.flatMap { [$0 & 0xFF, $0 >> 8] }.prefix(count))
            : Array(stored.prefix(count))
        guard entries.count == count else {
            throw .damaged(
                reason: "a lookup table announces \(count) entries and has \(stored.count)"
            )
        }
        try self.init(firstMapped: first, entries: entries, entryBits: Int(words[2]))
    }

    /// The largest entry that the depth allows.
    public var maximumEntry: Int { (1 << entryBits) - 1 }

    /// The entry of a value.
    public subscript(value: Int) -> UInt16 {
        entries[min(max(value - firstMapped, 0), entries.count - 1)]
    }
}
