import ReaderStudy

extension AnswerDraft {
    /// The longest description, in characters.
    package static let descriptionLimit = 4000

    /// The answer where it is complete, without what does not belong to it.
    ///
    /// - Throws: `StudyStoreError.invalidAnswer`.
    func checked(
        for phase: ReadingPhase,
        _ definition: StudyDefinition
    ) throws(StudyStoreError) -> AnswerDraft {
        var answer = self
        if !definition.asksDescription { (answer.description, answer.regions) = ("", []) }
        switch phase {
        case .impression:
            (answer.label, answer.confidence) = (nil, nil)
            try Self.require(quality != nil, "quality", "nothing", "1 to 5")
        case .judgement:
            answer.quality = nil
            let offered = definition.labels.map(\.rawValue).joined(separator: ", ")
            try Self.require(label != nil, "answer", "nothing", "one of \(offered)")
            // Uncertain has no confidence: it is the lack of it.
            if label == .uncertain { answer.confidence = nil }
            if let levels = definition.confidenceLevels, label != .uncertain {
                try Self.require(confidence != nil, "confidence", "nothing", "1 to \(levels)")
            }
        }
        try answer.check(definition)
        return answer
    }

    /// Throws where something that was entered is none of what is asked.
    func check(_ definition: StudyDefinition) throws(StudyStoreError) {
        if let label {
            let offered = definition.labels.map(\.rawValue).joined(separator: ", ")
            try Self.require(
                definition.labels.contains(label),
                "answer",
                label.rawValue,
                "one of \(offered)"
            )
        }
        if let quality {
            try Self.require((1...5).contains(quality), "quality", "\(quality)", "1 to 5")
        }
        if let confidence {
            let levels = definition.confidenceLevels ?? 0
            try Self.require(
                (1...max(1, levels)).contains(confidence) && levels > 0,
                "confidence",
                "\(confidence)",
                levels > 0 ? "1 to \(levels)" : "left out"
            )
        }
        try Self.require(
            description.unicodeScalars.count <= Self.descriptionLimit,
            "description",
            "\(description.unicodeScalars.count) characters long",
            "at most \(Self.descriptionLimit) characters long"
        )
        for region in regions {
            try Self.require(
                definition.regionTerms.contains(region),
                "region",
                "not in the study's list",
                "one of its terms"
            )
        }
        try Self.require(Set(regions).count == regions.count, "region", "named twice", "named once")
        if let seconds {
            try Self.require(
                seconds.isFinite && seconds >= 0,
                "time",
                "\(seconds)",
                "a number of seconds"
            )
        }
    }

    private static func require(
        _ condition: Bool,
        _ field: String,
        _ found: String,
        _ allowed: String
    ) throws(StudyStoreError) {
        guard condition else {
            throw .invalidAnswer(field: field, found: found, allowed: allowed)
        }
    }
}
