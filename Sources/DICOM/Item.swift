import CDCMTK

/// The attributes of a data set or of an item of a sequence.
struct Item {
    fileprivate let handle: OpaquePointer
    fileprivate let owner: Dataset

    init(handle: OpaquePointer, owner: Dataset) {
        self.handle = handle
        self.owner = owner
    }

    /// Whether the attribute is there, with or without a value.
    func has(_ tag: DICOMTag) -> Bool { cdcm_item_has(handle, tag.toolkit) }

    /// The whole value without padding; nil where there is none.
    ///
    /// Text that is not UTF-8 is taken for ISO 8859-1.
    func text(_ tag: DICOMTag) -> String? {
        guard let characters = cdcm_item_text(handle, tag.toolkit) else { return nil }
        defer { cdcm_free(characters) }
        let text =
            String(validatingCString: characters)
            ?? String(String.UnicodeScalarView(Self.latin1(characters)))
        let value = text.trimmingPadding
        return value.isEmpty ? nil : value
    }

    /// The values of a text or number attribute.
    func values(_ tag: DICOMTag) -> [String] {
        guard let text = text(tag) else { return [] }
        return text.split(separator: "\\", omittingEmptySubsequences: false)
            .map { String($0).trimmingPadding }
    }

    /// The numbers of an attribute, without what is no finite number.
    func numbers(_ tag: DICOMTag) -> [Double] {
        values(tag).compactMap(Double.init).filter(\.isFinite)
    }

    func integer(_ tag: DICOMTag) -> Int? { values(tag).first.flatMap { Int($0) } }

    /// The 16-bit words of an attribute, or nothing.
    func words(_ tag: DICOMTag) -> [UInt16] {
        var count = 0
        guard let words = cdcm_item_words(handle, tag.toolkit, &count) else { return [] }
        defer { cdcm_free(words) }
        return Array(UnsafeBufferPointer(start: words, count: count))
    }

    /// An item of a sequence.
    func child(_ tag: DICOMTag, _ index: Int = 0) -> Item? {
        cdcm_item_child(handle, tag.toolkit, index).map { Item(handle: $0, owner: owner) }
    }

    /// The tags that are there, in ascending order.
    var tags: [DICOMTag] {
        var count = 0
        guard let tags = cdcm_item_tags(handle, &count) else { return [] }
        defer { cdcm_free(tags) }
        return UnsafeBufferPointer(start: tags, count: count).map {
            DICOMTag(UInt16($0 >> 16), UInt16($0 & 0xFFFF))
        }
    }

    /// Sets an attribute, also to the empty value that type 2 attributes may have.
    func set(_ tag: DICOMTag, _ text: String) throws(DICOMError) {
        try owner.check { cdcm_item_set_text(handle, tag.toolkit, text, $0) }
    }

    func set(_ tag: DICOMTag, _ number: Int) throws(DICOMError) { try set(tag, String(number)) }

    func remove(_ tag: DICOMTag) { cdcm_item_remove(handle, tag.toolkit) }

    /// A new last item of a sequence.
    func append(_ tag: DICOMTag) throws(DICOMError) -> Item {
        var child: OpaquePointer?
        try owner.check { cdcm_item_append(handle, tag.toolkit, &child, $0) }
        guard let child else { throw .damaged(reason: "the toolkit made no item of \(tag)") }
        return Item(handle: child, owner: owner)
    }

    private static func latin1(_ characters: UnsafePointer<CChar>) -> [Unicode.Scalar] {
        var scalars: [Unicode.Scalar] = []
        var next = characters
        while next.pointee != 0 {
            scalars.append(Unicode.Scalar(UInt8(bitPattern: next.pointee)))
            next += 1
        }
        return scalars
    }
}

extension DICOMTag {
    fileprivate var toolkit: cdcm_tag { cdcm_tag(group: group, element: element) }
}

extension String {
    /// The text without the spaces and NULs that make a value's length even.
    fileprivate var trimmingPadding: String {
        let isPadding: (Character) -> Bool = { $0 == " " || $0 == "\0" }
        return String(drop(while: isPadding).reversed().drop(while: isPadding).reversed())
    }
}
