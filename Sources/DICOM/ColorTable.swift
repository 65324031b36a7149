/// The colours of PALETTE COLOR images (PS3.3 C.7.9).
struct ColorTable: Sendable, Hashable {
    private let red: LookupTable
    private let green: LookupTable
    private let blue: LookupTable

    /// Reads the three tables.
    init(_ item: Item, isInputSigned: Bool) throws(DICOMError) {
        func table(_ channel: UInt16) throws(DICOMError) -> LookupTable {
            let (descriptor, data) = (DICOMTag.redPaletteDescriptor, DICOMTag.redPaletteData)
            return try LookupTable(
                item,
                descriptor: DICOMTag(descriptor.group, descriptor.element + channel),
                data: DICOMTag(data.group, data.element + channel),
                isInputSigned: isInputSigned
            )
        }
        red = try table(0)
        green = try table(1)
        blue = try table(2)
    }

    /// Red, green and blue of a stored value, 0 to 1.
    func color(_ stored: Int) -> [Double] {
        [red, green, blue].map { Double($0[stored]) / Double($0.maximumEntry) }
    }
}
