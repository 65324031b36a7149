import Evaluation
import Foundation
import Imaging
import Training

extension EvaluateModel {
    /// How well the autoencoder reproduces the test images, each through the mean of its latents.
    ///
    /// - Parameters:
    ///   - data: a folder of sets with a manifest.csv each.
    ///   - limit: at most so many images of a class, evenly spread; nil takes all.
    /// - Returns: means and deviations by class and overall.
    /// - Throws: an error that `FailureKind` sorts.
    public func reconstruction(data: String, limit: Int? = nil) throws -> ReconstructionReport {
        let folder = try locator.folder(of: model)
        try device.prepare()
        let reconstruct = try Reconstruction(
            modelFolder: folder,
            dtype: dtype.dtype,
            device: device.device
        )
        var values: [String: [(psnr: Double, ssim: Double)]] = [:]
        let classes = try imagesByClass(data, .test)
        for (name, images) in classes {
            let spacing = limit.map { max(images.count / max($0, 1), 1) } ?? 1
            for index in stride(from: 0, to: images.count, by: spacing) {
                let image = try PixelImage.read(path: images[index].path)
                    .squareGrey(side: reconstruct.side)
                let output = try reconstruct(image)
                let psnr = try ImageMetrics.psnr(output, image)
                values[name, default: []].append((psnr, try ImageMetrics.ssim(output, image)))
            }
            note("\(name): \(values[name]?.count ?? 0) images")
        }
        let rows = values.sorted { $0.key < $1.key }.map { name, values in
            ReconstructionReport.Entry(name: name, values)
        }
        let all = ReconstructionReport.Entry(name: "all", values.values.flatMap(\.self))
        return ReconstructionReport(model: model, entries: rows + [all])
    }

    /// The images of a split by the classifier's class, in the order of the names.
    func imagesByClass(_ data: String, _ split: LabelledImage.Split) throws -> [(
        String, [LabelledImage]
    )] {
        let images = try ImageManifest.all(under: data).flatMap(\.images)
            .filter { $0.split == split }
        guard !images.isEmpty else {
            throw EvaluationFailure.noImages(folder: data, split: split.rawValue)
        }
        return Dictionary(grouping: images) { ClassifierLabel.region.className(of: $0) ?? "" }
            .sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }
}

/// How well an autoencoder reproduces images.
public struct ReconstructionReport: Sendable, Encodable {
    /// The images of one class.
    public struct Entry: Sendable, Encodable {
        /// The class, "modality anatomy", or "all".
        public let name: String
        /// How many images.
        public let count: Int
        /// The mean peak signal-to-noise ratio, dB.
        public let psnrMean: Double
        /// Its standard deviation over images, dB.
        public let psnrStandardDeviation: Double
        /// The mean structural similarity.
        public let ssimMean: Double
        /// Its standard deviation over images.
        public let ssimStandardDeviation: Double

        init(name: String, _ values: [(psnr: Double, ssim: Double)]) {
            self.name = name
            count = values.count
            let (psnr, ssim) = (
                Distribution(values.map(\.psnr)), Distribution(values.map(\.ssim))
            )
            (psnrMean, psnrStandardDeviation) = (psnr.mean, psnr.standardDeviation)
            (ssimMean, ssimStandardDeviation) = (ssim.mean, ssim.standardDeviation)
        }
    }

    /// The model's name.
    public let model: String
    /// The classes in the order of their names, then all images.
    public let entries: [Entry]

    /// A table to read.
    public var text: String {
        entries.reduce(into: "class           images      PSNR (dB)            SSIM\n") {
            $0 += $1.name.padding(toLength: 14, withPad: " ", startingAt: 0)
            $0 += String(
                format: "%8d   %6.2f ± %5.2f   %6.4f ± %6.4f\n",
                $1.count,
                $1.psnrMean,
                $1.psnrStandardDeviation,
                $1.ssimMean,
                $1.ssimStandardDeviation
            )
        }
    }
}
