/// Pieces of the report's page.
enum HTML {
    /// A section with a heading and one sentence on what it shows.
    static func section(_ heading: String, lead: String, _ body: String) -> String {
        """
        <section><h2>\(Markup.escaped(heading))</h2>
        <p class="lead">\(Markup.escaped(lead))</p>
        \(body)
        </section>
        """
    }

    /// A table; cells are markup already.
    static func table(_ header: [String], _ rows: [[String]]) -> String {
        let head = header.map { "<th scope=\"col\">\($0)</th>" }.joined()
        let body = rows.map { row in
            "<tr>" + row.map { "<td>\($0)</td>" }.joined() + "</tr>"
        }.joined(separator: "\n")
        return
            "<div class=\"scroll\"><table><thead><tr>\(head)</tr></thead>\n<tbody>\(body)</tbody>"
            + "</table></div>"
    }

    /// Part of a section that opens on demand.
    static func details(_ summary: String, _ body: String) -> String {
        "<details><summary>\(Markup.escaped(summary))</summary>\n\(body)\n</details>"
    }

    /// A cell with a value and what qualifies it in small print.
    static func cell(_ value: String, _ small: String = "") -> String {
        small.isEmpty
            ? Markup.escaped(value)
            : "\(Markup.escaped(value))<small>\(Markup.escaped(small))</small>"
    }

    /// A cell that is a dash where there is no value; the reason shows when pointed at.
    static func cell<Value>(_ outcome: Outcome<Value>, _ text: (Value) -> String) -> String {
        switch outcome {
        case .value(let value): text(value)
        case .undefined(let reason): "<span title=\"\(Markup.escaped(reason))\">–</span>"
        }
    }

    /// A share with its counts and interval.
    static func cell(_ share: Outcome<ShareReport>) -> String {
        cell(share) { share in
            cell(NumberText.percent(share.value), NumberText.percents(share.interval))
        }
    }

    /// A coefficient with its interval.
    static func cell(_ coefficient: Outcome<AgreementReport.Coefficient>) -> String {
        cell(coefficient) { found in
            cell(
                NumberText.decimal(found.value, 2),
                found.interval.value.map { NumberText.interval($0, 2) } ?? ""
            )
        }
    }

    /// What must not be overlooked.
    static func note(_ text: String) -> String {
        "<p class=\"note\">\(Markup.escaped(text))</p>"
    }
}
