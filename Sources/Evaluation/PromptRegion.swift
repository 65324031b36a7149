/// The class of `RegionClassifier` that a prompt asks for.
public enum PromptRegion {
    private static let modalities: [String: [String]] = [
        "XR": ["xray", "xrays", "radiograph", "radiography", "film"],
        "CT": ["ct", "tomography"],
        "MR": ["mr", "mri", "magnetic"],
        "US": ["ultrasound", "sonogram", "sonography", "us"],
    ]
    private static let anatomies: [String: [String]] = [
        "abdomen": ["abdominal"], "brain": ["cerebral"], "chest": ["thorax", "thoracic"],
        "head": ["cranial", "skull"], "lung": ["lungs", "pulmonary"], "hand": ["hands"],
        "knee": ["knees"], "shoulder": ["shoulders"], "breast": ["mammary"],
    ]

    private static let findings: [String: [String]] = [
        "normal": ["normal", "unremarkable"], "pneumonia": ["pneumonia"], "COVID-19": ["covid"],
    ]

    /// Reads a prompt.
    ///
    /// - Parameters:
    ///   - prompt: for instance "An X-ray of the hand".
    ///   - classNames: "modality anatomy" or "modality anatomy finding" each.
    /// - Returns: the class whose anatomy the prompt names first, of the modality and the finding that it names; nil where
    ///   there is none.
    public static func className(in prompt: String, of classNames: [String]) -> String? {
        let plain = prompt.lowercased().replacing("x-ray", with: "xray")
            .replacing("x ray", with: "xray")
        let words = plain.split { !$0.isLetter }.map(String.init)
        let named = modalities.filter { !$0.value.allSatisfy { !words.contains($0) } }.keys
        for word in words {
            let match = classNames.sorted().first { name in
                let parts = name.split(separator: " ").map(String.init)
                guard 2...3 ~= parts.count, named.contains(parts[0]) else { return false }
                if parts.count == 3, finding(in: words) != parts[2] { return false }
                return word == parts[1] || (anatomies[parts[1]] ?? []).contains(word)
            }
            if let match { return match }
        }
        return nil
    }

    /// The one finding that the words assert; COVID-19 pneumonia is COVID-19.
    private static func finding(in words: [String]) -> String? {
        guard words.allSatisfy({ !["no", "not", "without"].contains($0) }) else { return nil }
        let named = Set(findings.filter { !$0.value.allSatisfy { !words.contains($0) } }.keys)
        if named == ["pneumonia", "COVID-19"] { return "COVID-19" }
        return named.count == 1 ? named.first : nil
    }
}
