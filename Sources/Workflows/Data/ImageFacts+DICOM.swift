import DICOM

extension ImageFacts {
    /// What a DICOM file states, in the words of data sets.
    ///
    /// These attributes only: what is not read cannot be kept, and of what is read only the words of `DefinedTerms`
    /// are. Of those that PS3.15 Table E.1-1 names there are sex and age, which its Retain Patient Characteristics
    /// option keeps; ages of 90 and more become 90. The patient's number serves to tell patients apart and is not kept.
    init(_ file: DICOMFile) {
        modality = file.text(.modality).flatMap(DefinedTerms.modality)
        anatomy = file.text(.bodyPartExamined).flatMap(DefinedTerms.anatomy)
        view =
            file.text(.viewPosition).flatMap(DefinedTerms.view)
            ?? Self.plane(file.numbers(.imageOrientationPatient))
        side = Self.side(file.text(.imageLaterality) ?? file.text(.laterality))
        sex = file.text(.patientSex).flatMap { ["F", "M"].contains($0) ? $0 : nil }
        age = file.text(.patientAge).flatMap(Self.years)
        patient = file.text(.patientID) ?? file.text(.studyInstanceUID)
    }

    private static func side(_ term: String?) -> String? {
        switch term {
        case "L": "left"
        case "R": "right"
        default: nil
        }
    }

    /// PS3.3 C.7.6.2.1.1: the axis of the patient to which the slice is most nearly at right angles.
    private static func plane(_ cosines: [Double]) -> String? {
        guard cosines.count == 6 else { return nil }
        let (row, column) = (cosines[..<3], cosines[3...].map { $0 })
        let normal = [
            row[1] * column[2] - row[2] * column[1], row[2] * column[0] - row[0] * column[2],
            row[0] * column[1] - row[1] * column[0],
        ].map(abs)
        guard let largest = normal.max(), largest > 0.8 else { return nil }
        return zip(["sagittal", "coronal", "axial"], normal).first { $0.1 == largest }?.0
    }

    /// PS3.5 6.2: three digits and D, W, M or Y.
    private static func years(_ text: String) -> String? {
        guard let unit = text.last, let number = Int(text.dropLast()), number >= 0 else {
            return nil
        }
        let years: Int? =
            switch unit {
            case "Y": number
            case "M": number / 12
            case "W": number / 52
            case "D": number / 365
            default: nil
            }
        return years.map { String(min($0, oldestAge)) }
    }
}
