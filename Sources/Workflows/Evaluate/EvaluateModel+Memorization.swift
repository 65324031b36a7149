import Evaluation
import Foundation
import Imaging
import Pipelines
import Training

extension EvaluateModel {
    /// How near generated pictures come to training images, as they are or mirrored, beside held-out real images.
    ///
    /// - Parameters:
    ///   - prompts: shared out evenly over the pictures; seeds count up from 0.
    ///   - sampleCount: how many pictures, and how many held-out images, at least 1.
    ///   - data: a folder of sets with a manifest.csv each.
    ///   - sheet: a PNG file for the nearest pairs (generated, training); nil draws none.
    /// - Returns: quantiles of both kinds of distance.
    /// - Throws: an error that `FailureKind` sorts.
    public func memorization(
        prompts: [String],
        sampleCount: Int,
        data: String,
        sheet: String? = nil
    ) async throws -> MemorizationReport {
        guard sampleCount > 0 else { throw WorkflowError.imageCount(sampleCount) }
        guard !prompts.isEmpty else { throw WorkflowError.noPrompts }
        // What is wrong with the sheet or the data is told before anything is drawn.
        try requireNew(sheet)
        let real = try realImages(data)
        let engine = try engine()
        let count = (sampleCount + prompts.count - 1) / prompts.count
        var generated: [PixelImage] = []
        for prompt in prompts {
            generated += try await pictures(engine, [prompt], count: count)
            note("generated \(generated.count) of \(count * prompts.count)")
        }
        return try memorization(of: generated, from: model, beside: real, sheet: sheet)
    }

    /// How near the pictures in a folder come to training images, as they are or mirrored, beside as many held-out real
    /// images.
    ///
    /// - Parameters:
    ///   - folder: PNG or JPEG files.
    ///   - data: a folder of sets with a manifest.csv each.
    ///   - sheet: a PNG file for the nearest pairs (generated, training); nil draws none.
    /// - Returns: quantiles of both kinds of distance.
    /// - Throws: an error that `FailureKind` sorts.
    public func memorization(
        inFolder folder: String,
        data: String,
        sheet: String? = nil
    ) throws -> MemorizationReport {
        try requireNew(sheet)
        let files = try PictureFiles.names(in: folder)
        guard !files.isEmpty else { throw EvaluationFailure.noImageFiles(folder: folder) }
        let generated = try files.map { try PixelImage.read(path: "\(folder)/\($0)") }
        return try memorization(of: generated, from: folder, beside: realImages(data), sheet: sheet)
    }

    private func requireNew(_ file: String?) throws {
        guard let file, FileManager.default.fileExists(atPath: file) else { return }
        throw ImagingError.fileExists(path: file)
    }

    /// The files of real images.
    private typealias RealImages = (training: [String], tests: [String])

    private func realImages(_ data: String) throws -> RealImages {
        func paths(_ split: LabelledImage.Split) throws -> [String] {
            try imagesByClass(data, split).flatMap(\.1).map(\.path)
        }
        return try (paths(.train), paths(.test))
    }

    private func memorization(
        of generated: [PixelImage],
        from name: String,
        beside real: RealImages,
        sheet: String?
    ) throws -> MemorizationReport {
        let (training, tests) = real
        let spacing = max(tests.count / generated.count, 1)
        let heldOut = stride(from: 0, to: tests.count, by: spacing).prefix(generated.count)
            .map { tests[$0] }
        let classifier = try classifier()
        let references = try ComparedImages(
            ComparedImages.squares(ofFiles: training, note),
            by: classifier
        )
        let (near, alike) = try references.nearest(to: RegionRecognition.pixels(of: generated))
        let controls = try references.nearest(to: ComparedImages.squares(ofFiles: heldOut, note))
        if let sheet {
            let closest = near.distances.indices
                .sorted { near.distances[$0] < near.distances[$1] }.prefix(24)
            let cells = try closest.flatMap { index in
                let found = try PixelImage.read(path: training[near.indices[index]])
                let distance = String(format: "RMSE %.1f", near.distances[index])
                return [
                    ContactSheet.Cell(
                        image: try generated[index].squareGrey(side: 128),
                        caption: "generated"
                    ),
                    ContactSheet.Cell(image: try found.squareGrey(side: 128), caption: distance),
                ]
            }
            try ContactSheet(cells: cells, columnCount: 8).image().writePNG(to: sheet)
        }
        return MemorizationReport(
            model: name,
            entries: [
                .init(ComparedImages.pixelMeasure, near, controls.byPixels),
                .init(ComparedImages.featureMeasure, alike, controls.byFeatures),
            ]
        )
    }
}
