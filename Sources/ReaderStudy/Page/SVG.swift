/// A figure in the making: shapes in user units, coloured by the page's style sheet.
struct SVG {
    /// Width and height in user units, which are the page's pixels at full width.
    let width: Double
    let height: Double
    /// What the figure shows, for those who cannot see it.
    let title: String
    private var body = ""

    init(width: Double, height: Double, title: String) {
        self.width = width
        self.height = height
        self.title = title
    }

    /// The element, as it stands in a page.
    var markup: String {
        let label = Markup.escaped(title)
        return """
            <svg viewBox="0 0 \(Self.number(width)) \(Self.number(height))" \
            width="\(Self.number(width))" role="img" aria-label="\(label)">\(body)</svg>
            """
    }

    mutating func rectangle(
        _ x: Double,
        _ y: Double,
        _ width: Double,
        _ height: Double,
        class name: String,
        radius: Double = 0,
        opacity: Double? = nil,
        tip: String? = nil
    ) {
        let corner = radius > 0 ? " rx=\"\(Self.number(radius))\"" : ""
        let alpha = opacity.map { " fill-opacity=\"\(Self.number($0))\"" } ?? ""
        let shape =
            "<rect x=\"\(Self.number(x))\" y=\"\(Self.number(y))\" width=\"\(Self.number(width))\" "
            + "height=\"\(Self.number(height))\" class=\"\(name)\"\(corner)\(alpha)"
        body += closed(shape, "rect", tip)
    }

    mutating func circle(
        _ x: Double,
        _ y: Double,
        radius: Double,
        class name: String,
        tip: String? = nil
    ) {
        let shape =
            "<circle cx=\"\(Self.number(x))\" cy=\"\(Self.number(y))\" "
            + "r=\"\(Self.number(radius))\" class=\"\(name)\""
        body += closed(shape, "circle", tip)
    }

    mutating func line(_ points: [(x: Double, y: Double)], class name: String) {
        let list = points.map { "\(Self.number($0.x)),\(Self.number($0.y))" }
        body += "<polyline points=\"\(list.joined(separator: " "))\" class=\"\(name)\"/>"
    }

    enum Anchor: String { case start, middle, end }

    mutating func text(
        _ text: String,
        _ x: Double,
        _ y: Double,
        class name: String = "label",
        anchor: Anchor = .start,
        isVertical: Bool = false
    ) {
        let turn =
            isVertical ? " transform=\"rotate(-90 \(Self.number(x)) \(Self.number(y)))\"" : ""
        body +=
            "<text x=\"\(Self.number(x))\" y=\"\(Self.number(y))\" class=\"\(name)\" "
            + "text-anchor=\"\(anchor.rawValue)\"\(turn)>\(Markup.escaped(text))</text>"
    }

    private func closed(_ shape: String, _ name: String, _ tip: String?) -> String {
        guard let tip else { return shape + "/>" }
        return "\(shape)><title>\(Markup.escaped(tip))</title></\(name)>"
    }

    /// Two decimals at most, none where they are zero.
    static func number(_ value: Double) -> String {
        let hundredths = Int((value * 100).rounded())
        guard hundredths % 100 != 0 else { return String(hundredths / 100) }
        let digits = String(abs(hundredths) % 100)
        let fraction = digits.count == 1 ? "0" + digits : digits
        let sign = hundredths < 0 ? "-" : ""
        return
            "\(sign)\(abs(hundredths) / 100).\(fraction.hasSuffix("0") ? String(fraction.prefix(1)) : fraction)"
    }
}
