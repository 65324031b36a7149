/// The words that captions use, beside each other: a synonym is added here and nowhere else.
enum CaptionPhrases {
    /// What an image of a modality is called; the first is the commonest and stands more often.
    static func images(of modality: String) -> [String] {
        switch modality {
        case "XR":
            [
                "X-ray", "X-ray", "X-ray", "radiograph", "radiograph", "XR", "x ray", "X-ray image",
                "plain radiograph", "plain film",
            ]
        case "CT":
            [
                "CT slice", "CT slice", "CT slice", "CT scan", "CT scan", "CT image", "CT",
                "computed tomography slice", "CAT scan",
            ]
        case "MR":
            [
                "MRI slice", "MRI slice", "MRI slice", "MRI", "MRI scan", "MR image", "MR slice",
                "magnetic resonance image",
            ]
        case "US":
            [
                "ultrasound image", "ultrasound image", "ultrasound image", "ultrasound",
                "sonogram",
                "ultrasound scan", "US image",
            ]
        default: []
        }
    }

    /// What a region is called after "of the".
    static func nouns(for anatomy: String) -> [String] {
        switch anatomy {
        case "chest": ["chest", "chest", "chest", "chest", "thorax"]
        case "lung": ["lung", "lung", "lungs"]
        default: [anatomy]
        }
    }

    /// What a region is called before "X-ray".
    static func attributes(for anatomy: String) -> [String] {
        switch anatomy {
        case "chest": ["chest", "chest", "chest", "chest", "thoracic"]
        case "abdomen": ["abdominal", "abdomen"]
        case "pelvis": ["pelvic", "pelvis"]
        default: [anatomy]
        }
    }

    /// What an image without findings is called.
    static let normal = ["normal", "normal", "normal", "unremarkable"]

    /// How a statement about findings is joined to an image that shows them.
    static let showing = ["showing", "showing", "with", "demonstrating", "that shows"]

    /// A diagnosis in a chest image, in the words of its label and in others.
    static func chestFinding(_ label: String) -> [String]? {
        switch label {
        case "pneumonia": ["pneumonia"]
        case "bacterial pneumonia": ["bacterial pneumonia", "bacterial pneumonia", "pneumonia"]
        case "viral pneumonia": ["viral pneumonia", "viral pneumonia", "pneumonia"]
        case "COVID-19": ["COVID-19", "COVID-19", "COVID-19 pneumonia"]
        case "Pneumocystis": ["Pneumocystis pneumonia", "pneumonia"]
        case "ARDS": ["acute respiratory distress syndrome", "ARDS"]
        case "atelectasis": ["atelectasis"]
        case "cardiomegaly": ["cardiomegaly", "an enlarged heart"]
        case "consolidation": ["consolidation"]
        case "edema": ["edema", "oedema", "pulmonary edema"]
        case "effusion": ["effusion", "pleural effusion"]
        case "emphysema": ["emphysema"]
        case "fibrosis": ["fibrosis"]
        case "hernia": ["hernia"]
        case "infiltration": ["infiltration", "an infiltrate"]
        case "mass": ["mass", "a mass"]
        case "nodule": ["nodule", "a nodule"]
        case "pleural thickening": ["pleural thickening"]
        case "pneumothorax": ["pneumothorax", "a pneumothorax"]
        default: nil
        }
    }

    /// A tumour or implant that the image itself shows.
    static func visibleFinding(_ label: String) -> [String]? {
        switch label {
        case "glioma": ["a glioma", "a glioma", "glioma", "a brain tumour", "a brain tumor"]
        case "meningioma":
            ["a meningioma", "a meningioma", "meningioma", "a brain tumour", "a brain tumor"]
        case "pituitary tumour":
            ["a pituitary tumour", "a pituitary tumor", "a pituitary tumour", "a brain tumour"]
        case "benign breast tumour":
            ["a benign tumour", "a benign tumour", "a benign tumor", "a benign lesion"]
        case "malignant breast tumour":
            ["a malignant tumour", "a malignant tumour", "a malignant tumor", "breast cancer"]
        default: nil
        }
    }

    /// A diagnosis of the patient, which the slice itself need not show.
    static func patientFinding(_ label: String) -> [String]? {
        switch label {
        case "benign lung lesion (case label)": ["a benign lung lesion"]
        case "malignant lung tumour (case label)":
            ["a malignant lung tumour", "a malignant lung tumor", "lung cancer"]
        case "lung cancer patient": ["lung cancer"]
        default: nil
        }
    }
}
