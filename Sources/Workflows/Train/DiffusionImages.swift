import Models
import Training

/// The images of a diffusion run, as latents.
struct DiffusionImages {
    /// How images become latents.
    struct Plan {
        let autoencoder: AutoencoderKL
        /// Names the autoencoder's weights.
        let key: String
        /// Width and height of square images in pixels.
        let side: Int
        /// Sizes for images that are not to be square.
        let buckets: AspectBuckets?
        /// How classes are drawn.
        let settings: DiffusionSettings

        func sampler(of images: [LabelledImage], in data: TrainingData, within part: [Int]? = nil)
            -> BalancedSampler
        {
            data.sampler(
                images,
                power: settings.classBalance,
                weights: settings.classWeights,
                within: part
            )
        }
    }

    /// The images to learn.
    let train: LatentSet
    /// Images of what the base is not to forget.
    let prior: LatentSet?
    /// Images kept for tests, squares.
    let test: LatentImages?
    /// What images kept for tests, or else those to learn, show.
    let captions: [String]

    /// Reads the images, or what an earlier session has kept of them.
    ///
    /// - Parameters:
    ///   - data: the images to learn.
    ///   - prior: images not to forget.
    ///   - testCount: how many images to test on, at most.
    ///   - plan: how they become latents.
    /// - Throws: what is wrong with the data, or `TorchError`.
    init(_ data: TrainingData, prior: TrainingData?, testCount: Int, _ plan: Plan) throws {
        let images = try data.trainingImages()
        let priorImages = try prior?.trainingImages() ?? []
        try plan.settings.requireClasses(of: images + priorImages)
        train = try Self.set(images, of: data, plan)
        self.prior = try prior.map { try Self.set(priorImages, of: $0, plan) }
        let tests = try data.testImages(testCount)
        test = tests.isEmpty ? nil : try Self.squares(tests, .test, of: data, "test-latents", plan)
        captions = (tests.isEmpty ? images : tests).map(\.prompt)
    }

    /// Writes the latents so far.
    func save() throws {
        for part in train.parts + (prior?.parts ?? []) { try part.latents.save() }
        try test?.latents.save()
    }

    private static func set(_ images: [LabelledImage], of data: TrainingData, _ plan: Plan) throws
        -> LatentSet
    {
        guard let sizes = plan.buckets else {
            let name = "\(data.prefix)latents"
            return LatentSet([try squares(images, .train, of: data, name, plan)])
        }
        return LatentSet(
            try data.buckets(of: images, sizes).map { bucket in
                LatentImages(
                    images: bucket.indices.map { images[$0] },
                    latents: try LatentCache(
                        bucket.images,
                        autoencoder: plan.autoencoder,
                        key: plan.key,
                        path: "\(data.run)/\(data.prefix)latents-\(bucket.size).safetensors"
                    ),
                    sampler: plan.sampler(of: images, in: data, within: bucket.indices)
                )
            }
        )
    }

    private static func squares(
        _ images: [LabelledImage],
        _ split: LabelledImage.Split,
        of data: TrainingData,
        _ name: String,
        _ plan: Plan
    ) throws -> LatentImages {
        LatentImages(
            images: images,
            latents: try LatentCache(
                data.pixels(of: images, split, side: plan.side),
                autoencoder: plan.autoencoder,
                key: plan.key,
                path: "\(data.run)/\(name).safetensors"
            ),
            sampler: plan.sampler(of: images, in: data)
        )
    }
}
