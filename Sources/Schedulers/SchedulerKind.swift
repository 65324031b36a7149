/// The schedulers there are, by the names that the command line uses.
public enum SchedulerKind: String, Sendable, CaseIterable {
    /// Pseudo numerical methods, the default of Stable Diffusion 1.x.
    case pndm
    /// Ancestral sampling of the original diffusion models.
    case ddpm
    /// Implicit models, the default of Stable Diffusion 2.x; deterministic when `eta` is 0.
    case ddim
    /// Euler's method on the probability flow.
    case euler
    /// Euler's method with fresh noise at each step.
    case eulerAncestral = "euler-ancestral"
    /// DPM-Solver++ of second order, multistep.
    case dpmpp2M = "dpmpp-2m"
    /// DPM-Solver++ of second order, multistep, with the noise levels of Karras et al.
    case dpmpp2MKarras = "dpmpp-2m-karras"
    /// Heun's method; two network evaluations a step.
    case heun
    /// UniPC, a predictor and corrector.
    case unipc

    /// The scheduler of that name.
    ///
    /// - Throws: `SchedulerError.unknownName` with the nearest name.
    public init(named name: String) throws(SchedulerError) {
        guard let kind = Self(rawValue: name) else {
            throw .unknownName(name, suggestion: Self.nearest(to: name)?.rawValue)
        }
        self = kind
    }

    /// The scheduler that scheduler_config.json names.
    ///
    /// - Throws: `SchedulerError.unsupportedClass`.
    public init(of configuration: SchedulerConfiguration) throws(SchedulerError) {
        let matches = Self.allCases.filter { $0.className == configuration.className }
        let isKarras = configuration.usesKarrasSigmas ?? false
        guard
            let kind = matches.first(where: { ($0 == .dpmpp2MKarras) == isKarras }) ?? matches.first
        else { throw .unsupportedClass(configuration.className) }
        self = kind
    }

    /// The diffusers class that this is.
    public var className: String {
        switch self {
        case .pndm: "PNDMScheduler"
        case .ddpm: "DDPMScheduler"
        case .ddim: "DDIMScheduler"
        case .euler: "EulerDiscreteScheduler"
        case .eulerAncestral: "EulerAncestralDiscreteScheduler"
        case .dpmpp2M, .dpmpp2MKarras: "DPMSolverMultistepScheduler"
        case .heun: "HeunDiscreteScheduler"
        case .unipc: "UniPCMultistepScheduler"
        }
    }

    /// The kind with the fewest edits to `name`, if at most half of the name would change.
    static func nearest(to name: String) -> SchedulerKind? {
        let wanted = simplified(name)
        let ranked = allCases.map { ($0, editDistance(wanted, simplified($0.rawValue))) }
        guard let (kind, distance) = ranked.min(by: { $0.1 < $1.1 }),
            distance <= max(2, wanted.count / 2)
        else { return nil }
        return kind
    }

    private static func simplified(_ name: String) -> [Character] {
        name.lowercased().filter { $0.isLetter || $0.isNumber }.suffix(64)
    }

    /// The Levenshtein distance: insertions, deletions and replacements.
    private static func editDistance(_ left: [Character], _ right: [Character]) -> Int {
        var row = Array(0...right.count)
        for (i, character) in left.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, other) in right.enumerated() {
                let replacement = diagonal + (character == other ? 0 : 1)
                diagonal = row[j + 1]
                row[j + 1] = min(replacement, row[j] + 1, row[j + 1] + 1)
            }
        }
        return row[right.count]
    }
}
