public import Foundation

/// How pixels were made, as a DICOM object states it.
public struct Synthesis: Sendable, Hashable {
    /// The words that were asked for.
    public var prompt: String
    /// The model's name.
    public var model: String?
    /// The SHA-256 of the model's weights.
    public var modelSHA256: String?
    /// The version of Skiagraph.
    public var softwareVersion: String
    /// When the pixels were made.
    public var date: Date?

    /// Makes a statement.
    public init(
        prompt: String,
        model: String? = nil,
        modelSHA256: String? = nil,
        softwareVersion: String,
        date: Date? = nil
    ) {
        self.prompt = prompt
        self.model = model
        self.modelSHA256 = modelSHA256
        self.softwareVersion = softwareVersion
        self.date = date
    }

    /// States that pixels are synthetic, how they came to be, from which image if it was edited, and
    /// by what (PS3.3 C.12.1 and C.7.6.1).
    func write(to item: Item, source: DICOMReference?) throws(DICOMError) {
        try item.set(.syntheticData, "YES")
        let verb = source == nil ? "Synthesized" : "Parts synthesized anew"
        let words = "\(verb) by Skiagraph \(softwareVersion) from the prompt: \(prompt)"
        try item.set(.derivationDescription, words.shortText)
        if let source { try source.append(to: item) }
        let equipment = try item.append(.contributingEquipmentSequence)
        try DICOMCode.synthesizingEquipment
            .append(to: equipment, .purposeOfReferenceCodeSequence)
        try equipment.set(.manufacturer, "Skiagraph")
        try equipment.set(.manufacturerModelName, (model ?? "Skiagraph").longString)
        try equipment.set(.softwareVersions, softwareVersion.longString)
        if let date { try equipment.set(.contributionDateTime, DICOMDate(date).dateTime) }
        if let modelSHA256 {
            try equipment.set(.contributionDescription, "Weights SHA-256 \(modelSHA256)".shortText)
        }
    }
}

/// An image that another one was made from.
public struct DICOMReference: Sendable, Hashable {
    /// What kind of object it is.
    public var sopClassUID: String
    /// Which one it is.
    public var sopInstanceUID: String

    /// Names an object.
    public init(sopClassUID: String, sopInstanceUID: String) {
        self.sopClassUID = sopClassUID
        self.sopInstanceUID = sopInstanceUID
    }

    /// The Secondary Capture that the image of this hash becomes.
    public init(secondaryCaptureOf imageSHA256: String) {
        sopClassUID = SecondaryCapture.sopClassUID
        sopInstanceUID = DICOMUID(derivedFrom: imageSHA256, as: .instance).description
    }

    fileprivate func append(to item: Item) throws(DICOMError) {
        let reference = try item.append(.sourceImageSequence)
        try reference.set(.referencedSOPClassUID, sopClassUID)
        try reference.set(.referencedSOPInstanceUID, sopInstanceUID)
        try DICOMCode.sourceForProcessing.append(to: reference, .purposeOfReferenceCodeSequence)
    }
}
