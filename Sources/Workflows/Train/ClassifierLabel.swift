import Training

/// What a classifier tells apart, and how an image's labels name its class.
public enum ClassifierLabel: String, CaseIterable, Sendable {
    /// Modality and anatomy, such as "XR hand".
    case region
    /// Modality, anatomy, and normal, pneumonia or COVID-19, such as "XR chest pneumonia".
    case finding

    /// The class of an image; nil where it belongs to none, as a finding not stated or another one.
    ///
    /// The three pelvic CT slices there are count as abdomen. COVID-19 is not counted as pneumonia too.
    func className(of image: LabelledImage) -> String? {
        let region = image.imageClass == "CT pelvis" ? "CT abdomen" : image.imageClass
        switch self {
        case .region: return region
        case .finding: return Self.finding(of: image).map { "\(region) \($0)" }
        }
    }

    private static func finding(of image: LabelledImage) -> String? {
        let labels = (image.finding ?? "").split(separator: "|")
        if labels == ["no finding"] { return "normal" }
        if labels.contains("COVID-19") { return "COVID-19" }
        let pneumonias: Set<Substring> = ["pneumonia", "bacterial pneumonia", "viral pneumonia"]
        return labels.contains(where: pneumonias.contains) ? "pneumonia" : nil
    }
}
