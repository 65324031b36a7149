/// Writes captions for training: the set's own, and others that say the same or less.
///
/// A caption never says more than the set does: an image without a label is never called normal, a
/// side is never named but the right one, and what is only known of the patient is never said to be
/// seen. Leaving facts out teaches short prompts such as "An X-ray of the knee".
public struct CaptionWriter: Sendable {
    /// The share of captions that are the set's own, in 0...1.
    public var verbatimShare: Double
    /// The share of captions that name modality and region only, in the commonest words, in 0...1.
    ///
    /// The plane of a slice may stand in them; a child is always called one.
    public var briefShare: Double

    /// Makes a writer; what is left of the shares are captions in other words and orders.
    ///
    /// - Parameters:
    ///   - verbatimShare: The share of captions that are the set's own, in 0...1.
    ///   - briefShare: The share of captions that name modality and region only, in 0...1.
    public init(verbatimShare: Double = 0.3, briefShare: Double = 0.15) {
        self.verbatimShare = verbatimShare
        self.briefShare = briefShare
    }

    /// Writes one caption; a function of the image and the state of the generator only.
    ///
    /// - Parameters:
    ///   - image: The image and its labels.
    ///   - generator: The source of chance.
    /// - Returns: A caption of one line.
    public func caption(
        for image: LabelledImage,
        using generator: inout some RandomNumberGenerator
    ) -> String {
        let kind = Double.random(in: 0..<1, using: &generator)
        guard kind >= verbatimShare, let facts = CaptionFacts(image) else { return image.prompt }
        var composer = CaptionComposer(image: image, facts: facts)
        return kind < verbatimShare + briefShare
            ? composer.composeBriefly(using: &generator) : composer.compose(using: &generator)
    }
}

/// One caption in the making: chooses facts, then words, then their order.
private struct CaptionComposer {
    let image: LabelledImage
    let facts: CaptionFacts
    /// Words before the name of the image, such as "normal" and "axial".
    var adjectives: [String] = []
    /// Clauses after the name, such as "showing pneumonia".
    var clauses: [String] = []
    /// What follows a comma, such as "PA view".
    var appendices: [String] = []

    mutating func compose(using generator: inout some RandomNumberGenerator) -> String {
        stateNormality(using: &generator)
        stateView(using: &generator)
        statePatient(using: &generator)
        stateFinding(using: &generator)
        stateTechnique(using: &generator)
        let side = facts.side.flatMap { generator.chance(0.65) ? $0.rawValue + " " : nil } ?? ""
        let name = generator.pick(CaptionPhrases.images(of: image.modality))
        let subject: [String]
        if generator.chance(0.5) {
            let region = generator.pick(CaptionPhrases.nouns(for: image.anatomy))
            let place = side + region
            let article =
                region == "lungs" || generator.chance(0.85) ? "the" : article(before: place)
            subject = adjectives + [name, "of", article, place]
        } else {
            let region = generator.pick(CaptionPhrases.attributes(for: image.anatomy))
            // Adjectives of kind stand on either side of the region: "axial chest CT slice".
            subject = adjectives + [side + region, name]
        }
        let phrase = (subject + clauses).joined(separator: " ")
        let caption = generator.chance(0.8) ? "\(article(before: phrase)) \(phrase)" : phrase
        return ([caption.firstUppercased] + appendices).joined(separator: ", ")
    }

    func composeBriefly(using generator: inout some RandomNumberGenerator) -> String {
        let name = CaptionPhrases.images(of: image.modality)[0]
        let plane = facts.planes.first.flatMap { generator.chance(0.7) ? [$0] : nil } ?? []
        let subject =
            image.modality == "US" || generator.chance(0.3)
            ? plane + [image.anatomy, name] : plane + [name, "of the", image.anatomy]
        let child = facts.isChild ? ["of a child"] : []
        let phrase = (subject + child).joined(separator: " ")
        return "\(article(before: phrase)) \(phrase)".firstUppercased
    }

    private mutating func stateNormality(using generator: inout some RandomNumberGenerator) {
        guard facts.finding == .normal, generator.chance(0.8) else { return }
        if generator.chance(0.85) {
            adjectives.append(generator.pick(CaptionPhrases.normal))
        } else {
            appendices.append("no findings")
        }
    }

    private mutating func stateView(using generator: inout some RandomNumberGenerator) {
        if !facts.planes.isEmpty, generator.chance(0.75) {
            adjectives.append(generator.pick(facts.planes))
        }
        guard let projection = facts.projection, generator.chance(0.5) else { return }
        let long = projection == "PA" ? "posteroanterior" : "anteroposterior"
        switch Int.random(in: 0..<10, using: &generator) {
        case 0..<5: appendices.append("\(projection) view")
        case 5: appendices.append("\(projection) projection")
        case 6: appendices.append("\(long) view")
        case 7 where image.anatomy == "chest": adjectives.append("frontal")
        default: adjectives.append(projection)
        }
    }

    private mutating func statePatient(using generator: inout some RandomNumberGenerator) {
        guard !facts.patients.isEmpty, generator.chance(facts.isChild ? 0.9 : 0.2) else { return }
        if facts.isChild, generator.chance(0.15) {
            adjectives.append(generator.pick(["pediatric", "paediatric"]))
        } else {
            clauses.append("of \(generator.pick(facts.patients))")
        }
    }

    private mutating func stateFinding(using generator: inout some RandomNumberGenerator) {
        guard let finding = facts.finding, generator.chance(0.75) else { return }
        switch finding {
        case .normal:
            break
        case .phrase(let wordings):
            clauses.append(generator.pick(wordings))
        case .patient(let wordings):
            // "of a man with lung cancer", or else "of a patient with lung cancer".
            let person = clauses.isEmpty ? "of a patient " : ""
            clauses.append("\(person)with \(generator.pick(wordings))")
        case .shown(let findings):
            let all = findings.shuffled(using: &generator)
            let count =
                generator.chance(0.75)
                ? all.count : Int.random(in: 1...all.count, using: &generator)
            let words = all.prefix(count).map { generator.pick($0) }
            if generator.chance(0.8) || !clauses.isEmpty {
                clauses.append("\(generator.pick(CaptionPhrases.showing)) \(Self.list(words))")
            } else {
                appendices.insert(Self.list(words), at: 0)
            }
        }
    }

    private mutating func stateTechnique(using generator: inout some RandomNumberGenerator) {
        if !facts.weightings.isEmpty, generator.chance(0.4) {
            adjectives.append(generator.pick(facts.weightings))
        }
        for wordings in facts.techniques.shuffled(using: &generator) where generator.chance(0.5) {
            appendices.append(generator.pick(wordings))
        }
    }

    private static func list(_ words: [String]) -> String {
        guard let last = words.last, words.count > 1 else { return words.first ?? "" }
        return words.dropLast().joined(separator: ", ") + " and " + last
    }

    /// "An" before a vowel sound: "an X-ray", "an MRI", but "a US image".
    private func article(before phrase: String) -> String {
        let word = String(phrase.prefix { $0 != " " })
        let spelledWithVowel = ["X-ray", "x", "XR", "MRI", "MR", "AP"].contains(word)
        let startsWithVowel = word.first.map { "aeiouAEIOU".contains($0) } ?? false
        return spelledWithVowel || (startsWithVowel && word != "US") ? "an" : "a"
    }
}

extension RandomNumberGenerator {
    /// True with the given probability.
    fileprivate mutating func chance(_ probability: Double) -> Bool {
        Double.random(in: 0..<1, using: &self) < probability
    }

    /// One of the wordings.
    fileprivate mutating func pick(_ wordings: [String]) -> String {
        wordings.randomElement(using: &self) ?? ""
    }
}

extension String {
    fileprivate var firstUppercased: String { prefix(1).uppercased() + dropFirst() }
}
