import Archive

/// A release's README.md: a dataset card with the header that Hugging Face reads.
struct DatasetCard {
    private let facts: ReleaseFacts

    init(_ facts: ReleaseFacts) { self.facts = facts }

    var text: String {
        let description = facts.description
        return """
            ---
            pretty_name: \(JSONText.string(description.title))
            license: \(description.license.rawValue.lowercased())
            task_categories:
            - text-to-image
            - image-classification
            language:
            - en
            tags:
            - medical
            - radiology
            - synthetic
            size_categories:
            - \(sizeCategory)
            configs:
            - config_name: default
              data_files:
              - split: train
                path:
                - images/*.png
                - metadata.jsonl
            ---

            # \(description.title)

            \(description.summary)

            Version \(description.version), \(facts.day); \(ReleaseFacts.counted(facts.images.count)); \
            licence [\(description.license.rawValue)](\(description.license.url)).

            ## Use

            \(list(facts.uses))

            ```python
            datasets.load_dataset("imagefolder", data_dir="\(description.name)")
            mlcroissant.Dataset("\(description.name)/metadata.json").records("images")
            ```

            `sha256sum --check SHA256SUMS`, or `skiagraph release verify`, tells whether anything was changed.

            ## Where the images come from

            \(facts.collection)

            \(facts.privacy)

            ## Review

            \(facts.annotation)

            | reviewer | credentials | role | votes | accepted | rejected |
            |---|---|---|---|---|---|
            \(facts.statistics.reviewers.map(Self.row).joined(separator: "\n"))

            \(list(facts.statistics.pairs.map(\.sentence)))

            \(facts.memorization)

            ## What is in it

            \(table("modality", \.modality))

            \(table("part of the body", \.anatomy))

            \(table("finding", \.finding))

            \(table("sex", \.sex))

            ## Limits

            \(list(facts.limitations + facts.biases))

            ## Files

            | file | what |
            |---|---|
            | images/, dicom/ | the images as PNG and, where asked for, as DICOM |
            | manifest.csv, metadata.jsonl | one row an image |
            | provenance/ | all that is known of each image: request, votes, checks, what it was edited from |
            | reviewers.json | who reviewed, and how well the reviewers agree |
            | account.json, not-released.jsonl | what was refused, failed, rejected or left out, and why |
            | policy.json | which prompts are refused |
            | metadata.json, dataset-metadata.json | Croissant with RAI fields; Kaggle |
            | release.json | what the release was made from |
            | SHA256SUMS | the hash of every file |

            ## Citation

            \(facts.citation)

            """
    }

    private var sizeCategory: String {
        switch facts.images.count {
        case ..<1_000: "n<1K"
        case ..<10_000: "1K<n<10K"
        case ..<100_000: "10K<n<100K"
        case ..<1_000_000: "100K<n<1M"
        default: "1M<n<10M"
        }
    }

    private func list(_ items: [String]) -> String {
        items.map { "- \(Self.cell($0))" }.joined(separator: "\n")
    }

    private func table(_ title: String, _ label: (ImageLabels) -> String?) -> String {
        let rows = facts.counts(label).map { "| \(Self.cell($0.value)) | \($0.count) |" }
        return (["| \(title) | images |", "|---|---|"] + rows).joined(separator: "\n")
    }

    private static func row(_ entry: ReviewStatistics.Entry) -> String {
        let texts = [entry.reviewer.name, entry.reviewer.credentials, entry.reviewer.role.rawValue]
        let counts = [entry.voteCount, entry.acceptedCount, entry.rejectedCount]
        return "| " + (texts.map(cell) + counts.map(String.init)).joined(separator: " | ") + " |"
    }

    /// Text on one line that ends no cell of a table.
    private static func cell(_ text: String) -> String {
        text.split(whereSeparator: \.isNewline).joined(separator: " ").replacing("|", with: "\\|")
    }
}
