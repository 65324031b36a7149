/// A region of the body by its term in DICOM (PS3.16 Annex L).
public struct BodyPart: Sendable {
    /// The defined term of Body Part Examined.
    public let term: String

    /// The words for a term: "thoracic spine" for TSPINE, else the term itself in small letters.
    public static func words(_ term: String) -> String {
        words[term] ?? term.lowercased()
    }

    /// Finds the term of a region in words; nil where the standard has none for it.
    public init?(_ anatomy: String) {
        let name = anatomy.lowercased()
        guard let term = Self.terms[name] else { return nil }
        self.term = term
    }

    /// Whether there is a left one and a right one, so that a side may be stated.
    var isPaired: Bool { !Self.unpaired.contains(term) }

    private static let unpaired: Set<String> = [
        "ABDOMEN", "AORTA", "BLADDER", "BRAIN", "CHEST", "COCCYX", "CSPINE", "HEAD", "HEART", "JAW",
        "LIVER", "LSPINE", "MAXILLA", "NECK", "PANCREAS", "PELVIS", "PROSTATE", "SKULL", "SPINE",
        "SPLEEN", "STERNUM", "THYROID", "TSPINE", "UTERUS", "WHOLEBODY",
    ]

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

    /// Terms that are not the word in capitals; the first in the alphabet of several words.
    private static let words = Dictionary(
        terms.filter { $0.key.uppercased() != $0.value }.map { ($0.value, $0.key) }
            .filter { terms[$0.0.lowercased()] == nil }
    ) { min($0, $1) }

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
