import GRDB

extension ImageQuery {
    /// A query's conditions on the table of images.
    struct Conditions {
        /// Ends in a space, or is empty.
        let join: String
        /// Begins with WHERE, or is empty.
        let clause: String
        let arguments: StatementArguments
    }

    /// The conditions, or nil where the words to look for contain nothing that can be found.
    var conditions: Conditions? {
        var clauses: [String] = []
        var arguments: [(any DatabaseValueConvertible)?] = []
        func require(_ column: String, _ value: String?, _ relation: String = "=") {
            guard let value else { return }
            clauses.append("image.\(column) \(relation) ?")
            arguments.append(value)
        }
        require("outcome", outcome?.rawValue)
        require("kind", kind?.rawValue)
        require("review", review?.rawValue)
        require("modality", labels.modality)
        require("anatomy", labels.anatomy)
        require("view", labels.view)
        require("finding", labels.finding)
        require("sex", labels.sex)
        require("model", model)
        require("recorded_at", since?.description, ">=")
        require("recorded_at", until?.description, "<")
        switch removal {
        case .included: break
        case .excluded: clauses.append("image.removed_at IS NULL")
        case .only: clauses.append("image.removed_at IS NOT NULL")
        }
        var join = ""
        if let text {
            guard let pattern = FTS5Pattern(matchingAllPrefixesIn: text) else { return nil }
            join = "JOIN image_text ON image_text.rowid = image.id "
            clauses.append("image_text MATCH ?")
            arguments.append(pattern)
        }
        return Conditions(
            join: join,
            clause: clauses.isEmpty ? "" : "WHERE \(clauses.joined(separator: " AND "))",
            arguments: StatementArguments(arguments)
        )
    }
}
