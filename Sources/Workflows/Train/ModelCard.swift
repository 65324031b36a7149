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
        imagesPerStep = optimization.batchSize * optimization.accumulationCount
        seconds = try TrainingLog.seconds(inFile: "\(folder)/log.csv")
        hardware = Self.hardware()
        data = try ImageManifest.all(under: run.data).compactMap { manifest in
            let images = manifest.images.filter { $0.split == .train }
            guard !images.isEmpty else { return nil }
            return DataSet(
                name: manifest.name,
                imageCount: images.count,
                licences: Set(images.map { $0.licence.isEmpty ? "not stated" : $0.licence })
                    .sorted(),
                manifestSHA256: try WeightsHash.sha256(
                    ofFile: "\(run.data)/\(manifest.name)/manifest.csv"
                )
            )
        }
        settings = try run.jsonText()
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
            ("software", "Skiagraph \(SoftwareVersion.current), libtorch \(Engine.libtorchVersion)"),
        ]
        let licences = Set(data.flatMap(\.licences)).sorted().joined(separator: "; ")
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
            \(rows.compactMap { name, value in value.map { "| \(name) | \($0) |" } }.joined(separator: "\n"))

            ## Training images

            Their licences: \(licences). See what these ask of a model trained on them before passing it on.

            | set | images | licences | SHA-256 of manifest.csv |
            |---|---|---|---|
            \(data.map { set in
                "| \(set.name) | \(set.imageCount) | \(set.licences.joined(separator: "; ")) "
                    + "| \(set.manifestSHA256) |"
            }.joined(separator: "\n"))

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
