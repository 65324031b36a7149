import Training

/// One kind of training, as the loop sees it.
protocol TrainingJob: AnyObject {
    /// Weights, optimizer and step.
    var state: TrainingState { get }
    /// The names of the figures that a step gives.
    var columns: [String] { get }

    /// Takes one step; returns its figures.
    func step() throws -> [Double]
    /// Writes what a checkpoint should find beside it: what need not be computed again, or a model to look at.
    func saveProducts() throws
    /// Writes the averaged weights as a model into `folder`.
    func export(into folder: String) throws
}

extension TrainingRun {
    /// Makes the models of the run, with random weights or those of its base.
    ///
    /// - Parameters:
    ///   - folder: the run's folder.
    ///   - report: takes lines of progress.
    func makeJob(folder: String, report: @escaping (String) -> Void) throws -> any TrainingJob {
        let data = TrainingData(folder: data, run: folder, report: report)
        return switch method {
        case .vae(let settings): try AutoencoderJob(settings, data: data)
        case .scratch(let configuration, let base):
            try DiffusionJob(configuration, base: base, data: data)
        }
    }
}
