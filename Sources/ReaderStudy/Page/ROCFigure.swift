/// The readers' ROC curves in one square.
enum ROCFigure {
    private static let side = 340.0
    private static let left = 56.0
    private static let top = 12.0

    /// Draws the curves of the readers that have one; nil where none has.
    static func markup(of readers: [ReaderReport], names: [String]) -> String? {
        let curves = zip(readers, names).compactMap { reader, name in
            reader.area.value.map { (name: name, area: $0) }
        }
        guard !curves.isEmpty else { return nil }
        let legendRows = Double(curves.count)
        var figure = SVG(
            width: left + side + 330,
            height: max(top + side + 52, top + 30 + 24 * legendRows),
            title: "ROC curves of \(curves.count) readers"
        )
        drawAxes(&figure)
        for (index, curve) in curves.enumerated() {
            let colour = "line-\(index % 8)"
            let points = curve.area.curve.points.map {
                (x: left + side * $0.falsePositiveRate, y: top + side * (1 - $0.truePositiveRate))
            }
            figure.line(points, class: "curve \(colour)")
            for (point, place) in zip(curve.area.curve.points, points) where point.threshold != nil
            {
                figure.circle(
                    place.x,
                    place.y,
                    radius: 3,
                    class: "dot \(colour)",
                    tip:
                        "\(curve.name), suspicion at least \(ReadingTable.number(point.threshold ?? 0))"
                )
            }
            let y = top + 22 + 24 * Double(index)
            let x = left + side + 28
            figure.line([(x, y - 4), (x + 22, y - 4)], class: "curve \(colour)")
            figure.text(
                "\(VotesFigure.shortened(curve.name, to: 18))  "
                    + "\(NumberText.decimal(curve.area.value, 2)) "
                    + "(\(NumberText.interval(curve.area.interval, 2)))",
                x + 30,
                y
            )
        }
        figure.text("Area (95 % interval)", left + side + 58, top, class: "small")
        return figure.markup
    }

    private static func drawAxes(_ figure: inout SVG) {
        for tick in 0...4 {
            let share = Double(tick) / 4
            let x = left + side * share
            let y = top + side * (1 - share)
            figure.line([(left, y), (left + side, y)], class: "grid")
            figure.line([(x, top), (x, top + side)], class: "grid")
            figure.text(NumberText.decimal(share, 2), left - 8, y + 4, class: "small", anchor: .end)
            figure.text(
                NumberText.decimal(share, 2),
                x,
                top + side + 18,
                class: "small",
                anchor: .middle
            )
        }
        figure.line([(left, top + side), (left + side, top)], class: "chance")
        figure.text(
            "Real images called fake (1 − specificity)",
            left + side / 2,
            top + side + 42,
            anchor: .middle
        )
        figure.text(
            "Fakes called fake (sensitivity)",
            14,
            top + side / 2,
            anchor: .middle,
            isVertical: true
        )
    }
}
