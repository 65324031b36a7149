/// Readers against readers: kappa by shade, with the share of images answered alike.
enum AgreementFigure {
    private static let cell = 92.0
    private static let left = 118.0
    private static let top = 30.0

    /// Draws the matrix; on its diagonal stands each reader against their own repeats.
    static func matrix(of report: StudyReport, names: [String]) -> String {
        let side = Double(names.count) * cell
        var figure = SVG(
            width: left + side + 4,
            height: top + side + 4,
            title: "Cohen's kappa of \(names.count) readers, by pair"
        )
        for (index, name) in names.enumerated() {
            let centre = (Double(index) + 0.5) * cell
            let short = VotesFigure.shortened(name, to: 13)
            figure.text(short, left - 10, top + centre + 4, anchor: .end)
            figure.text(short, left + centre, top - 10, anchor: .middle)
            let repeats = report.readers[index].repeats.value
            draw(
                &figure,
                row: index,
                column: index,
                kappa: repeats?.kappa.value,
                share: repeats?.agreement.value,
                note: repeats == nil ? "" : "repeats"
            )
        }
        for pair in report.agreement.pairs {
            guard let first = report.readers.firstIndex(where: { $0.reader == pair.first }),
                let second = report.readers.firstIndex(where: { $0.reader == pair.second })
            else { continue }
            for (row, column) in [(first, second), (second, first)] {
                draw(
                    &figure,
                    row: row,
                    column: column,
                    kappa: pair.kappa.value?.value,
                    share: pair.agreement.value?.value,
                    note: "alike"
                )
            }
        }
        return figure.markup
    }

    /// Draws how often two readers gave each combination of answers.
    static func table(of pair: AgreementReport.Pair, names: (String, String)) -> String {
        let size = 54.0
        let edge = 96.0
        let total = max(1, pair.table.joined().reduce(0, +))
        var figure = SVG(
            width: edge + 3 * size + 4,
            height: 58 + 3 * size + 4,
            title: "Answers of \(names.0) and \(names.1)"
        )
        figure.text(
            VotesFigure.shortened(names.1, to: 24),
            edge + 1.5 * size,
            14,
            class: "label strong",
            anchor: .middle
        )
        figure.text(
            VotesFigure.shortened(names.0, to: 24),
            14,
            58 + 1.5 * size,
            class: "label strong",
            anchor: .middle,
            isVertical: true
        )
        for (row, answer) in Answer.allCases.enumerated() {
            let offset = (Double(row) + 0.5) * size
            figure.text(answer.rawValue, edge - 8, 58 + offset + 4, anchor: .end)
            figure.text(answer.rawValue, edge + offset, 46, anchor: .middle)
            for column in Answer.allCases.indices {
                let count = pair.table[row][column]
                let share = Double(count) / Double(total)
                figure.rectangle(
                    edge + Double(column) * size,
                    58 + Double(row) * size,
                    size - 3,
                    size - 3,
                    class: row == column ? "shade" : "shade-off",
                    radius: 4,
                    opacity: count == 0 ? 0.06 : 0.15 + 0.75 * share.squareRoot()
                )
                figure.text(
                    String(count),
                    edge + (Double(column) + 0.5) * size - 1.5,
                    58 + offset + 4,
                    class: "label strong",
                    anchor: .middle
                )
            }
        }
        return figure.markup
    }

    private static func draw(
        _ figure: inout SVG,
        row: Int,
        column: Int,
        kappa: Double?,
        share: Double?,
        note: String
    ) {
        let x = left + Double(column) * cell
        let y = top + Double(row) * cell
        let isOwn = row == column
        figure.rectangle(
            x,
            y,
            cell - 4,
            cell - 4,
            class: isOwn ? "shade-off" : "shade",
            radius: 6,
            opacity: kappa.map { 0.08 + 0.72 * min(1, max(0, $0)) } ?? 0.05
        )
        let centre = x + cell / 2 - 2
        let value = kappa.map { NumberText.decimal($0, 2) } ?? "–"
        figure.text(value, centre, y + cell / 2 - 2, class: "figure", anchor: .middle)
        if let share {
            figure.text(
                "\(NumberText.decimal(100 * share, 0))\u{202F}% \(note)",
                centre,
                y + cell / 2 + 18,
                class: "small",
                anchor: .middle
            )
        }
    }
}
