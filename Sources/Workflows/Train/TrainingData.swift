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

    /// The images to learn.
    func trainingImages() throws -> [LabelledImage] {
        let images = try images(.train)
        guard !images.isEmpty else {
            throw EvaluationFailure.noImages(
                folder: folder,
                split: LabelledImage.Split.train.rawValue
            )
        }
        return images
    }

    /// At most `count` of the images kept for tests, from all parts of the sets.
    func testImages(_ count: Int) throws -> [LabelledImage] {
        let images = try images(.test)
        guard count > 0, !images.isEmpty else { return [] }
        let step = max(images.count / count, 1)
        return stride(from: 0, to: images.count, by: step).prefix(count).map { images[$0] }
    }

    private func images(_ split: LabelledImage.Split) throws -> [LabelledImage] {
        try ImageManifest.all(under: folder).flatMap(\.images).filter { $0.split == split }
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

    /// Images of about their own shapes, read once for a run.
    func buckets(of images: [LabelledImage], _ sizes: AspectBuckets) throws
        -> [ImageBuckets.Bucket]
    {
        try ImageBuckets(
            paths: images.map(\.path),
            sizes: sizes,
            cache: "\(run)/\(prefix)image-buckets.safetensors"
        ) { count in
            if count % 2_000 == 0 { report("read \(count) of \(images.count) images") }
        }.buckets
    }

    /// Draws images, or those of a part.
    ///
    /// A class is drawn by how many images it has within a set, to a power, and as many times as often as its weight
    /// says.
    func sampler(
        _ images: [LabelledImage],
        power: Double,
        weights: [String: Double] = [:],
        within part: [Int]? = nil
    ) -> BalancedSampler {
        let names = images.map { "\($0.imageClass) \($0.set)" }
        let factors = zip(names, images).compactMap { name, image in
            weights[image.imageClass].map { (name, $0) }
        }
        return BalancedSampler(
            classes: names,
            power: power,
            factors: Dictionary(factors) { first, _ in first },
            within: part
        )
    }
}
