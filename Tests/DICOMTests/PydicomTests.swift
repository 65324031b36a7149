import DICOM
import Imaging
import Testing

/// Stored values and displayed pixels, compared with pydicom one by one.
struct PydicomTests {
    /// Lossless files: every stored value and every displayed level is the same.
    static let lossless = [
        "CT_small", "JPEGLSNearLossless_08", "JPEGLSNearLossless_16", "MR_small", "MR_small_RLE",
        "MR_small_bigendian", "MR_small_expb", "MR_small_implicit", "MR_small_jp2klossless",
        "MR_small_jpeg_ls_lossless", "MR_small_padded", "J2K_pixelrep_mismatch", "693_J2KI",
        "JPEG2000", "examples_overlay", "image_dfl",
        "unsigned8", "unsigned9", "unsigned10", "unsigned11", "unsigned12", "unsigned13",
        "unsigned14", "unsigned15", "unsigned16", "signed8", "signed9", "signed10", "signed11",
        "signed12", "signed13", "signed14", "signed15", "signed16", "ct-window", "ct-inverse",
        "fraction", "negative-slope", "threshold", "exact", "sigmoid", "two-windows", "padded",
        "voi-table", "voi-table-signed", "voi-table-full", "modality-table", "both-tables",
        "constant", "rle-signed",
    ]

    @Test(arguments: lossless)
    func `stored values equal those of pydicom`(name: String) throws {
        let reference = try Reference.pydicom.get()
        let entry = try reference.entry(name)
        let image = try DICOMFile(path: entry.path).image()
        #expect(image.description.width == entry.width)
        #expect(image.description.height == entry.height)
        #expect(image.stored.map(Double.init) == (try reference.stored(name)))
    }

    @Test(arguments: lossless)
    func `displayed levels equal those of pydicom`(name: String) throws {
        let reference = try Reference.pydicom.get()
        let image = try DICOMFile(path: reference.entry(name).path).image().displayed()
        let expected = try reference.display(name)
        guard case .uint16(let levels) = image.samples else {
            Issue.record("a grey image is displayed in \(image.bitDepth) bits")
            return
        }
        #expect(levels.count == expected.count)
        // The nearest of 65,536 levels to pydicom's brightness.
        let worst = zip(levels, expected).map { abs(Double($0) - $1 * 65_535) }.max() ?? 0
        #expect(worst <= 0.5 + 1e-6)
    }

    @Test func `a scanner's slice equals that of pydicom, stored and displayed`() throws {
        try compare("ID_0000_AGE_0060_CONTRAST_1_CT")
    }

    @Test(
        .enabled(
            if: !Reference.otherSlices.isEmpty,
            "more slices lie in ../shared/data/dicom-samples or SKIAGRAPH_DICOM_SAMPLES"
        ),
        arguments: Reference.otherSlices
    )
    func `more slices of scanners do so too`(name: String) throws { try compare(name) }

    private func compare(_ name: String) throws {
        let reference = try Reference.pydicom.get()
        let image = try DICOMFile(path: reference.entry(name).path).image()
        #expect(image.description.width == 512 && image.description.height == 512)
        #expect(image.stored.map(Double.init) == (try reference.stored(name)))
        guard case .uint16(let levels) = try image.displayed().samples else {
            Issue.record("a grey image is displayed in 16 bits")
            return
        }
        let expected = try reference.display(name)
        let worst = zip(levels, expected).map { abs(Double($0) - $1 * 65_535) }.max() ?? 0
        #expect(levels.count == expected.count)
        #expect(worst <= 0.5 + 1e-6)
    }

    /// Colours, with the largest difference that two decoders of the same lossy stream may have.
    static let colors: [(name: String, tolerance: Double)] = [
        ("ExplVR_BigEnd", 0), ("examples_rgb_color", 0), ("examples_palette", 0.5),
        ("SC_rgb_rle", 0), ("SC_rgb_rle_16bit", 0), ("SC_rgb_rle_2frame", 0),
        ("SC_rgb_rle_16bit_2frame", 0), ("SC_rgb_small_odd", 0),
        ("SC_rgb_small_odd_big_endian", 0), ("SC_rgb_gdcm_KY", 1), ("GDCMJ2K_TextGBR", 0),
        ("examples_jpeg2k", 0), ("SC_rgb_jls_lossy_line", 0), ("SC_rgb_jls_lossy_sample", 0),
        ("SC_rgb_jpeg_gdcm", 0), ("SC_ybr_full_422_uncompressed", 1), ("SC_rgb_dcmtk_+eb+cr", 2),
        ("SC_rgb_dcmtk_+eb+cy+n1", 3), ("SC_rgb_dcmtk_+eb+cy+np", 3), ("SC_rgb_jpeg_dcmtk", 3),
        ("SC_rgb_small_odd_jpeg", 3), ("examples_ybr_color", 3),
    ]

    @Test(arguments: colors)
    func `colours equal those of pydicom`(name: String, tolerance: Double) throws {
        let reference = try Reference.pydicom.get()
        let image = try DICOMFile(path: reference.entry(name).path).image().displayed()
        let expected = try reference.display(name).map { $0 * Double(image.maximumSample) }
        #expect(image.channelCount == 3)
        let levels: [Double] =
            switch image.samples {
            case .uint8(let values): values.map(Double.init)
            case .uint16(let values): values.map(Double.init)
            }
        #expect(levels.count == expected.count)
        let worst = zip(levels, expected).map { abs($0 - $1) }.max() ?? 0
        #expect(worst <= tolerance + 1e-6)
    }

    /// A lossy stream of 12 bits: two decoders round differently, by at most a few levels.
    @Test func `lossy grey stays within two levels of pydicom`() throws {
        let reference = try Reference.pydicom.get()
        let image = try DICOMFile(path: reference.entry("JPGExtended").path).image()
        let differences = zip(image.stored.map(Double.init), try reference.stored("JPGExtended"))
            .map { abs($0 - $1) }
        #expect(differences.count == 1024 * 256)
        #expect((differences.max() ?? 0) <= 2)
    }

    @Test(arguments: ["rtdose", "rtdose_rle", "SC_rgb_rle_32bit", "liver_1frame"])
    func `a depth that is not read is named`(name: String) throws {
        let file = try DICOMFile(path: Reference.pydicom.get().entry(name).path)
        let error = #expect(throws: DICOMError.self) { try file.image() }
        #expect("\(error as Any)".contains("Bits Allocated (0028,0100)"))
    }

    @Test(arguments: ["rtplan", "test-SR", "waveform_ecg", "reportsi"])
    func `an object without pixels says so`(name: String) throws {
        let file = try DICOMFile(path: Reference.pydicom.get().entry(name).path)
        let error = #expect(throws: DICOMError.self) { try file.image() }
        #expect("\(error as Any)".contains("holds no image"))
    }

    @Test func `truncated pixels are an error`() throws {
        let path = try Reference.pydicom.get().entry("MR_truncated").path
        #expect(throws: DICOMError.inFile(path: path, .truncated)) { try DICOMFile(path: path) }
    }
}
