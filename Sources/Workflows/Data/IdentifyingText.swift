import DICOM
import PromptPolicy

/// Finds what may tell whose an image is in the words that users give with it.
///
/// Dates, long numbers, UIDs, what the clinical policy takes for personal data, and what the DICOM file itself says of
/// people and places. It is a net and no proof: a name that no title, no date and no file gives away is not found.
struct IdentifyingText: Sendable {
    /// Words and phrases of the file, in lower case, and what they are.
    private var known: [(phrase: String, kind: String)] = []

    private static let people: [DICOMTag] = [
        DICOMTag(0x0010, 0x0010), DICOMTag(0x0010, 0x1001), DICOMTag(0x0010, 0x1005),
        DICOMTag(0x0010, 0x1060), DICOMTag(0x0008, 0x0090), DICOMTag(0x0008, 0x1048),
        DICOMTag(0x0008, 0x1050), DICOMTag(0x0008, 0x1060), DICOMTag(0x0008, 0x1070),
    ]

    private static let places: [(tag: DICOMTag, kind: String)] = [
        (.patientID, "the patient's number"), (DICOMTag(0x0010, 0x1000), "the patient's number"),
        (DICOMTag(0x0008, 0x0050), "the accession number"),
        (DICOMTag(0x0020, 0x0010), "the study's number"),
        (DICOMTag(0x0008, 0x0080), "the institution"),
        (DICOMTag(0x0008, 0x0081), "the institution"),
        (DICOMTag(0x0008, 0x1010), "the station"),
        (DICOMTag(0x0018, 0x1000), "the device's number"),
    ]

    /// Knows nobody.
    init() {}

    /// Knows the names, numbers and places in a file; what is shorter than three letters tells too little.
    init(_ file: DICOMFile) {
        for tag in Self.people {
            let names = file.text(tag)?.lowercased().split { !$0.isLetter && !$0.isNumber } ?? []
            known += names.filter { $0.count > 2 }.map { (String($0), "a name that the file has") }
        }
        for (tag, kind) in Self.places {
            guard let phrase = file.text(tag)?.lowercased(), phrase.count > 2 else { continue }
            known.append((phrase, kind))
        }
    }

    /// What in a text may tell whose it is, without the words themselves; nil where nothing does.
    func trace(in text: String) -> String? {
        let lower = text.lowercased()
        if let kind = known.first(where: { Self.has($0.phrase, lower) })?.kind { return kind }
        if lower.contains(/\d+(\.\d+){4,}/) { return "a UID" }
        if Self.hasDate(lower) { return "a date" }
        if lower.contains(/\d{6,}/) { return "a number of six digits or more" }
        do {
            try PromptPolicy.clinical.check(text)
            return nil
        } catch {
            // Other rules are about what is drawn. The words are nil where they are personal data.
            return error.words == nil ? error.finding : nil
        }
    }

    /// Whether the phrase stands in a text as words of its own.
    private static func has(_ phrase: String, _ text: String) -> Bool {
        text.ranges(of: phrase).contains { range in
            func isPart(_ character: Character?) -> Bool {
                character.map { $0.isLetter || $0.isNumber } ?? false
            }
            return !isPart(text[..<range.lowerBound].last)
                && !isPart(text[range.upperBound...].first)
        }
    }

    private static func hasDate(_ text: String) -> Bool {
        let months =
            /(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?,? (\d{1,2},? )?(19|20)\d\d\b/
        return text.contains(/\b(19|20)\d\d[-.\/](0?[1-9]|1[0-2])[-.\/](0?[1-9]|[12]\d|3[01])\b/)
            || text.contains(/\b\d{1,2}[-.\/]\d{1,2}[-.\/](19|20)\d\d\b/)
            || text.contains(/\b(19|20)\d\d(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])\b/)
            || text.contains(months)
    }
}
