import Training

/// What in the labels of a data set would mislead a model, in words for its maker.
struct DataSetWarnings {
    private(set) var texts: [String] = []

    /// A class smaller than this is hardly learnt.
    static let fewestOfAClass = 50
    /// Cramér's V above which two columns are called confounded.
    static let confounding = 0.3

    init(_ images: [LabelledImage], unreadableCount: Int) {
        if unreadableCount > 0 {
            texts.append("\(unreadableCount) images cannot be read; training would stop at them")
        }
        warnOfSex(images)
        for modality in Set(images.map(\.modality)).sorted() {
            warnOfProjection(images.filter { $0.modality == modality }, modality)
        }
        warnOfSmallClasses(images)
        if !images.contains(where: { $0.split == .test }) {
            texts.append("no image is to test with; evaluation needs some")
        }
    }

    private mutating func warnOfSex(_ images: [LabelledImage]) {
        let stated = images.compactMap(\.sex)
        let women = stated.count { $0 == .female }
        guard stated.count >= Self.fewestOfAClass, women == 0 || women == stated.count else {
            return
        }
        texts.append(
            "all \(stated.count) images whose sex is stated are of one sex "
                + "(\(women == 0 ? "M" : "F"))"
        )
    }

    /// Bedside images (AP) show the ill, those made upright (PA) the walking.
    private mutating func warnOfProjection(_ images: [LabelledImage], _ modality: String) {
        let pairs = images.compactMap { image -> (String, String)? in
            guard let view = image.view, ["PA", "AP"].contains(view), let finding = image.finding
            else { return nil }
            return (view, finding)
        }
        guard let v = Self.cramersV(pairs), v > Self.confounding else { return }
        let rounded = (v * 100).rounded() / 100
        texts.append(
            "\(modality): projection (PA or AP) and finding are confounded (Cramér's V "
                + "\(rounded) in \(pairs.count) images); a model may draw the one for the other"
        )
    }

    private mutating func warnOfSmallClasses(_ images: [LabelledImage]) {
        let classes = Dictionary(grouping: images) { image in
            [image.modality, image.anatomy, image.finding ?? "finding not stated"]
                .joined(separator: " ")
        }
        for (name, members) in classes.sorted(by: { $0.key < $1.key })
        where members.count < Self.fewestOfAClass {
            let count = members.count == 1 ? "1 image" : "\(members.count) images"
            texts.append("only \(count) of the class \(name)")
        }
    }

    /// How far two columns determine each other, 0 to 1 (Cramér 1946, from Pearson's χ²).
    ///
    /// - Returns: nil for fewer than 50 pairs, or where a column has one value only.
    static func cramersV(_ pairs: [(String, String)]) -> Double? {
        let rows = Dictionary(grouping: pairs) { $0.0 }.mapValues(\.count)
        let columns = Dictionary(grouping: pairs) { $0.1 }.mapValues(\.count)
        guard pairs.count >= fewestOfAClass, rows.count > 1, columns.count > 1 else { return nil }
        let cells = Dictionary(grouping: pairs) { [$0.0, $0.1] }.mapValues(\.count)
        var chiSquared = 0.0
        for (row, rowCount) in rows {
            for (column, columnCount) in columns {
                let expected = Double(rowCount) * Double(columnCount) / Double(pairs.count)
                let observed = Double(cells[[row, column]] ?? 0)
                chiSquared += (observed - expected) * (observed - expected) / expected
            }
        }
        let freedom = Double(min(rows.count, columns.count) - 1)
        return (chiSquared / (Double(pairs.count) * freedom)).squareRoot()
    }
}
