import Foundation

/// Each reader's response times along the reading order, on a logarithmic scale.
enum TimesFigure {
    private static let width = 470.0
    private static let height = 210.0
    private static let plot = (left: 48.0, top: 30.0, right: 10.0, bottom: 40.0)

    /// Draws a panel a reader, all on the same axes.
    static func markup(of study: StudyReadings, reports: [ReaderReport], names: [String]) -> String
    {
        let seconds = study.readings.map { max($0.seconds, 0.1) }
        let decades = (
            lower: log10(seconds.min() ?? 1).rounded(.down),
            upper: max(log10(seconds.max() ?? 10).rounded(.up), 1)
        )
        let last = Double(study.readings.map(\.position).max() ?? 1)
        return zip(reports, names).map { report, name in
            panel(
                of: study.readings.filter { $0.reader == report.reader },
                report,
                name,
                decades: decades,
                last: max(last, 1)
            )
        }.joined(separator: "\n")
    }

    private static func panel(
        of readings: [Reading],
        _ report: ReaderReport,
        _ name: String,
        decades: (lower: Double, upper: Double),
        last: Double
    ) -> String {
        var figure = SVG(
            width: width,
            height: height,
            title: "Response times of \(name) by position"
        )
        let across = width - plot.left - plot.right
        let down = height - plot.top - plot.bottom
        func place(_ position: Double, _ seconds: Double) -> (x: Double, y: Double) {
            let range = max(decades.upper - decades.lower, 1)
            let share = (log10(max(seconds, 0.1)) - decades.lower) / range
            return (
                plot.left + across * position / last,
                plot.top + down * (1 - min(1, max(0, share)))
            )
        }
        figure.text(VotesFigure.shortened(name, to: 24), plot.left, 16, class: "label strong")
        if let times = report.times.value {
            figure.text(
                "median \(NumberText.seconds(times.median))",
                width - plot.right,
                16,
                class: "small",
                anchor: .end
            )
        }
        for decade in stride(from: decades.lower, through: decades.upper, by: 1) {
            let (_, y) = place(0, pow(10, decade))
            figure.line([(plot.left, y), (width - plot.right, y)], class: "grid")
            figure.text(
                "\(ReadingTable.number(pow(10, decade)))\u{202F}s",
                plot.left - 8,
                y + 4,
                class: "small",
                anchor: .end
            )
        }
        for reading in readings {
            let (x, y) = place(Double(reading.position), reading.seconds)
            figure.circle(
                x,
                y,
                radius: 3,
                class: "vote-\(reading.answer.rawValue)",
                tip: "\(reading.caseID): \(NumberText.seconds(reading.seconds))"
            )
        }
        if let times = report.times.value, let slope = times.fatigue.value {
            // Sen's line goes through the medians.
            let middle = Moments.median(readings.map { Double($0.position) })
            let points = (0...40).map { step in
                let position = last * Double(step) / 40
                return place(position, times.median + slope.value * (position - middle))
            }
            figure.line(points, class: "trend")
        }
        figure.text(
            "position in the reading order",
            plot.left + across / 2,
            height - 8,
            class: "small",
            anchor: .middle
        )
        return figure.markup
    }
}
