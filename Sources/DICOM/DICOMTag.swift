/// The number of an attribute, as in PS3.6.
public struct DICOMTag: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// The first half.
    public let group: UInt16
    /// The second half.
    public let element: UInt16

    /// Makes a tag.
    public init(_ group: UInt16, _ element: UInt16) {
        self.group = group
        self.element = element
    }

    /// The tag in the standard's spelling, for instance "(0008,0060)".
    public var description: String { "(\(Self.hexadecimal(group)),\(Self.hexadecimal(element)))" }

    /// Orders tags as they stand in a data set.
    public static func < (left: DICOMTag, right: DICOMTag) -> Bool {
        (left.group, left.element) < (right.group, right.element)
    }

    private static func hexadecimal(_ number: UInt16) -> String {
        let digits = String(number, radix: 16, uppercase: true)
        return String(repeating: "0", count: 4 - digits.count) + digits
    }
}

extension DICOMTag {
    // Who, when, where
    static let specificCharacterSet = DICOMTag(0x0008, 0x0005)
    static let imageType = DICOMTag(0x0008, 0x0008)
    static let instanceCreationDate = DICOMTag(0x0008, 0x0012)
    static let instanceCreationTime = DICOMTag(0x0008, 0x0013)
    /// SOP Class UID: what kind of object this is.
    public static let sopClassUID = DICOMTag(0x0008, 0x0016)
    /// SOP Instance UID: which one it is.
    public static let sopInstanceUID = DICOMTag(0x0008, 0x0018)
    /// Synthetic Data: whether pixels were made rather than acquired.
    public static let syntheticData = DICOMTag(0x0008, 0x001C)
    static let studyDate = DICOMTag(0x0008, 0x0020)
    static let contentDate = DICOMTag(0x0008, 0x0023)
    static let studyTime = DICOMTag(0x0008, 0x0030)
    static let contentTime = DICOMTag(0x0008, 0x0033)
    static let accessionNumber = DICOMTag(0x0008, 0x0050)
    /// Modality.
    public static let modality = DICOMTag(0x0008, 0x0060)
    static let conversionType = DICOMTag(0x0008, 0x0064)
    static let manufacturer = DICOMTag(0x0008, 0x0070)
    static let referringPhysicianName = DICOMTag(0x0008, 0x0090)
    static let codeValue = DICOMTag(0x0008, 0x0100)
    static let codingSchemeDesignator = DICOMTag(0x0008, 0x0102)
    static let codeMeaning = DICOMTag(0x0008, 0x0104)
    static let manufacturerModelName = DICOMTag(0x0008, 0x1090)
    static let referencedSOPClassUID = DICOMTag(0x0008, 0x1150)
    static let referencedSOPInstanceUID = DICOMTag(0x0008, 0x1155)
    static let derivationDescription = DICOMTag(0x0008, 0x2111)
    static let sourceImageSequence = DICOMTag(0x0008, 0x2112)
    static let derivationCodeSequence = DICOMTag(0x0008, 0x9215)
    static let patientName = DICOMTag(0x0010, 0x0010)
    /// Patient ID.
    public static let patientID = DICOMTag(0x0010, 0x0020)
    static let patientBirthDate = DICOMTag(0x0010, 0x0030)
    /// Patient's Sex.
    public static let patientSex = DICOMTag(0x0010, 0x0040)
    /// Patient's Age.
    public static let patientAge = DICOMTag(0x0010, 0x1010)

    // How
    /// Body Part Examined.
    public static let bodyPartExamined = DICOMTag(0x0018, 0x0015)
    static let softwareVersions = DICOMTag(0x0018, 0x1020)
    static let imagerPixelSpacing = DICOMTag(0x0018, 0x1164)
    static let nominalScannedPixelSpacing = DICOMTag(0x0018, 0x2010)
    /// View Position.
    public static let viewPosition = DICOMTag(0x0018, 0x5101)
    static let contributingEquipmentSequence = DICOMTag(0x0018, 0xA001)
    static let contributionDateTime = DICOMTag(0x0018, 0xA002)
    static let contributionDescription = DICOMTag(0x0018, 0xA003)
    /// Study Instance UID.
    public static let studyInstanceUID = DICOMTag(0x0020, 0x000D)
    static let seriesInstanceUID = DICOMTag(0x0020, 0x000E)
    static let studyID = DICOMTag(0x0020, 0x0010)
    static let seriesNumber = DICOMTag(0x0020, 0x0011)
    static let instanceNumber = DICOMTag(0x0020, 0x0013)
    static let patientOrientation = DICOMTag(0x0020, 0x0020)
    /// Laterality of the series.
    public static let laterality = DICOMTag(0x0020, 0x0060)
    /// Laterality of the image.
    public static let imageLaterality = DICOMTag(0x0020, 0x0062)

    /// Image Orientation (Patient): the directions of rows and columns.
    public static let imageOrientationPatient = DICOMTag(0x0020, 0x0037)

    // Pixels
    static let samplesPerPixel = DICOMTag(0x0028, 0x0002)
    static let photometricInterpretation = DICOMTag(0x0028, 0x0004)
    static let planarConfiguration = DICOMTag(0x0028, 0x0006)
    static let numberOfFrames = DICOMTag(0x0028, 0x0008)
    static let rows = DICOMTag(0x0028, 0x0010)
    static let columns = DICOMTag(0x0028, 0x0011)
    static let pixelSpacing = DICOMTag(0x0028, 0x0030)
    static let pixelAspectRatio = DICOMTag(0x0028, 0x0034)
    static let bitsAllocated = DICOMTag(0x0028, 0x0100)
    static let bitsStored = DICOMTag(0x0028, 0x0101)
    static let highBit = DICOMTag(0x0028, 0x0102)
    static let pixelRepresentation = DICOMTag(0x0028, 0x0103)
    static let smallestImagePixelValue = DICOMTag(0x0028, 0x0106)
    static let largestImagePixelValue = DICOMTag(0x0028, 0x0107)
    static let pixelPaddingValue = DICOMTag(0x0028, 0x0120)
    static let pixelPaddingRangeLimit = DICOMTag(0x0028, 0x0121)
    /// Burned In Annotation.
    public static let burnedInAnnotation = DICOMTag(0x0028, 0x0301)
    static let windowCenter = DICOMTag(0x0028, 0x1050)
    static let windowWidth = DICOMTag(0x0028, 0x1051)
    static let rescaleIntercept = DICOMTag(0x0028, 0x1052)
    static let rescaleSlope = DICOMTag(0x0028, 0x1053)
    static let windowExplanation = DICOMTag(0x0028, 0x1055)
    static let voiLUTFunction = DICOMTag(0x0028, 0x1056)
    static let redPaletteDescriptor = DICOMTag(0x0028, 0x1101)
    static let redPaletteData = DICOMTag(0x0028, 0x1201)
    static let lossyImageCompression = DICOMTag(0x0028, 0x2110)
    static let modalityLUTSequence = DICOMTag(0x0028, 0x3000)
    static let lutDescriptor = DICOMTag(0x0028, 0x3002)
    static let lutData = DICOMTag(0x0028, 0x3006)
    static let voiLUTSequence = DICOMTag(0x0028, 0x3010)
    static let frameVOILUTSequence = DICOMTag(0x0028, 0x9132)
    static let pixelValueTransformationSequence = DICOMTag(0x0028, 0x9145)
    static let sharedFunctionalGroupsSequence = DICOMTag(0x5200, 0x9229)
    static let perFrameFunctionalGroupsSequence = DICOMTag(0x5200, 0x9230)
    static let pixelData = DICOMTag(0x7FE0, 0x0010)
}
