import Archive
import Imaging

/// What the documents of a release tell, in the words that they share.
struct ReleaseFacts {
    let description: ReleaseDescription
    let images: [ReleasedImage]
    let account: ReleaseAccount
    let statistics: ReviewStatistics
    let createdAt: Timestamp
    let policy: String

    /// The day of the release, as "2026-01-31".
    var day: String { String(createdAt.description.prefix(10)) }

    var citation: String {
        let work =
            "\(description.creator) (\(day.prefix(4))). \(description.title), version "
            + "\(description.version)."
        return description.url.map { "\(work) \($0)" } ?? work
    }

    var models: [String] { Set(images.compactMap { $0.record.provenance?.model }).sorted() }

    /// The images of each kind of a label, the most frequent first.
    func counts(_ label: (ImageLabels) -> String?) -> [(value: String, count: Int)] {
        Dictionary(grouping: images) { label($0.record.labels) ?? "not stated" }
            .map { (value: $0.key, count: $0.value.count) }
            .sorted { ($1.count, $0.value) < ($0.count, $1.value) }
    }

    var keywords: [String] {
        let labels = images.flatMap { [$0.record.labels.modality, $0.record.labels.anatomy] }
        return ["radiology", "medical imaging", "synthetic"]
            + Set(labels.compactMap(\.self)).sorted()
    }

    var collection: String {
        let (requests, refused) = (account.requestedCount, account.refusedCount)
        return
            "The images were \(editCount == 0 ? "generated" : "generated or edited") from text by "
            + "\(models.joined(separator: ", ")). Of \(requests) \(requests == 1 ? "request" : "requests"), "
            + "\(refused) \(refused == 1 ? "was" : "were") refused by the prompt policy \(policy) and "
            + "\(account.failedCount) failed. Expert review rejected \(Self.counted(account.rejectedCount)). "
            + "account.json and not-released.jsonl account for each of them."
    }

    var annotation: String {
        let rule = statistics.rule
        let votes = rule.voteCount == 1 ? "1 vote" : "\(rule.voteCount) votes"
        return "Each image was accepted by experts: \(votes), decided by "
            + "\(rule.agreement.rawValue)\(rule.isAdjudicated ? ", with a third on disagreement" : ""). "
            + "All votes are in the provenance files, counts and agreement in reviewers.json."
    }

    var memorization: String {
        "Each image was compared with the training images. One nearer to a training image than a threshold "
            + "calibrated on held-out images is not part of the data set."
    }

    var limitations: [String] {
        [
            "The images are synthetic and may be anatomically or pathologically wrong although experts "
                + "accepted them.",
            "Models trained on them can inherit the errors and gaps of the generating model.",
            "Labels are what the prompt asked for, not what a reader found.",
        ]
    }

    var biases: [String] {
        let anatomies = counts(\.anatomy).prefix(8).map { "\($0.value) \($0.count)" }
        let sexes = counts(\.sex).map { "\($0.value) \($0.count)" }
        return [
            "Images by part of the body: \(anatomies.joined(separator: ", ")).",
            "Images by sex as asked for: \(sexes.joined(separator: ", ")).",
            "Expert selection favours images that look plausible to these reviewers.",
        ]
    }

    var uses: [String] {
        [
            "Research and teaching: training material, reader studies, audits of generative models.",
            "Not for diagnosis, and not to be passed off as images of patients.",
        ]
    }

    var privacy: String {
        let origin =
            switch editCount {
            case 0: "No image contains pixels of a patient's image."
            case 1: "One image is an edit; its provenance file names what it was edited from."
            default:
                "\(editCount) images are edits; provenance files name what they were edited from."
            }
        return "Synthetic images show nobody. \(origin)"
    }

    private var editCount: Int { images.count { $0.record.kind == .edited } }

    /// "1 image" or "2 images".
    static func counted(_ count: Int) -> String { count == 1 ? "1 image" : "\(count) images" }
}
