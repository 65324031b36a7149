extension ImageLabels {
    /// What a prompt asks for, as far as it says so in words that radiology uses.
    ///
    /// Labels are for finding records again, and claim nothing of the image. Modality, anatomy, view
    /// and sex are the first that the prompt names, in the archive's own words ("radiograph" is XR,
    /// "thorax" is chest); the finding is the words after "with" or "showing".
    ///
    /// - Parameter prompt: for instance "A chest X-ray of a woman showing pneumonia, PA view".
    public init(prompt: String) {
        let words = Self.words(of: prompt)
        self.init(
            modality: Self.first(of: Vocabulary.modalities, in: words),
            anatomy: Self.first(of: Vocabulary.anatomies, in: words),
            view: Self.first(of: Vocabulary.views, in: words),
            finding: Self.finding(in: prompt),
            sex: Self.first(of: Vocabulary.sexes, in: words)
        )
    }

    /// Lower-case words between spaces; "x-ray" is one of them.
    private static func words(of text: some StringProtocol) -> [String] {
        text.lowercased().replacing("x-ray", with: "xray").replacing("x ray", with: "xray")
            .split { !$0.isLetter && !$0.isNumber }.map(String.init)
    }

    /// The label whose word stands first.
    private static func first(of labels: [String: String], in words: [String]) -> String? {
        words.indices.lazy.compactMap { index in
            let next = index + 1 < words.count ? "\(words[index]) \(words[index + 1])" : nil
            return next.flatMap { labels[$0] } ?? labels[words[index]]
        }.first
    }

    /// The words after the first "with" or "showing" that tell of the patient and not of the
    /// technique, up to a comma; "no finding" for a normal image.
    private static func finding(in prompt: String) -> String? {
        let clauses = prompt.lowercased().split { ",.;".contains($0) }
        for clause in clauses {
            let words = clause.split(whereSeparator: \.isWhitespace).map(String.init)
            guard let start = words.firstIndex(where: Vocabulary.connections.contains) else {
                continue
            }
            let rest = words[(start + 1)...].drop(while: Vocabulary.articles.contains)
            guard let last = rest.last, !Vocabulary.techniques.contains(last) else { continue }
            return rest.joined(separator: " ")
        }
        return words(of: prompt).contains("normal") ? "no finding" : nil
    }
}

/// Words of prompts and the labels that they mean.
private enum Vocabulary {
    static let modalities = synonyms([
        "XR": ["xray", "xrays", "xr", "radiograph", "radiographs", "radiography", "plain film"],
        "CT": ["ct", "cat scan", "computed tomography", "tomography"],
        "MR": ["mr", "mri", "magnetic resonance"],
        "US": ["us", "ultrasound", "sonogram", "sonography", "echography"],
        "MG": ["mammogram", "mammography"],
    ])

    static let anatomies = synonyms([
        "abdomen": ["abdominal"], "ankle": ["ankles"], "brain": ["cerebral", "intracranial"],
        "breast": ["breasts", "mammary", "mammogram", "mammography"],
        "cervical spine": [], "chest": ["thorax", "thoracic"], "elbow": ["elbows"],
        "femur": ["femoral", "thigh"], "foot": ["feet"], "forearm": [], "hand": ["hands"],
        "head": ["cranial", "skull"], "heart": ["cardiac"], "hip": ["hips"], "humerus": ["humeral"],
        "kidney": ["kidneys", "renal"], "knee": ["knees"], "liver": ["hepatic"],
        "lower leg": ["tibia", "fibula"], "lumbar spine": ["lumbar"],
        "lung": ["lungs", "pulmonary"], "neck": ["thyroid"], "pelvis": ["pelvic"],
        "shoulder": ["shoulders"], "spine": ["spinal", "vertebral"], "thoracic spine": [],
        "wrist": ["wrists"], "whole body": ["full body"],
    ])

    static let views = synonyms([
        "PA": ["posteroanterior"], "AP": ["anteroposterior"], "lateral": ["side view"],
        "oblique": [], "axial": ["transverse"], "coronal": [], "sagittal": [],
    ])

    static let sexes = synonyms([
        "female": ["woman", "women", "girl"], "male": ["man", "men", "boy"],
    ])

    static let connections: Set = ["with", "showing"]
    static let articles: Set = ["a", "an", "the"]
    /// What ends a clause that tells how the image was made.
    static let techniques: Set = ["contrast", "probe", "window", "view", "projection", "technique"]

    /// Each word with its label; a label is a word for itself.
    private static func synonyms(_ words: [String: [String]]) -> [String: String] {
        var labels: [String: String] = [:]
        for (label, synonyms) in words {
            for word in synonyms + [label.lowercased()] { labels[word] = label }
        }
        return labels
    }
}
