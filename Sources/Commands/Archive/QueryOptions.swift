import Archive
import ArgumentParser

/// Filters of records; all that are given have to fit.
struct QueryOptions: ParsableArguments {
    @Option(help: "Where the pixels come from.")
    var kind: ImageRecord.Kind?

    @Option(help: "How the request ended.")
    var outcome: ImageRecord.Outcome?

    @Option(help: "How far the expert review is.")
    var review: ReviewState?

    @OptionGroup var labels: LabelOptions

    @Option(help: "Name of the model.")
    var model: String?

    @Option(help: "Recorded at this time (UTC) or later, for instance 2026-01-31.")
    var since: Timestamp?

    @Option(help: "Recorded before this time (UTC).")
    var until: Timestamp?

    @Option(help: "Whether records count whose file was removed.")
    var removed = ImageQuery.Removal.excluded

    var query: ImageQuery {
        var query = ImageQuery()
        query.kind = kind
        query.outcome = outcome
        query.review = review
        query.labels = labels.labels
        query.model = model
        query.since = since
        query.until = until
        query.removal = removed
        return query
    }
}

/// What images show, or should.
struct LabelOptions: ParsableArguments {
    @Option(help: "Modality, for instance XR, CT, MR or US.")
    var modality: String?

    @Option(help: "Part of the body, for instance hand.")
    var anatomy: String?

    @Option(help: "View or plane, for instance PA or axial.")
    var view: String?

    @Option(help: "Finding.")
    var finding: String?

    @Option(help: "Sex: female or male.")
    var sex: String?

    var labels: ImageLabels {
        ImageLabels(modality: modality, anatomy: anatomy, view: view, finding: finding, sex: sex)
    }
}

/// A query in words, as `search`, `count` and `export` take it.
struct QueryArgument: ParsableArguments {
    @Argument(
        help: ArgumentHelp(
            "Words, and filters such as anatomy=hand or review=accepted (default: all).",
            valueName: "query"
        )
    )
    var words: [String] = []

    /// Reads the words; one that has spaces in it is one word.
    ///
    /// - Throws: `ArchiveError.invalidQuery`.
    func query() throws(ArchiveError) -> ImageQuery {
        let quoted = words.map { $0.contains(" ") && !$0.contains("\"") ? "\"\($0)\"" : $0 }
        return try ImageQuery(parsing: quoted.joined(separator: " "))
    }
}

/// How many records are shown.
struct PageOptions: ParsableArguments {
    @Option(name: [.customShort("n"), .long], help: "The most records; 0 means all.")
    var limit = 50

    @Option(help: "Only records with a smaller number: the last one of the page before.")
    var before: Int64?

    func validate() throws {
        guard limit >= 0 else { throw ValidationError("--limit cannot be \(limit)") }
    }

    func images(_ query: ImageQuery, in archive: ImageArchive) throws -> [ImageRecord] {
        try archive.images(query, limit: limit == 0 ? nil : limit, before: before)
    }
}
