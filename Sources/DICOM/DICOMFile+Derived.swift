import Imaging

extension DICOMFile {
    /// The file of an edited image: new stored values in place of the old, everything else kept.
    ///
    /// The object says that it is derived and partly synthetic, from which image, and by what; it gets
    /// an instance and a series UID of its own and stays in its study. Pixels are stored uncompressed.
    /// - Parameters:
    ///   - pixels: stored values of the same size, channels, bits and signedness as this file's.
    ///   - synthesis: how they were made.
    ///   - imageSHA256: the hash of the edited image, from which its UIDs derive.
    /// - Returns: the bytes of a file in Explicit VR Little Endian.
    /// - Throws: `DICOMError.mismatch` where the values do not fit, or for a multi-frame file.
    public func derived(
        storing pixels: StoredPixels,
        synthesis: Synthesis,
        imageSHA256: String
    ) throws(DICOMError) -> [UInt8] {
        try checkFit(of: pixels)
        // A second parse, so that this file stays what it was.
        let dataset = try Dataset(bytes, limits: limits)
        let item = dataset.root
        let source = DICOMReference(
            sopClassUID: item.text(.sopClassUID) ?? SecondaryCapture.sopClassUID,
            sopInstanceUID: item.text(.sopInstanceUID) ?? ""
        )
        let uid = { role in DICOMUID(derivedFrom: imageSHA256, as: role).description }
        try item.set(.sopInstanceUID, uid(.instance))
        try item.set(.seriesInstanceUID, uid(.series))
        let rest = item.values(.imageType).dropFirst(2)
        try item.set(.imageType, (["DERIVED", "SECONDARY"] + rest).joined(separator: "\\"))
        // What was derived before is the source's story; this object tells its own.
        item.remove(.sourceImageSequence)
        item.remove(.derivationCodeSequence)
        try synthesis.write(to: item, source: source.sopInstanceUID.isEmpty ? nil : source)
        try write(pixels, to: item, of: dataset)
        return try dataset.encoded()
    }

    private func checkFit(of pixels: StoredPixels) throws(DICOMError) {
        guard frameCount == 1 else {
            throw .mismatch(
                reason: "an image of \(frameCount) frames cannot be edited; split it first"
            )
        }
        let own = try PixelDescription(dataset.root)
        let given = pixels.description
        let fits =
            own.width == given.width && own.height == given.height
            && own.channelCount == given.channelCount && own.bitsStored == given.bitsStored
            && own.isSigned == given.isSigned
        guard fits else {
            throw .mismatch(
                reason: "edited pixels (\(given.width)x\(given.height), \(given.channelCount) "
                    + "channels, \(given.bitsStored) bits) do not fit the image "
                    + "(\(own.width)x\(own.height), \(own.channelCount) channels, "
                    + "\(own.bitsStored) bits)"
            )
        }
    }

    private func write(
        _ pixels: StoredPixels,
        to item: Item,
        of dataset: Dataset
    ) throws(DICOMError) {
        let description = pixels.description
        try item.set(
            .photometricInterpretation,
            description.photometricInterpretation.rawValue
        )
        if description.channelCount > 1 { try item.set(.planarConfiguration, 0) }
        // Optional, and no longer true.
        item.remove(.smallestImagePixelValue)
        item.remove(.largestImagePixelValue)
        let cells = pixels.cells
        try dataset.setPixels(
            description.bitsAllocated == 16
                ? .uint16(cells) : .uint8(cells.map { UInt8(truncatingIfNeeded: $0) })
        )
    }
}
