/// All votes at a glance: a column an image, a row a reader, images sorted by how real they looked.
enum VotesFigure {
    /// An image and its votes.
    struct Column {
        let caseID: String
        let truth: Truth
        let votes: [Answer?]

        /// Real votes less fake votes.
        var realness: Int {
            votes.reduce(0) { $0 + ($1 == .real ? 1 : $1 == .fake ? -1 : 0) }
        }
    }

    private static let width = 960.0
    private static let margin = 118.0
    private static let rowHeight = 24.0
    private static let bandHeight = 8.0
    private static let largestColumnCount = 60

    /// Draws real images, then fake ones, each from the most to the least real-looking.
    static func markup(of study: StudyReadings, names: [String]) -> String {
        let columns = zip(study.cases, study.votes).map { caseID, votes in
            Column(caseID: caseID, truth: study.truth(of: caseID) ?? .fake, votes: votes)
        }
        return Truth.allCases.flatMap { truth in
            let sorted = columns.filter { $0.truth == truth }
                .sorted { ($1.realness, $0.caseID) < ($0.realness, $1.caseID) }
            return bands(of: sorted, truth, names: names)
        }.joined(separator: "\n")
    }

    /// Draws one kind of images, in bands of like length where they are many.
    private static func bands(of columns: [Column], _ truth: Truth, names: [String]) -> [String] {
        let bandCount = (columns.count + largestColumnCount - 1) / largestColumnCount
        guard bandCount > 0 else { return [] }
        let length = (columns.count + bandCount - 1) / bandCount
        let kind = truth == .real ? "real" : "synthetic"
        let all = NumberText.counted(columns.count, "\(kind) image")
        return stride(from: 0, to: columns.count, by: length).map { start in
            let end = min(start + length, columns.count)
            return band(
                of: columns[start..<end],
                truth,
                heading: bandCount > 1 ? "\(all): \(start + 1) to \(end)" : all,
                step: min(44, (width - margin) / Double(length)),
                names: names
            )
        }
    }

    private static func band(
        of columns: ArraySlice<Column>,
        _ truth: Truth,
        heading: String,
        step: Double,
        names: [String]
    ) -> String {
        let gap = step > 8 ? 2.0 : 0.5
        let rows = Double(names.count) * rowHeight
        var figure = SVG(
            width: margin + max(150, Double(columns.count) * step),
            height: 20 + bandHeight + rows + 6,
            title: "Votes of \(NumberText.counted(names.count, "reader")) on \(heading)"
        )
        figure.text(heading, margin, 11, class: "label strong")
        figure.rectangle(
            margin,
            17,
            Double(columns.count) * step - gap,
            bandHeight - 3,
            class: truth == .real ? "vote-real" : "vote-fake",
            radius: 2.5
        )
        for (row, name) in names.enumerated() {
            let y = 20 + bandHeight + Double(row) * rowHeight
            figure.text(shortened(name, to: 17), margin - 10, y + 15, anchor: .end)
            for (index, column) in columns.enumerated() {
                let vote = column.votes[row]
                figure.rectangle(
                    margin + Double(index) * step,
                    y,
                    step - gap,
                    rowHeight - 3,
                    class: vote.map { "vote-\($0.rawValue)" } ?? "vote-missing",
                    radius: step > 8 ? 3 : 0,
                    tip: "\(column.caseID): \(name) said \(vote?.rawValue ?? "nothing")"
                )
            }
        }
        return figure.markup
    }

    static func shortened(_ text: String, to count: Int) -> String {
        text.count > count ? text.prefix(count - 1) + "…" : text
    }
}
