import Training

/// One kind of training, as the loop sees it.
protocol TrainingJob: AnyObject {
    /// Weights, optimizer and step.
    var state: TrainingState { get }
    /// The names of the figures that a step gives.
    var columns: [String] { get }

    /// How the run is looked at while it goes on.
    var validation: ValidationSettings { get }

    /// Takes one step; returns its figures.
    func step() throws -> [Double]
    /// Writes what a checkpoint should find beside it: what need not be computed again, or a model to look at.
    func saveProducts() throws
    /// What the averaged weights are worth now.
    func validate() throws -> Validation
    /// Writes the averaged weights as a model into `folder`.
    func export(into folder: String) throws
}

extension TrainingRun {
    /// Makes the models of the run, with random weights or those of its base.
    ///
    /// - Parameters:
    ///   - folder: the run's folder.
    ///   - report: takes lines of progress.
    /// - Returns: what the loop trains.
    /// - Throws: what is wrong with the settings or the base.
    func makeJob(folder: String, report: @escaping (String) -> Void) throws -> any TrainingJob {
        let data = TrainingData(folder: data, run: folder, report: report)
        let prior = prior.map {
            TrainingData(folder: $0, run: folder, report: report, prefix: "prior-")
        }
        return switch method {
        case .vae(let settings): try AutoencoderJob(settings, data: data)
        case .scratch(let settings, let base):
            try DiffusionJob(.scratch(settings), base: base, data: data, prior: prior)
        case .full(let settings, let base), .lora(let settings, let base):
            try DiffusionJob(.fineTuning(settings), base: base, data: data, prior: prior)
        }
    }
}
