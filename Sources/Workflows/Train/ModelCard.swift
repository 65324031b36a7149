import Foundation
import Tensors
import Training

/// Says what a trained model was made of and how, as `README.md` in its folder.
struct ModelCard {
    /// A set of images that it was trained on.
    struct DataSet: Equatable {
        let name: String
        let imageCount: Int
        let licences: [String]
        /// SHA-256 of its manifest.csv.
        let manifestSHA256: String

        /// The sets in a folder, of each the images that are for training.
        static func all(under folder: String) throws -> [DataSet] {
            try ImageManifest.all(under: folder).compactMap { manifest in
                let images = manifest.images.filter { $0.split == .train }
                guard !images.isEmpty else { return nil }
                let licences = Set(images.map { $0.licence.isEmpty ? "not stated" : $0.licence })
                return DataSet(
                    name: manifest.name,
                    imageCount: images.count,
                    licences: licences.sorted(),
                    manifestSHA256: try WeightsHash.sha256(
                        ofFile: "\(folder)/\(manifest.name)/manifest.csv"
                    )
                )
            }
        }

        /// A row of a table in Markdown; `note` stands beside the name.
        func row(_ note: String = "") -> String {
            let licences = licences.joined(separator: "; ")
            return "| \(name)\(note) | \(imageCount) | \(licences) | \(manifestSHA256) |"
        }
    }

    var name: String
    var method: String
    var base: String?
    var step: Int
    var stepCount: Int
    var imagesPerStep: Int
    var seconds: Double
    var hardware: String
    var data: [DataSet]
    /// Images of what the base was not to forget.
    var prior: [DataSet]
    var settings: String

    /// Reads what the folder of a run tells.
    ///
    /// - Parameters:
    ///   - run: what the run was told.
    ///   - folder: its folder, with `log.csv`.
    ///   - step: steps done.
    /// - Throws: what is wrong with the data or the log.
    init(of run: TrainingRun, folder: String, step: Int) throws {
        let optimization = run.optimization
        name = URL(filePath: folder).standardizedFileURL.lastPathComponent
        method = run.method.name.rawValue
        base = try run.method.base.map { path in
            "\(URL(filePath: path).lastPathComponent), weights "
                + (try WeightsHash.sha256(ofComponent: "", of: path))
        }
        self.step = step
        stepCount = optimization.stepCount
        imagesPerStep = optimization.imagesPerStep
        seconds = try TrainingLog.seconds(inFile: "\(folder)/log.csv")
        hardware = Self.hardware()
        data = try DataSet.all(under: run.data)
        prior = try run.prior.map(DataSet.all(under:)) ?? []
        settings = try run.method.settingsText()
    }

    /// Writes the card into the folder of the model.
    func write(into folder: String) throws {
        try Data(text.utf8).write(to: URL(filePath: "\(folder)/README.md"), options: .atomic)
    }

    /// The card in Markdown.
    var text: String {
        let rows: [(String, String?)] = [
            ("method", "`skiagraph train \(method)`"), ("begun with", base),
            ("steps", "\(step) of \(stepCount)"), ("images a step", "\(imagesPerStep)"),
            ("images seen", "\(step * imagesPerStep)"), ("weights", "averaged over the run (EMA)"),
            ("hours", String(format: "%.2f", seconds / 3_600)), ("hardware", hardware),
            (
                "software",
                "Skiagraph \(SoftwareVersion.current), libtorch \(Engine.libtorchVersion)"
            ),
        ]
        let table = rows.compactMap { name, value in value.map { "| \(name) | \($0) |" } }
        let licences = Set((data + prior).flatMap(\.licences)).sorted().joined(separator: "; ")
        return """
            ---
            library_name: diffusers
            license: other
            license_name: that of the training images
            tags: [skiagraph, medical-imaging, synthetic]
            ---
            # \(name)

            For research and teaching. **Not for diagnosis**: what it draws is synthetic, shows nobody and may be \
            anatomically wrong. It knows no more than its training images, with their gaps and biases.

            ## Training

            | | |
            |---|---|
            \(table.joined(separator: "\n"))

            ## Training images

            Their licences: \(licences). See what these ask of a model trained on them before passing it on.

            | set | images | licences | SHA-256 of manifest.csv |
            |---|---|---|---|
            \((data.map { $0.row() } + prior.map { $0.row(" (not to forget)") })
                .joined(separator: "\n"))

            ## Settings

            ```json
            \(settings.trimmingCharacters(in: .newlines))
            ```

            """
    }

    private static func hardware() -> String {
        let processor = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8))?
            .split(separator: "\n").first { $0.hasPrefix("model name") }?
            .split(separator: ":").last.map { $0.trimmingCharacters(in: .whitespaces) }
        let memory = Double(ProcessInfo.processInfo.physicalMemory) / 1_073_741_824
        return "\(ProcessInfo.processInfo.activeProcessorCount) cores of "
            + "\(processor ?? "an unknown processor"), \(String(format: "%.0f", memory)) GiB of memory"
    }
}
