import Training

/// The images of a run: their labels, their pixels and how they are drawn.
struct TrainingData {
    /// A folder of sets with a manifest.csv each.
    let folder: String
    /// The run's folder, where pixels are kept.
    let run: String
    /// Takes lines of progress.
    let report: (String) -> Void
    /// What the names of its files in the run's folder begin with.
    var prefix = ""

    func images(_ split: LabelledImage.Split) throws -> [LabelledImage] {
        let images = try ImageManifest.all(under: folder).flatMap(\.images)
            .filter { $0.split == split }
        guard !images.isEmpty else {
            throw EvaluationFailure.noImages(folder: folder, split: split.rawValue)
        }
        return images
    }

    /// Squares of `side` pixels, read once for a run.
    func pixels(of images: [LabelledImage], _ split: LabelledImage.Split, side: Int) throws
        -> TrainingImages
    {
        try TrainingImages(
            paths: images.map(\.path),
            side: side,
            cache: "\(run)/\(prefix)images-\(split.rawValue).safetensors"
        ) { count in
            if count % 2_000 == 0 { report("read \(count) of \(images.count) images") }
        }
    }

    func sampler(_ images: [LabelledImage], power: Double) -> BalancedSampler {
        BalancedSampler(
            classes: images.map { "\($0.modality) \($0.anatomy) \($0.set)" },
            power: power
        )
    }
}
