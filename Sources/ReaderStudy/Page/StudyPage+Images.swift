extension StudyPage {
    var impressionsSection: String? {
        guard let impressions = report.impressions.value else { return nil }
        let better = HTML.cell(impressions.fakeIsBetter) { found in
            Markup.escaped(
                "\(NumberText.decimal(found.value, 2)) (\(NumberText.interval(found.interval, 2)))"
            )
        }
        return HTML.section(
            "First impressions",
            lead: "The quality that readers saw before they knew that some images are synthetic.",
            HTML.table(
                ["Quality", "1", "2", "3", "4", "5"],
                [
                    ["Real images"] + impressions.real.map(String.init),
                    ["Synthetic images"] + impressions.fake.map(String.init),
                ]
            )
                + "<p>A synthetic image was rated better than a real one with a probability of \(better).</p>"
        )
    }

    var subgroupsSection: String? {
        guard !report.subgroups.isEmpty else { return nil }
        let rows = report.subgroups.map { group in
            let right = group.readers.map { reader in
                HTML.cell(reader.shares(.wrong)?.accuracy ?? .undefined("no answer"))
            }
            let unanimous = group.agreement.unanimity.first?.value
            return [
                HTML.cell(group.value, group.attribute), String(group.realCount),
                String(group.fakeCount),
            ]
                + names.map { name in
                    group.readers.firstIndex { $0.reader == name }.map { right[$0] } ?? "–"
                } + [
                    unanimous.map { HTML.cell($0.fake) } ?? "–", HTML.cell(group.agreement.gwetAC1),
                ]
        }
        return HTML.section(
            "Groups of images",
            lead:
                "Right answers with uncertain as wrong. \(report.subgroups.count) groups were looked at, "
                + "so some will differ by chance: at a level of 5 % about one in twenty would. Intervals "
                + "are not adjusted; take differences as questions for the next study.",
            HTML.table(
                ["Group", "Real", "Synthetic"] + names.map { Markup.escaped($0) }
                    + ["Synthetic called real by all", "AC1"],
                rows
            )
        )
    }

    var imagesSection: String? {
        let words = Dictionary(grouping: descriptions) { $0.caseID }
        let shown = cases.filter { $0.picture != nil || words[$0.caseID] != nil }
        guard !shown.isEmpty else { return nil }
        let votes = Dictionary(zip(readings.cases, readings.votes)) { first, _ in first }
        let items = shown.map { item(of: $0, votes[$0.caseID] ?? [], words[$0.caseID] ?? []) }
        return HTML.section(
            "Images and descriptions",
            lead: "As the readers saw them, with what they said.",
            termList + "<div class=\"gallery\">\(items.joined(separator: "\n"))</div>"
        )
    }

    var methodsSection: String? {
        let methods = MethodsText(of: report, facts: facts)
        let topics = methods.topics.map {
            "<li><b>\(Markup.escaped($0.name)).</b> \(Markup.escaped($0.text))</li>"
        }
        let missing = MethodsText.toComplete.map { "<li>\(Markup.escaped($0))</li>" }
        return HTML.section(
            "Methods, to copy",
            lead: "Follows the topics of CLAIM and STARD-AI, with this study’s numbers.",
            "<div class=\"prose\"><p>\(Markup.escaped(methods.paragraph))</p>"
                + HTML.details("By topic", "<ul>\(topics.joined())</ul>")
                + "<h3>To add by hand</h3><ul>\(missing.joined())</ul></div>"
        )
    }

    private var termList: String {
        let terms = report.terms.prefix(40)
        guard !terms.isEmpty else { return "" }
        let items = terms.map { term in
            "<li>\(Markup.escaped(term.term)) <span>\(term.fake) synthetic · \(term.real) real</span></li>"
        }
        return "<h3>Words in descriptions</h3><ul class=\"terms\">\(items.joined())</ul>"
            + "<h3>Images</h3>"
    }

    private func item(
        of image: ReportedCase,
        _ votes: [Answer?],
        _ words: [CaseDescription]
    ) -> String {
        let kind = image.truth == .real ? "real" : "synthetic"
        let picture = image.picture.map { bytes in
            "<img alt=\"\(Markup.escaped("\(image.caseID), \(kind)"))\" decoding=\"async\" "
                + "src=\"\(Markup.pngAddress(bytes))\">"
        }
        let said = zip(names, votes).map { name, vote in
            "<i class=\"\(vote?.rawValue ?? "")\"></i>\(Markup.escaped(name)): "
                + (vote?.rawValue ?? "no answer")
        }
        let described = words.filter { !$0.text.isEmpty || !$0.terms.isEmpty }.map { words in
            let terms = words.terms.isEmpty ? "" : " [\(words.terms.joined(separator: ", "))]"
            return
                "<p><em>\(Markup.escaped(words.reader))</em> \(Markup.escaped(words.text + terms))</p>"
        }
        let details = image.attributes.sorted { $0.key < $1.key }.map(\.value)
        return """
            <div class="item">\(picture ?? "")<div><span class="tag \(kind)">\(kind)</span> \
            <b>\(Markup.escaped(image.caseID))</b> <em>\(Markup.escaped(details.joined(separator: ", ")))</em>
            <p class="legend">\(said.map { "<span>\($0)</span>" }.joined(separator: " "))</p>
            \(described.joined())</div></div>
            """
    }
}
