/// The report of a study as one HTML page that needs nothing else: no script, no request.
public struct StudyPage: Sendable {
    let report: StudyReport
    let facts: StudyFacts
    let readings: StudyReadings
    let cases: [ReportedCase]
    let descriptions: [CaseDescription]

    /// Puts a page together.
    ///
    /// - Parameters:
    ///   - report: the figures.
    ///   - facts: how the study was made.
    ///   - readings: the answers that the figures are of.
    ///   - cases: the images, with pictures where they are to be shown.
    ///   - descriptions: what readers wrote.
    public init(
        report: StudyReport,
        facts: StudyFacts,
        readings: StudyReadings,
        cases: [ReportedCase],
        descriptions: [CaseDescription] = []
    ) {
        self.report = report
        self.facts = facts
        self.readings = readings
        self.cases = cases
        self.descriptions = descriptions
    }

    /// The page.
    public var html: String {
        let sections = [
            votesSection, readersSection, rocSection, agreementSection, comparisonSection,
            timesSection, impressionsSection, subgroupsSection, imagesSection, methodsSection,
        ]
        return """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" \
            content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
            <title>\(Markup.escaped(facts.title)): report</title>
            <style>
            \(PageStyle.css)
            </style>
            </head>
            <body>
            <main>
            \(header)
            \(cards)
            \(sections.compactMap(\.self).joined(separator: "\n"))
            <footer>Made by Skiagraph\(version) on \(Markup.escaped(String(facts.reportDate.prefix(10)))). \
            Every figure is in report.json, every answer in readings.csv, and readings.imrmc opens in iMRMC.</footer>
            </main>
            </body>
            </html>

            """
    }

    private var version: String {
        facts.preparation.map { " " + Markup.escaped($0.softwareVersion) } ?? ""
    }

    // MARK: - Head

    private var header: String {
        let state = facts.closingDate.map { "closed on \($0.prefix(10))" } ?? "still open"
        let parts = [
            "Study \(facts.name)",
            NumberText.counted(report.readers.count, "reader"),
            NumberText.counted(report.realCount, "real image"),
            NumberText.counted(report.fakeCount, "synthetic image"),
            NumberText.counted(readings.readings.count, "answer"),
            state,
        ]
        return """
            <header>
            <h1>\(Markup.escaped(facts.title))</h1>
            <p>\(Markup.escaped(parts.joined(separator: " · ")))</p>
            \(notes.map(HTML.note).joined(separator: "\n"))
            </header>
            """
    }

    /// What a reader of the report must know before the figures.
    private var notes: [String] {
        var notes: [String] = []
        if facts.closingDate == nil {
            notes.append(
                "The study is still open. This look was forced and recorded; "
                    + "looking before the end inflates the chance of a false finding."
            )
        } else if !facts.earlyLooks.isEmpty {
            notes.append(
                "Results were looked at \(NumberText.times(facts.earlyLooks.count)) before the "
                    + "study was closed."
            )
        }
        if facts.reopeningCount > 0 {
            notes.append(
                "The study was opened again \(NumberText.times(facts.reopeningCount)) after a "
                    + "closing; results could be seen in between."
            )
        }
        if report.realCount == 0 {
            notes.append(
                "Only synthetic images were shown. Specificity, d′, the area under the ROC curve and any "
                    + "comparison with chance are therefore undefined: a reader who calls everything fake "
                    + "would be right every time."
            )
        }
        if report.missingCount > 0 {
            notes.append(
                "\(NumberText.counted(report.missingCount, "answer is", "answers are")) missing."
            )
        }
        if let check = facts.preparation?.matched, check.separates {
            notes.append(
                "The file format alone separates real from synthetic images (cross-validated area "
                    + "\(NumberText.decimal(check.area, 2)), 95 % interval "
                    + "\(NumberText.interval(check.interval, 2))). Readers may have used it."
            )
        }
        return notes
    }

    private var cards: String {
        let unanimous = report.agreement.unanimity.first?.value
        let calledReal = unanimous.flatMap { report.realCount > 0 ? $0.fake.value : $0.all }
        let accuracy = report.comparison.accuracy.value
        let single = report.readers.count == 1 ? report.readers[0].shares(.wrong) : nil
        var cards: [(String, String, String)] = []
        if let calledReal {
            cards.append(
                (
                    "Synthetic images called real by "
                        + (report.readers.count == 2 ? "both readers" : "all readers"),
                    NumberText.count(calledReal.successes, of: calledReal.trials),
                    "\(NumberText.percent(calledReal.value)) "
                        + "(95 % interval \(NumberText.percents(calledReal.interval)))"
                )
            )
        }
        if let accuracy {
            cards.append(
                (
                    "Right answers, mean of readers", NumberText.percent(accuracy.value),
                    "\(NumberText.percents(accuracy.interval)), against chance "
                        + NumberText.pValue(accuracy.pValue)
                )
            )
        } else if let share = single?.accuracy.value {
            cards.append(
                (
                    "Right answers", NumberText.percent(share.value),
                    "95 % interval \(NumberText.percents(share.interval))"
                )
            )
        }
        if let agreement = report.agreement.gwetAC1.value {
            cards.append(
                (
                    "Agreement of readers (Gwet’s AC1)", NumberText.decimal(agreement.value, 2),
                    agreement.interval.value.map {
                        "95 % interval \(NumberText.interval($0, 2))"
                    } ?? ""
                )
            )
        }
        let medians = report.readers.compactMap { $0.times.value?.median }
        if !medians.isEmpty {
            cards.append(
                (
                    "Time per image, median of readers",
                    NumberText.seconds(Moments.median(medians)),
                    "from \(NumberText.seconds(medians.min() ?? 0)) to "
                        + NumberText.seconds(medians.max() ?? 0)
                )
            )
        }
        let boxes = cards.map { title, value, note in
            "<div class=\"card\"><span>\(Markup.escaped(title))</span>"
                + "<b>\(Markup.escaped(value))</b><span>\(Markup.escaped(note))</span></div>"
        }
        return "<div class=\"cards\">\(boxes.joined())</div>"
    }

    var names: [String] { report.readers.map(\.reader) }
}
