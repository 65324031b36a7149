import Foundation
public import Imaging
import Training

/// What a data set holds: counts, sizes, grey levels, and what a model would learn wrongly from it.
public struct DataSetInspection: Sendable, Encodable {
    /// How often a value occurs.
    public struct Count: Sendable, Equatable, Encodable {
        /// The value; "not stated" where there is none.
        public let value: String
        /// How many images have it.
        public let count: Int
    }

    /// The values of one column.
    public struct Table: Sendable, Equatable, Encodable {
        /// What the column says.
        public let name: String
        /// Its values, the most frequent first.
        public let counts: [Count]
    }

    /// An image that cannot be read.
    public struct Unreadable: Sendable, Equatable, Encodable {
        /// Where it is.
        public let path: String
        /// Why.
        public let reason: String
    }

    /// The folder.
    public let folder: String
    /// All images but those held out.
    public let imageCount: Int
    /// Images held out, which are counted and not looked at.
    public let holdoutCount: Int
    /// Set, split, modality, anatomy, view, finding, sex and age; ages in their order.
    public let tables: [Table]
    /// Widths and heights, the most frequent first.
    public let sizes: [Count]
    /// How the grey levels of all images are spread: shares of 64 equal ranges from black to white.
    public let greyLevels: [Double]
    /// Files that cannot be read.
    public let unreadable: [Unreadable]
    /// What to mind before training.
    public let warnings: [String]

    /// Looks at a data set.
    ///
    /// - Parameters:
    ///   - folder: a folder of sets with a manifest.csv each.
    ///   - sheetCount: how many images the sheet shows, spread over the data set.
    ///   - progress: called with the number of images read, and of all.
    /// - Returns: the inspection and the pictures of the sheet.
    /// - Throws: `ManifestError`, or `DataSetError.empty`.
    public static func inspect(
        _ folder: String,
        sheetCount: Int = 48,
        progress: (Int, Int) -> Void = { _, _ in }
    ) throws -> (inspection: DataSetInspection, cells: [ContactSheet.Cell]) {
        let manifests = try ImageManifest.all(under: folder)
        let images = manifests.flatMap(\.images)
        guard !images.isEmpty else { throw DataSetError.empty(folder: folder) }
        var pixels = PixelStatistics()
        var unreadable: [Unreadable] = []
        var cells: [ContactSheet.Cell] = []
        // Evenly spread, and the same at every call.
        let shown = Set((0..<max(sheetCount, 0)).map { $0 * images.count / max(sheetCount, 1) })
        for (index, image) in images.enumerated() {
            do {
                let picture = try PixelImage.read(path: image.path)
                pixels.add(picture)
                if shown.contains(index) { cells.append(try thumbnail(of: picture, image)) }
            } catch {
                unreadable.append(Unreadable(path: image.path, reason: "\(error)"))
            }
            progress(index + 1, images.count)
        }
        let inspection = DataSetInspection(
            folder: folder,
            imageCount: images.count,
            holdoutCount: try manifests.reduce(0) {
                try $0 + holdoutCount("\(folder)/\($1.name)/holdout.csv")
            },
            tables: tables(images),
            sizes: counts(pixels.sizes),
            greyLevels: pixels.greyLevels,
            unreadable: unreadable,
            warnings: DataSetWarnings(images, unreadableCount: unreadable.count).texts
        )
        return (inspection, cells)
    }

    private static func tables(_ images: [LabelledImage]) -> [Table] {
        let columns: [(String, (LabelledImage) -> String?)] = [
            ("set", { $0.set }), ("split", { $0.split.rawValue }), ("modality", { $0.modality }),
            ("anatomy", { $0.anatomy }), ("view", { $0.view }), ("finding", { $0.finding }),
            ("sex", { $0.sex?.rawValue }), ("age", { $0.age.map(decade) }),
        ]
        return columns.map { name, value in
            let counts = counts(images.map { value($0) ?? "not stated" })
            return Table(name: name, counts: name == "age" ? counts.sorted(by: isYounger) : counts)
        }
    }

    private static func counts(_ values: [String]) -> [Count] {
        Dictionary(grouping: values) { $0 }.map { Count(value: $0.key, count: $0.value.count) }
            .sorted { ($1.count, $0.value) < ($0.count, $1.value) }
    }

    /// The order of "0-9", "10-19", then words.
    private static func isYounger(_ left: Count, _ right: Count) -> Bool {
        func years(_ count: Count) -> Int {
            count.value.split { "- ".contains($0) }.first.flatMap { Int($0) } ?? .max
        }
        return (years(left), left.value) < (years(right), right.value)
    }

    /// "40-49" for 43, "90 and more" above, as ages are not told apart there; words stay.
    private static func decade(_ age: String) -> String {
        Int(age).map { $0 >= 90 ? "90 and more" : "\($0 / 10 * 10)-\($0 / 10 * 10 + 9)" } ?? age
    }

    private static func thumbnail(
        of picture: PixelImage,
        _ image: LabelledImage
    ) throws -> ContactSheet.Cell {
        let scale = 128 / Double(max(picture.width, picture.height))
        let small = try picture.withoutAlpha().convertedTo8Bit().resized(
            width: max(1, Int((Double(picture.width) * scale).rounded())),
            height: max(1, Int((Double(picture.height) * scale).rounded())),
            filter: .bicubic
        )
        return ContactSheet.Cell(image: small, caption: image.prompt)
    }

    private static func holdoutCount(_ path: String) throws -> Int {
        guard let data = FileManager.default.contents(atPath: path) else { return 0 }
        return max(0, try CSVRows(of: data, path: path).rows.count - 1)
    }
}

/// Sizes and grey levels of images.
private struct PixelStatistics {
    private(set) var sizes: [String] = []
    private var sums = [Double](repeating: 0, count: 64)

    mutating func add(_ image: PixelImage) {
        sizes.append("\(image.width)x\(image.height)")
        // Every image counts alike, however large it is.
        let grey = image.withoutAlpha().convertedToGrey().convertedTo8Bit().byteSamples
        for sample in grey { sums[Int(sample) / 4] += 1 / Double(grey.count) }
    }

    var greyLevels: [Double] { sums.map { $0 / Double(max(sizes.count, 1)) } }
}
