import Foundation
import Models
public import Schedulers

/// What a model does best with where a request leaves the choice open.
///
/// The size is that of training. The rest may stand in model_index.json, as `"_skiagraph_defaults":
/// {"num_inference_steps": 25, "guidance_scale": 4, "guidance_start_timestep": 900}`; diffusers does
/// not read keys that begin with an underscore.
public struct ModelDefaults: Sendable, Codable, Equatable {
    /// Denoising steps.
    public let inferenceStepCount: Int
    /// The weight of the prompt.
    public let guidanceScale: Double
    /// The noisiest timestep that is guided; nil where all are.
    ///
    /// Before it the prompt is followed as it is: where hardly more than noise is left, guidance leads to an exaggeration of
    /// the average picture, too bright or too dark.
    ///
    /// - SeeAlso: Kynkäänniemi et al., arXiv:2404.07724.
    public let guidanceStartTimestep: Double?
    /// Columns of the training images.
    public let width: Int
    /// Rows of the training images.
    public let height: Int
    /// The scheduler the model was saved with; nil if there is no such one here.
    public let scheduler: SchedulerKind?

    /// Reads the defaults of the model in `folder`.
    init(
        folder: ModelFolder,
        unet: UNet2DConditionModel.Configuration,
        downsamplingFactor: Int,
        scheduler: SchedulerConfiguration
    ) throws {
        let indexPath = "\(folder.path)/model_index.json"
        let own: ModelIndex
        do {
            let data = try Data(contentsOf: URL(filePath: indexPath))
            own = try JSONDecoder().decode(ModelIndex.self, from: data)
        } catch let error as DecodingError {
            throw PipelineError.invalidDefaults(path: indexPath, reason: "\(error)")
        }
        inferenceStepCount = own.defaults?.inferenceStepCount ?? 25
        guidanceScale = own.defaults?.guidanceScale ?? 7.5
        guidanceStartTimestep = own.defaults?.guidanceStartTimestep
        guard (1...100_000).contains(inferenceStepCount), guidanceScale.isFinite else {
            throw PipelineError.invalidDefaults(
                path: indexPath,
                reason: "\(inferenceStepCount) steps with guidance \(guidanceScale)"
            )
        }
        let side = (unet.sampleSize ?? 64) * downsamplingFactor
        (width, height) = (side, side)
        self.scheduler = try? SchedulerKind(of: scheduler)
    }

    private struct ModelIndex: Decodable {
        let defaults: Values?

        enum CodingKeys: String, CodingKey { case defaults = "_skiagraph_defaults" }

        struct Values: Decodable {
            let inferenceStepCount: Int?
            let guidanceScale: Double?
            let guidanceStartTimestep: Double?

            enum CodingKeys: String, CodingKey {
                case inferenceStepCount = "num_inference_steps"
                case guidanceScale = "guidance_scale"
                case guidanceStartTimestep = "guidance_start_timestep"
            }
        }
    }
}

/// Coded as the name that the command line uses.
extension SchedulerKind: Codable {}
