/// A coded concept (PS3.3 8.8), of those that synthetic and edited images carry.
struct DICOMCode: Sendable {
    let value: String
    let scheme: String
    let meaning: String

    /// PS3.16 CID 7005, what a piece of equipment did.
    static let synthesizingEquipment = DICOMCode(
        value: "109100",
        scheme: "DCM",
        meaning: "Synthesizing Equipment"
    )
    /// PS3.16 CID 7202, what a source image is for.
    static let sourceForProcessing = DICOMCode(
        value: "121322",
        scheme: "DCM",
        meaning: "Source image for image processing operation"
    )

    /// Writes the code as an item of a sequence.
    func append(to item: Item, _ sequence: DICOMTag) throws(DICOMError) {
        let code = try item.append(sequence)
        try code.set(.codeValue, value)
        try code.set(.codingSchemeDesignator, scheme)
        try code.set(.codeMeaning, meaning)
    }
}

extension DICOMTag {
    static let purposeOfReferenceCodeSequence = DICOMTag(0x0040, 0xA170)
}
