import Foundation
import Imaging
import Pipelines
import Schedulers
import TestSupport
import Testing

/// The runs whose images diffusers made; Tests/Goldens/README.md tells how.
struct GoldenRun: CustomTestStringConvertible {
    let model: String
    let kind: SchedulerKind

    var testDescription: String { "\(model) \(kind.rawValue)" }

    static let all: [GoldenRun] = [
        "tiny-sd1": [
            .ddim, .ddpm, .dpmpp2MKarras, .eulerAncestral, .euler, .heun, .pndm, .unipc,
        ],
        "tiny-sd2": [.ddim, .dpmpp2MKarras, .dpmpp2M, .euler],
        "tiny-radiograph": [.dpmpp2M, .eulerAncestral, .heun],
    ].flatMap { (model: String, kinds: [SchedulerKind]) in
        kinds.map { GoldenRun(model: model, kind: $0) }
    }

    var requests: [TextToImageRequest] {
        Self.requests(model: model, scheduler: kind)
    }

    /// Requests of the golden runs' two prompts, then of the first one with further seeds.
    static func requests(model: String, scheduler: SchedulerKind?, count: Int = 2)
        -> [TextToImageRequest]
    {
        (0..<count).map { index in
            TextToImageRequest(
                prompt: index == 1 ? "a normal chest X-ray, PA view" : "An X-ray of the hand",
                negativePrompt: "blurry, text",
                seed: 7 + UInt64(index),
                inferenceStepCount: 10,
                guidanceScale: 7.5,
                width: model == "tiny-radiograph" ? 24 : 40,
                height: model == "tiny-radiograph" ? 40 : 64,
                scheduler: scheduler
            )
        }
    }

    static func engine(_ model: String) throws -> TextToImageEngine {
        try TextToImageEngine(modelFolder: Goldens.model(model).path)
    }
}

extension PixelImage {
    /// The samples of an 8-bit image.
    var bytes: [UInt8] {
        guard case .uint8(let values) = samples else { return [] }
        return values
    }
}
