/// A methods paragraph with the study's own numbers, in the order of the reporting guidelines' topics.
///
/// - SeeAlso: CLAIM, Mongan et al., Radiol. Artif. Intell. 2 (2020) e200029, updated by Tejani et al.
///   6 (2024) e240300; STARD 2015, Bossuyt et al., BMJ 351 (2015) h5527, and its extension STARD-AI.
public struct MethodsText: Sendable, Equatable {
    /// The sentences of one topic.
    public struct Topic: Sendable, Equatable {
        /// The guidelines' word for it.
        public let name: String
        /// The sentences.
        public let text: String
    }

    /// The topics, in order.
    public let topics: [Topic]

    /// What authors must add, since no program knows it.
    public static let toComplete = [
        "ethics approval, registration and where the protocol can be read",
        "how the real images were selected, from whom, when and where, and how they were de-identified",
        "the readers' specialty, experience, and whether they had seen any image before",
        "the devices on which readers read, and the room",
        "the sample size's justification (study power computes it)",
        "funding and interests",
    ]

    /// The whole as one paragraph.
    public var paragraph: String { topics.map(\.text).joined(separator: " ") }

    /// Writes the paragraph.
    public init(of report: StudyReport, facts: StudyFacts) {
        topics = [
            Topic(name: "Study design", text: Self.design(report, facts)),
            Topic(name: "Data sources", text: Self.sources(report, facts)),
            Topic(name: "Preprocessing", text: Self.preprocessing(facts)),
            Topic(name: "Reference standard", text: Self.reference(report)),
            Topic(name: "Readers and reading", text: Self.reading(report, facts)),
            Topic(name: "Blinding", text: Self.blinding(facts)),
            Topic(name: "Missing data", text: Self.missing(report)),
            Topic(name: "Statistical methods", text: Self.statistics(report)),
            Topic(name: "Variability", text: Self.variability(report, facts)),
        ].filter { !$0.text.isEmpty }
    }

    private static func design(_ report: StudyReport, _ facts: StudyFacts) -> String {
        let readers = NumberText.counted(report.readers.count, "reader")
        let both = report.realCount > 0 && report.fakeCount > 0
        let aim =
            both
            ? "could tell synthetic from real radiological images"
            : "took synthetic radiological images for real ones; no real image was shown"
        let closed =
            facts.closingDate.map { " and closed on \($0.prefix(10))" } ?? " and is still open"
        let early =
            facts.earlyLooks.isEmpty
            ? "No result was looked at before the closing."
            : "Results were looked at before the closing "
                + "\(NumberText.times(facts.earlyLooks.count)) (first on "
                + "\(facts.earlyLooks[0].date.prefix(10)), after \(facts.earlyLooks[0].answerCount) answers)."
        let reopened =
            facts.reopeningCount == 0
            ? ""
            : " The study was opened again \(NumberText.times(facts.reopeningCount)) after a "
                + "closing."
        return "This prospective, blinded reader study tested whether \(readers) \(aim). "
            + "The design was fixed before the first reading\(closed). \(early)\(reopened)"
    }

    private static func sources(_ report: StudyReport, _ facts: StudyFacts) -> String {
        let images =
            "\(NumberText.counted(report.realCount, "real image")) and "
            + "\(NumberText.counted(report.fakeCount, "synthetic image")) were read."
        guard let preparation = facts.preparation else { return images }
        let models = Set(preparation.models.values).sorted()
        let made = models.isEmpty ? "" : ", made by \(NumberText.list(models))"
        let real = preparation.realSource.map { " Real images came from \($0)." } ?? ""
        return images + real + " Synthetic images came from \(preparation.syntheticSource)\(made)."
    }

    private static func preprocessing(_ facts: StudyFacts) -> String {
        guard let preparation = facts.preparation else { return "" }
        let window = preparation.windowPercentiles.map { NumberText.decimal($0, 1) }
        var text =
            "All images were cut to their central square, resampled to \(preparation.side) x "
            + "\(preparation.side) pixels of one grey channel, windowed from the "
            + "\(window.joined(separator: "th to the "))th percentile of their samples to 8 bits, and "
            + "encoded alike as PNG without metadata."
        if let model = preparation.realThrough {
            text +=
                " Before, the real images were encoded and decoded by the autoencoder of \(model), "
                + "so that its traces are in images of either kind."
        }
        if let check = preparation.matched {
            text +=
                " A logistic regression on features of the format alone separated the shown images "
                + "with a cross-validated area under the curve of \(NumberText.decimal(check.area, 2)) "
                + "(95% interval \(NumberText.interval(check.interval, 2)))"
            text +=
                preparation.originals.map {
                    ", and the original files with \(NumberText.decimal($0.area, 2)) "
                        + "(\(NumberText.interval($0.interval, 2)))."
                } ?? "."
        }
        return text
    }

    private static func reference(_ report: StudyReport) -> String {
        "The reference standard was the origin of each image, known from its making; "
            + "synthetic images were the positive class."
    }

    private static func reading(_ report: StudyReport, _ facts: StudyFacts) -> String {
        var parts = [
            "Readers judged one image at a time in a web browser as "
                + "\(facts.labels.map(\.rawValue).joined(separator: ", "))"
        ]
        if let levels = facts.confidenceLevels {
            parts.append("with confidence from 1 to \(levels)")
        }
        if facts.asksDescription { parts.append("and described what they saw") }
        var text = parts.joined(separator: " ") + "."
        if facts.impressionCount > 0 {
            text +=
                " They first rated the quality of "
                + "\(NumberText.counted(facts.impressionCount, "image")) without knowing the purpose."
        }
        if facts.checksScreen { text += " Screens were checked with grey steps first." }
        text +=
            facts.allowsRevision
            ? " Answers could be changed later." : " Answers could not be changed later."
        return text
    }

    private static func blinding(_ facts: StudyFacts) -> String {
        var text =
            "Each reader saw the images in an order of their own, drawn from the seed "
            + "\(facts.order.seed)"
        if facts.order.blockCount > 1 {
            text +=
                " in \(facts.order.blockCount) sessions with the same share of either kind"
            if facts.washoutDays > 0 {
                text += ", at least \(NumberText.counted(facts.washoutDays, "day")) apart"
            }
        }
        return text
            + ". Images were served under random identifiers; readers saw neither file names nor the "
            + "key nor each other's answers, and were not told the share of synthetic images."
    }

    private static func missing(_ report: StudyReport) -> String {
        report.missingCount == 0
            ? "Every reader answered every image; no answer was missing."
            : "\(NumberText.counted(report.missingCount, "answer was", "answers were")) missing of "
                + "\(report.readingCount + report.missingCount); agreement uses all answers there are, "
                + "comparisons of readers the images that all of them answered."
    }

    private static func statistics(_ report: StudyReport) -> String {
        let both = report.realCount > 0 && report.fakeCount > 0
        var text =
            "Shares have exact (Clopper-Pearson) 95% intervals. Uncertain answers were counted three "
            + "ways: excluded, as wrong, and as half right."
        if both {
            text +=
                " Accuracy was compared with 0.5 by the exact binomial test, and its equivalence to "
                + "0.5 within \(NumberText.decimal(report.settings.equivalenceMargin, 2)) by two "
                + "one-sided exact tests. d' and criterion are log-linearly corrected. Areas under the "
                + "ROC curve of answers with confidence have DeLong intervals."
        }
        if report.readers.count > 1 {
            text +=
                " Agreement is given as Cohen's, Fleiss' and Krippendorff's coefficients and Gwet's AC1 "
                + "with intervals from \(report.settings.bootstrapSampleCount) bootstrap samples of "
                + "images. Readers were compared by McNemar's exact test and Wilcoxon's signed-rank "
                + "test with Holm's adjustment, and by Cochran's Q."
        }
        if both, report.readers.count > 1 {
            text +=
                " Means over readers have Obuchowski-Rockette intervals with Hillis' degrees of freedom."
        }
        return text
    }

    private static func variability(_ report: StudyReport, _ facts: StudyFacts) -> String {
        guard facts.order.repeatCount > 0 else { return "" }
        return "Within-reader variability was measured on "
            + "\(NumberText.counted(facts.order.repeatCount, "image")) shown again at least "
            + "\(facts.order.repeatSpacing) positions later."
    }
}
