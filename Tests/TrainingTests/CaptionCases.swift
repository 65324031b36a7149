import Training

/// One image of every kind that the training sets hold, with captions as the sets word them.
enum CaptionCases {
    static let all: [LabelledImage] =
        knees + shoulders + chestFilms + slices + ultrasound + unlabelled

    static let knees: [LabelledImage] = [
        ("no", 0, "left", "without osteoarthritis"),
        ("doubtful", 1, "right", "with doubtful osteoarthritis"),
        ("mild", 2, "left", "with mild osteoarthritis"),
        ("moderate", 3, "right", "with moderate osteoarthritis"),
        ("severe", 4, "left", "with severe osteoarthritis"),
    ].map { word, grade, side, clause in
        image(
            "XR",
            "knee",
            view: "PA",
            finding: "\(word) osteoarthritis (Kellgren-Lawrence grade \(grade))",
            prompt: "An X-ray of the \(side) knee \(clause)"
        )
    }

    static let shoulders: [LabelledImage] = ["Cofield", "Depuy", "Tornier", "Zimmer"].map {
        image(
            "XR",
            "shoulder",
            finding: "shoulder implant (\($0))",
            prompt: "An X-ray of the shoulder with a \($0) shoulder implant"
        )
    }

    static let chestFilms: [LabelledImage] = [
        image(
            "XR",
            "chest",
            view: "PA",
            finding: "no finding",
            sex: .female,
            age: "36",
            prompt: "A normal chest X-ray, PA view"
        ),
        image(
            "XR",
            "chest",
            view: "AP",
            finding: "no finding",
            sex: .male,
            age: "15",
            prompt: "A normal chest X-ray, AP view"
        ),
        image(
            "XR",
            "chest",
            view: "AP",
            finding: "pneumonia",
            sex: .male,
            age: "53",
            prompt: "A chest X-ray showing pneumonia, AP view"
        ),
        image(
            "XR",
            "chest",
            view: "PA",
            finding: "pneumonia|atelectasis|cardiomegaly|consolidation|edema|effusion|emphysema|"
                + "fibrosis|hernia|infiltration|mass|nodule|pleural thickening|pneumothorax",
            sex: .female,
            age: "70",
            prompt: "A chest X-ray showing pneumonia and more, PA view"
        ),
        image(
            "XR",
            "chest",
            view: "AP",
            finding: "COVID-19",
            sex: .male,
            prompt: "A chest X-ray of a patient with COVID-19, AP view"
        ),
        image(
            "XR",
            "chest",
            view: "PA",
            finding: "ARDS",
            prompt: "A chest X-ray showing acute respiratory distress syndrome, PA view"
        ),
        image(
            "XR",
            "chest",
            view: "PA",
            finding: "Pneumocystis",
            prompt: "A chest X-ray showing Pneumocystis pneumonia, PA view"
        ),
        image(
            "XR",
            "chest",
            view: "AP",
            finding: "no finding",
            age: "child (1-5 y)",
            prompt: "A normal chest X-ray of a child"
        ),
        image(
            "XR",
            "chest",
            view: "AP",
            finding: "bacterial pneumonia",
            age: "child (1-5 y)",
            prompt: "A chest X-ray of a child showing bacterial pneumonia"
        ),
        image(
            "XR",
            "chest",
            view: "AP",
            finding: "viral pneumonia",
            age: "child (1-5 y)",
            prompt: "A chest X-ray of a child showing viral pneumonia"
        ),
    ]

    static let slices: [LabelledImage] = [
        image(
            "MR",
            "brain",
            view: "axial",
            finding: "glioma",
            prompt: "An axial contrast-enhanced T1-weighted MRI slice of the brain showing a glioma"
        ),
        image(
            "MR",
            "brain",
            view: "sagittal",
            finding: "meningioma",
            prompt: "A sagittal contrast-enhanced T1-weighted MRI slice of the brain showing a "
                + "meningioma"
        ),
        image(
            "MR",
            "brain",
            view: "coronal",
            finding: "pituitary tumour",
            prompt: "A coronal contrast-enhanced T1-weighted MRI slice of the brain showing a "
                + "pituitary tumour"
        ),
        image(
            "CT",
            "chest",
            view: "axial",
            finding: "malignant lung tumour (case label)",
            prompt: "An axial chest CT slice of a patient with a malignant lung tumour"
        ),
        image(
            "CT",
            "chest",
            view: "axial",
            finding: "benign lung lesion (case label)",
            prompt: "An axial chest CT slice of a patient with a benign lung lesion"
        ),
        image(
            "CT",
            "chest",
            view: "axial",
            finding: "no finding",
            prompt: "A normal axial chest CT slice"
        ),
        image(
            "CT",
            "chest",
            view: "axial",
            finding: "lung cancer patient; contrast; lung window",
            sex: .male,
            age: "60",
            prompt: "An axial CT slice of the chest, lung window, with intravenous contrast"
        ),
        image(
            "CT",
            "pelvis",
            view: "axial",
            finding: "lung cancer patient; no contrast; soft-tissue window",
            sex: .female,
            age: "74",
            prompt: "An axial CT slice of the pelvis, soft-tissue window, without intravenous "
                + "contrast"
        ),
    ]

    static let ultrasound: [LabelledImage] = [
        image(
            "US",
            "breast",
            finding: "benign breast tumour",
            sex: .female,
            prompt: "A breast ultrasound image showing a benign tumour"
        ),
        image(
            "US",
            "breast",
            finding: "malignant breast tumour",
            sex: .female,
            prompt: "A breast ultrasound image showing a malignant tumour"
        ),
        image(
            "US",
            "breast",
            finding: "no finding",
            sex: .female,
            prompt: "A normal breast ultrasound image"
        ),
        image(
            "US",
            "lung",
            view: "linear probe",
            finding: "viral pneumonia",
            prompt: "A lung ultrasound image showing viral pneumonia, linear probe"
        ),
        image(
            "US",
            "lung",
            view: "convex probe",
            finding: "no finding",
            sex: .male,
            age: "27",
            prompt: "A normal lung ultrasound image, convex probe"
        ),
    ]

    static let unlabelled: [LabelledImage] = [
        image("XR", "hand", view: "PA", prompt: "An X-ray of the hand"),
        image("MR", "breast", view: "axial", prompt: "An axial MRI slice of the breast"),
        image("CT", "abdomen", view: "axial", prompt: "An axial CT slice of the abdomen"),
        image("CT", "head", view: "axial", prompt: "An axial CT slice of the head"),
    ]

    static func image(
        _ modality: String,
        _ anatomy: String,
        view: String? = nil,
        finding: String? = nil,
        sex: LabelledImage.Sex? = nil,
        age: String? = nil,
        prompt: String
    ) -> LabelledImage {
        LabelledImage(
            path: "/set/images/1.jpg",
            set: "set",
            modality: modality,
            anatomy: anatomy,
            view: view,
            finding: finding,
            sex: sex,
            age: age,
            prompt: prompt
        )
    }

    /// The words of a caption in lower case.
    static func words(of caption: String) -> [String] {
        caption.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
    }
}

/// A generator whose numbers are known: SplitMix64 (Steele, Lea, Flood, OOPSLA 2014).
struct SplitMix64: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }
}
