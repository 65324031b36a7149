import DICOM

/// The terms of DICOM attributes that may enter a data set, in the words of data sets.
///
/// These attributes are to hold terms, but on some devices people type into them, and then names and numbers stand
/// there. So only what is listed here passes; anything else counts as not stated.
enum DefinedTerms {
    /// Modality (PS3.3 C.7.3.1.1.1), of images; radiographs are XR in data sets, whatever made them.
    static func modality(_ term: String) -> String? {
        if ["CR", "DX", "RG", "RF", "PX"].contains(term) { return "XR" }
        return modalities.contains(term) ? term : nil
    }

    /// Body Part Examined (PS3.16 Annex L).
    static func anatomy(_ term: String) -> String? {
        compoundBodyParts[term] ?? (bodyParts.contains(term) ? BodyPart.words(term) : nil)
    }

    /// View Position (PS3.3 C.8.7.1.1.1 and C.8.11.5.1.1, mammography's in PS3.16 CID 4014).
    static func view(_ term: String) -> String? {
        switch term {
        case "PA", "AP": term
        case "LL", "RL", "LLD", "RLD", "LATERAL", "LAT": "lateral"
        case "LLO", "RLO", "LAO", "RAO", "LPO", "RPO", "OBLIQUE": "oblique"
        case "ML", "MLO", "LM", "LMO", "CC", "FB", "SIO", "XCC", "XCCL", "XCCM": term.lowercased()
        default: nil
        }
    }

    /// Window Center & Width Explanation, which is free text: the usual names of windows, word by word.
    static func window(_ text: String) -> String? {
        let words = text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
        guard !words.isEmpty, words.allSatisfy(windowWords.contains) else { return nil }
        return words.joined(separator: " ")
    }

    private static let modalities: Set = [
        "BDUS", "BI", "BMD", "CT", "DG", "DMS", "ES", "GM", "IO", "IVOCT", "IVUS", "LS", "MG", "MR",
        "NM", "OCT", "OP", "OPM", "OPT", "OPTBSV", "OPTENF", "OT", "PT", "SM", "TG", "US", "XA",
        "XC",
    ]

    private static let bodyParts: Set = [
        "ABDOMEN", "ADRENAL", "ANKLE", "ANUS", "AORTA", "ARM", "AXILLA", "BACK", "BLADDER", "BRAIN",
        "BREAST", "BRONCHUS", "BUTTOCK", "CALCANEUS", "CALF", "CAROTID", "CEREBELLUM", "CERVIX",
        "CHEEK", "CHEST", "CLAVICLE", "COCCYX", "COLON", "CORNEA", "CSPINE", "DUODENUM", "EAR",
        "ELBOW", "ESOPHAGUS", "EXTREMITY", "EYE", "EYELID", "FACE", "FEMUR", "FINGER", "FOOT",
        "FOREARM", "GALLBLADDER", "HAND", "HEAD", "HEART", "HIP", "HUMERUS", "ILEUM", "ILIUM",
        "JAW", "JEJUNUM", "KIDNEY", "KNEE", "LARYNX", "LEG", "LIVER", "LSPINE", "LUNG", "MANDIBLE",
        "MAXILLA", "MEDIASTINUM", "MOUTH", "NECK", "NOSE", "ORBIT", "OVARY", "PANCREAS", "PAROTID",
        "PATELLA", "PELVIS", "PENIS", "PHARYNX", "PROSTATE", "RADIUS", "RECTUM", "RIB", "SACRUM",
        "SCALP", "SCAPULA", "SCLERA", "SCROTUM", "SHOULDER", "SKULL", "SPINE", "SPLEEN", "STERNUM",
        "STOMACH", "TESTIS", "THIGH", "THUMB", "THYMUS", "THYROID", "TIBIA FIBULA", "TOE", "TONGUE",
        "TRACHEA", "TSPINE", "ULNA", "URETER", "URETHRA", "UTERUS", "VAGINA", "VULVA", "WHOLEBODY",
        "WRIST", "ZYGOMA",
    ]

    private static let compoundBodyParts = [
        "ABDOMENPELVIS": "abdomen and pelvis", "CHESTABDOMEN": "chest and abdomen",
        "CHESTABDPELVIS": "chest, abdomen and pelvis", "CIRCLEOFWILLIS": "circle of Willis",
        "CORONARYARTERY": "coronary artery", "CTSPINE": "cervical and thoracic spine",
        "HEADNECK": "head and neck", "IAC": "internal auditory canal",
        "LSSPINE": "lumbar and sacral spine", "NECKCHEST": "neck and chest",
        "NECKCHESTABDOMEN": "neck, chest and abdomen",
        "NECKCHESTABDPELV": "neck, chest, abdomen and pelvis", "SSPINE": "sacral spine",
        "SUBMANDIBULAR": "submandibular region", "TLSPINE": "thoracic and lumbar spine",
        "TMJ": "temporomandibular joint",
    ]

    private static let windowWords: Set = [
        "abdomen", "abdominal", "angio", "bone", "bones", "brain", "cardiac", "cerebrum", "chest",
        "contrast", "default", "fossa", "hard", "head", "inner", "ear", "liver", "lung", "lungs",
        "mediastinal", "mediastinum", "narrow", "neck", "normal", "pelvis", "posterior", "sharp",
        "sinus", "smooth", "soft", "softtissue", "spine", "standard", "stroke", "subdural",
        "tissue",
        "vascular", "wide", "window", "window1", "window2",
    ]
}
