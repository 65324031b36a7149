import Foundation
public import Imaging

/// A synthetic grey image as a DICOM object: Secondary Capture Image Storage (PS3.3 A.8.1).
///
/// UIDs depend on the image's hash alone, so that the same image always becomes the same object.
public struct SecondaryCapture: Sendable {
    /// The SOP class of the object.
    public static let sopClassUID = "1.2.840.10008.5.1.4.1.1.7"

    /// One grey channel of 8 or 16 bits.
    public var image: PixelImage
    /// The SHA-256 of the image in hexadecimal digits.
    public var imageSHA256: String
    /// How the pixels were made.
    public var synthesis: Synthesis
    /// XR, CT, MR or US, or a term of DICOM; nil where it is not known.
    public var modality: String?
    /// The region of the body in words, such as "chest"; nil where it is not known.
    public var anatomy: String?
    /// F or M where the prompt says so.
    public var sex: String?
    /// The image that was edited.
    public var source: DICOMReference?

    /// Describes an object.
    public init(
        image: PixelImage,
        imageSHA256: String,
        synthesis: Synthesis,
        modality: String? = nil,
        anatomy: String? = nil,
        sex: String? = nil,
        source: DICOMReference? = nil
    ) {
        self.image = image
        self.imageSHA256 = imageSHA256
        self.synthesis = synthesis
        self.modality = modality
        self.anatomy = anatomy
        self.sex = sex
        self.source = source
    }

    /// The UID of the object itself.
    public var sopInstanceUID: DICOMUID { DICOMUID(derivedFrom: imageSHA256, as: .instance) }

    /// Writes the object to a file, whole or not at all, and never over an existing one.
    ///
    /// - Throws: `DICOMError`.
    public func write(to path: String) throws(DICOMError) {
        let bytes = try DICOMError.naming(path) { () throws(DICOMError) in try encoded() }
        do { try File.create(path, bytes) } catch { throw .file(error) }
    }

    /// The bytes of the file, in Explicit VR Little Endian.
    ///
    /// - Throws: `DICOMError.mismatch` for a colour image.
    public func encoded() throws(DICOMError) -> [UInt8] {
        guard image.channelCount == 1 else {
            throw .mismatch(
                reason: "a Secondary Capture takes one grey channel, the image has "
                    + "\(image.channelCount); convert it first"
            )
        }
        let dataset = try Dataset()
        let item = dataset.root
        try item.set(.specificCharacterSet, "ISO_IR 192")
        try writePatientAndStudy(to: item)
        try writeImage(to: item)
        try synthesis.write(to: item, source: source)
        try dataset.setPixels(image.samples)
        return try dataset.encoded()
    }

    private func writePatientAndStudy(to item: Item) throws(DICOMError) {
        try item.set(.patientName, "SYNTHETIC^IMAGE")
        try item.set(.patientID, "SYNTHETIC-\(imageSHA256.prefix(16))")
        try item.set(.patientBirthDate, "")
        try item.set(.patientSex, sex ?? "")
        let uid = { role in DICOMUID(derivedFrom: imageSHA256, as: role).description }
        try item.set(.studyInstanceUID, uid(.study))
        try item.set(.seriesInstanceUID, uid(.series))
        let date = synthesis.date.map(DICOMDate.init)
        try item.set(.studyDate, date?.date ?? "")
        try item.set(.studyTime, date?.time ?? "")
        try item.set(.referringPhysicianName, "")
        try item.set(.studyID, "")
        try item.set(.accessionNumber, "")
        try item.set(.seriesNumber, 1)
        try item.set(.modality, BodyPart.modality(modality))
        let part = anatomy.flatMap(BodyPart.init)
        if let part { try item.set(.bodyPartExamined, part.term) }
        // Of one of a pair the side is not known; the others have none (PS3.3 C.7.3.1).
        if part?.isPaired ?? true { try item.set(.laterality, "") }
        try item.set(.manufacturer, "Skiagraph")
        try item.set(.conversionType, "SYN")
    }

    private func writeImage(to item: Item) throws(DICOMError) {
        try item.set(.sopClassUID, Self.sopClassUID)
        try item.set(.sopInstanceUID, sopInstanceUID.description)
        if let date = synthesis.date.map(DICOMDate.init) {
            try item.set(.instanceCreationDate, date.date)
            try item.set(.instanceCreationTime, date.time)
            try item.set(.contentDate, date.date)
            try item.set(.contentTime, date.time)
        }
        try item.set(.instanceNumber, 1)
        try item.set(.imageType, "DERIVED\\SECONDARY")
        try item.set(.patientOrientation, "")
        try item.set(.burnedInAnnotation, "NO")
        try item.set(.lossyImageCompression, "00")
        try item.set(.samplesPerPixel, 1)
        try item.set(.photometricInterpretation, "MONOCHROME2")
        try item.set(.rows, image.height)
        try item.set(.columns, image.width)
        try item.set(.bitsAllocated, image.bitDepth)
        try item.set(.bitsStored, image.bitDepth)
        try item.set(.highBit, image.bitDepth - 1)
        try item.set(.pixelRepresentation, 0)
        // The whole range, so that a viewer shows the levels as they are.
        try item.set(.windowCenter, (image.maximumSample + 1) / 2)
        try item.set(.windowWidth, image.maximumSample + 1)
    }
}
