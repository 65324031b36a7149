import Imaging

/// What the provenance of an edit says of it, for instance "inpaint strength=0.75 infill at=256x256".
struct EditSettings {
    private let text: String
    private let words: [Substring]

    init(_ text: String) {
        self.text = text
        words = text.split(separator: " ")
    }

    /// The edit, with the recorded mask in the place of boxes and margins.
    ///
    /// - Parameters:
    ///   - maskPath: what was painted.
    ///   - canvas: the columns and rows of the result.
    ///   - source: what was edited.
    ///   - plan: a file with prompts for windows.
    /// - Returns: nil for an edit that is not known.
    func edit(
        maskPath: String?,
        canvas: (width: Int, height: Int),
        source: EditingSource,
        plan: String?
    ) -> EditImage.Edit? {
        let area = EditArea(maskPath: maskPath)
        let strength = self["strength"].flatMap { Double($0) }
        switch (words.first, strength) {
        case ("inpaint", let strength?):
            return .inpaint(area, strength: strength, infills: words.contains("infill"))
        case ("remove", _):
            return .remove(area, candidateCount: 1, margin: 0, element: "")
        case ("vary", let strength?): return .vary(strength: strength)
        case ("restyle", let strength?): return .restyle(strength: strength)
        case ("outpaint", _):
            let place = self["at"]?.split(separator: ",").compactMap { Int($0) } ?? []
            guard place.count == 2 else { return nil }
            let outpainting = EditImage.Outpainting(
                extent: .margins(
                    left: place[0],
                    up: place[1],
                    right: canvas.width - place[0] - source.pixels.width,
                    down: canvas.height - place[1] - source.pixels.height
                ),
                words: self["prompts"] == nil ? .prompt : plan.map { .file(path: $0) } ?? .body
            )
            return .outpaint(outpainting)
        default: return nil
        }
    }

    /// Whether a mask says what was painted.
    var takesMask: Bool { words.first == "inpaint" || words.first == "remove" }

    /// The size that the model was asked to work at; nil for its own.
    var size: ImageSize? {
        let sides = (self["window"] ?? self["size"])?.split(separator: "x").compactMap { Int($0) }
        guard let sides, sides.count == 2 else { return nil }
        return ImageSize(width: sides[0], height: sides[1])
    }

    /// Whether both paint the same; a margin is part of the mask already.
    func paintsAs(_ other: EditSettings) -> Bool {
        func painting(_ settings: EditSettings) -> [Substring] {
            settings.words.filter { !$0.hasPrefix("margin=") }
        }
        return painting(self) == painting(other)
    }

    private subscript(key: String) -> Substring? {
        words.first { $0.hasPrefix("\(key)=") }?.dropFirst(key.count + 1)
    }
}

extension EditSettings: CustomStringConvertible {
    var description: String { "\"\(text)\"" }
}
