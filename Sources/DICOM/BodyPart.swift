/// A region of the body by its term in DICOM (PS3.16 Annex L).
struct BodyPart: Sendable {
    /// The defined term of Body Part Examined.
    let term: String

    /// Finds the term of a region in words; nil where the standard has none for it.
    init?(_ anatomy: String) {
        let name = anatomy.lowercased()
        guard let term = Self.terms[name] else { return nil }
        self.term = term
    }

    /// Whose term differs from the word stands with it.
    private static let terms: [String: String] = {
        let words = [
            "abdomen", "ankle", "aorta", "arm", "bladder", "brain", "breast", "chest", "clavicle",
            "coccyx", "elbow", "eye", "finger", "foot", "hand", "head", "heart", "hip", "jaw",
            "kidney", "knee", "leg", "liver", "lung", "mandible", "maxilla", "neck", "pancreas",
            "pelvis", "prostate", "rib", "sacrum", "scapula", "shoulder", "skull", "spine",
            "spleen", "sternum", "thumb", "thyroid", "toe", "uterus", "wrist",
        ]
        var terms = Dictionary(words.map { ($0, $0.uppercased()) }) { first, _ in first }
        terms.merge([
            "ribs": "RIB", "lungs": "LUNG", "thorax": "CHEST", "thoracic spine": "TSPINE",
            "lumbar spine": "LSPINE", "cervical spine": "CSPINE", "forearm": "FOREARM",
            "upper arm": "HUMERUS", "lower leg": "TIBIA FIBULA", "thigh": "FEMUR",
            "femur": "FEMUR", "humerus": "HUMERUS", "calcaneus": "CALCANEUS", "heel": "CALCANEUS",
            "whole body": "WHOLEBODY", "full body": "WHOLEBODY",
        ]) { first, _ in first }
        return terms
    }()

    /// The defined term of Modality: radiographs are "XR" in data sets of images, DX in DICOM.
    static func modality(_ name: String?) -> String {
        switch name?.uppercased() {
        case nil, "": "OT"
        case "XR", "X-RAY": "DX"
        case "MRI": "MR"
        case .some(let term): String(term.prefix(16))
        }
    }
}
