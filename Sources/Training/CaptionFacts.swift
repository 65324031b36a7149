/// What can be said about an image: every fact is one that the set states, in a choice of words.
struct CaptionFacts {
    /// How certain findings are stated.
    enum Finding: Equatable {
        /// Labelled normal.
        case normal
        /// Findings that the image shows, in any order; each in several wordings.
        case shown([[String]])
        /// A finding with its own words of connection, such as "without osteoarthritis".
        case phrase([String])
        /// A diagnosis of the patient, which the image need not show.
        case patient([String])
    }

    var finding: Finding?
    /// The plane of a slice, in several wordings.
    var planes: [String] = []
    /// PA or AP; nil for anything but a projection.
    var projection: String?
    /// What follows a comma: window, contrast, probe; each in several wordings.
    var techniques: [[String]] = []
    /// What stands before the image's name, such as "contrast-enhanced T1-weighted".
    var weightings: [String] = []
    var side: LabelledImage.Side?
    /// Wordings for the patient, without "of".
    var patients: [String] = []
    /// Whether the patient is a child, which changes the whole picture.
    var isChild = false

    /// Nil when the labels are not ones that this vocabulary knows; then only the set's own caption
    /// is sure to be true.
    init?(_ image: LabelledImage) {
        guard !CaptionPhrases.images(of: image.modality).isEmpty, image.sides.count < 2 else {
            return nil
        }
        side = image.sides.first
        if let label = image.finding, !read(label, anatomy: image.anatomy) { return nil }
        read(view: image.view)
        read(prompt: image.prompt)
        readPatient(of: image)
    }

    private mutating func read(_ label: String, anatomy: String) -> Bool {
        if label == "no finding" {
            finding = .normal
        } else if let wordings = CaptionPhrases.visibleFinding(label) {
            finding = .shown([wordings])
        } else if let wordings = CaptionPhrases.patientFinding(label) {
            finding = .patient(wordings)
        } else if label.contains(";") {
            return readTechnique(label.split(separator: ";").map { $0.trimmingSpaces })
        } else if anatomy == "knee" {
            return readOsteoarthritis(label)
        } else if anatomy == "shoulder" {
            return readImplant(label)
        } else {
            let wordings = label.split(separator: "|").map {
                CaptionPhrases.chestFinding(String($0))
            }
            guard !wordings.contains(nil) else { return false }
            finding = .shown(wordings.compactMap { $0 })
        }
        return true
    }

    private mutating func readOsteoarthritis(_ label: String) -> Bool {
        let grades = ["no", "doubtful", "mild", "moderate", "severe"]
        for (grade, word) in grades.enumerated()
        where label == "\(word) osteoarthritis (Kellgren-Lawrence grade \(grade))" {
            let number = "Kellgren-Lawrence grade \(grade)"
            finding = .phrase(
                grade == 0
                    ? [
                        "without osteoarthritis", "without osteoarthritis",
                        "with no osteoarthritis",
                    ]
                    : [
                        "with \(word) osteoarthritis", "with \(word) osteoarthritis",
                        "showing \(word) osteoarthritis", "with \(word) arthritis",
                        "with osteoarthritis, \(number)",
                    ]
            )
        }
        return finding != nil
    }

    private mutating func readImplant(_ label: String) -> Bool {
        guard label.hasPrefix("shoulder implant ("), label.hasSuffix(")") else { return false }
        let maker = label.dropFirst("shoulder implant (".count).dropLast()
        finding = .phrase([
            "with a \(maker) shoulder implant", "with a \(maker) implant",
            "with a shoulder implant", "with an implant", "with a shoulder prosthesis",
            "after shoulder replacement",
        ])
        return true
    }

    private mutating func readTechnique(_ parts: [String]) -> Bool {
        for part in parts {
            switch part {
            case "contrast": techniques.append(["with intravenous contrast", "with contrast"])
            case "no contrast":
                techniques.append(["without intravenous contrast", "without contrast"])
            case "lung window": techniques.append(["lung window"])
            case "soft-tissue window": techniques.append(["soft-tissue window"])
            default:
                guard let wordings = CaptionPhrases.patientFinding(part) else { return false }
                finding = .patient(wordings)
            }
        }
        return true
    }

    private mutating func read(view: String?) {
        switch view {
        case "axial": planes = ["axial", "axial", "axial", "transverse"]
        case "coronal", "sagittal": planes = [view ?? ""]
        case "PA", "AP": projection = view
        case "linear probe": techniques.append(["linear probe", "with a linear probe"])
        case "convex probe": techniques.append(["convex probe", "with a convex probe"])
        default: break
        }
    }

    private mutating func read(prompt: String) {
        guard prompt.contains("contrast-enhanced T1-weighted") else { return }
        weightings = ["contrast-enhanced T1-weighted", "T1-weighted", "contrast-enhanced", "T1"]
    }

    private mutating func readPatient(of image: LabelledImage) {
        if image.age?.hasPrefix("child") == true {
            isChild = true
            patients = ["a child", "a child", "a child", "a young child"]
            return
        }
        guard let sex = image.sex else { return }
        let years = image.age.flatMap { Int($0) }.flatMap { 1...110 ~= $0 ? $0 : nil }
        let isAdult = years.map { $0 >= 18 } ?? true
        isChild = !isAdult
        let person =
            switch sex {
            case .female: isAdult ? "woman" : "girl"
            case .male: isAdult ? "man" : "boy"
            }
        // A set that states no age may hold children.
        if years != nil { patients.append("a \(person)") }
        patients.append("a \(sex == .female ? "female" : "male") patient")
        if let years { patients.append("a \(years)-year-old \(person)") }
    }
}

extension Substring {
    fileprivate var trimmingSpaces: String {
        String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}
