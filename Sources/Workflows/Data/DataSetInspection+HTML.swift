import Foundation
public import Imaging

extension DataSetInspection {
    /// The inspection as one page that needs nothing else: no scripts, no requests.
    ///
    /// - Parameter sheet: a contact sheet, set into the page.
    /// - Returns: HTML.
    /// - Throws: `ImagingError` where the sheet cannot be coded.
    public func html(sheet: PixelImage?) throws -> String {
        let picture = try sheet.map { image in
            let data = Data(try image.encodedPNG()).base64EncodedString()
            return
                "<h2>Images</h2><img alt=\"Contact sheet\" src=\"data:image/png;base64,\(data)\">"
        }
        return """
            <!DOCTYPE html>
            <html lang="en">
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" \
            content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>Data set \(Self.escaped(folder))</title>
            <style>
            body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; \
            padding: 0 1rem; color: #222; background: #fff; }
            table { border-collapse: collapse; width: 100%; } caption { text-align: left; \
            font-weight: bold; padding: 1rem 0 .3rem; }
            th { text-align: left; font-weight: normal; width: 40%; } td { padding: 0 .5rem; }
            td.count { text-align: right; width: 6rem; font-variant-numeric: tabular-nums; }
            meter { width: 100%; } img { max-width: 100%; } .warning { background: #fff3cd; \
            padding: .3rem .8rem; border-left: .3rem solid #b8860b; margin: .3rem 0; }
            </style>
            <h1>Data set \(Self.escaped(folder))</h1>
            <p>\(imageCount) images, and \(holdoutCount) held out.</p>
            \(warningsHTML)
            \((tables + [Table(name: "size in pixels", counts: Array(sizes.prefix(20)))])
                .map(tableHTML).joined(separator: "\n"))
            <h2>Grey levels</h2>
            \(levelsHTML)
            \(picture ?? "")
            </html>

            """
    }

    private var warningsHTML: String {
        let files = unreadable.map { "\($0.path): \($0.reason)" }
        guard !warnings.isEmpty || !files.isEmpty else { return "<p>No warnings.</p>" }
        let items = (warnings + files).map { "<p class=\"warning\">\(Self.escaped($0))</p>" }
        return "<h2>Warnings</h2>\n" + items.joined(separator: "\n")
    }

    private func tableHTML(_ table: Table) -> String {
        let rows = table.counts.map { entry in
            "<tr><th scope=\"row\">\(Self.escaped(entry.value))</th>"
                + "<td class=\"count\">\(entry.count)</td>"
                + "<td><meter max=\"\(imageCount)\" value=\"\(entry.count)\"></meter></td></tr>"
        }
        return "<table><caption>By \(Self.escaped(table.name))</caption>\n"
            + rows.joined(separator: "\n") + "</table>"
    }

    /// Bars from black to white.
    private var levelsHTML: String {
        let highest = max(greyLevels.max() ?? 0, 1e-9)
        let bars = greyLevels.enumerated().map { index, share in
            let height = Int((share / highest * 100).rounded())
            return
                "<rect x=\"\(index * 8)\" y=\"\(100 - height)\" width=\"7\" height=\"\(height)\"/>"
        }
        return "<svg viewBox=\"0 0 512 100\" role=\"img\" "
            + "aria-label=\"Shares of grey levels from black to white\">\(bars.joined())</svg>"
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
            .replacing(">", with: "&gt;").replacing("\"", with: "&quot;")
    }
}

extension DataSetInspection {
    /// The counts and warnings as text for a terminal.
    public var text: String {
        var lines = ["\(imageCount) images, \(holdoutCount) held out, in \(folder)"]
        for table in tables + [Table(name: "size", counts: Array(sizes.prefix(8)))] {
            lines.append("")
            lines.append("by \(table.name)")
            let shown = table.counts.prefix(15)
            lines += shown.map { entry in
                let digits = String(entry.count)
                let gap = String(repeating: " ", count: max(0, 8 - digits.count))
                return "\(gap)\(digits)  \(entry.value)"
            }
            if table.counts.count > shown.count {
                lines.append("          and \(table.counts.count - shown.count) more")
            }
        }
        lines.append("")
        lines += warnings.isEmpty ? ["no warnings"] : warnings.map { "warning: \($0)" }
        lines += unreadable.map { "unreadable: \($0.path): \($0.reason)" }
        return lines.joined(separator: "\n") + "\n"
    }
}
