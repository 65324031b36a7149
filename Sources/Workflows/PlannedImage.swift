import Glibc
import Imaging
import Pipelines

/// One picture of a request before it is drawn.
struct PlannedImage {
    let request: TextToImageRequest
    let path: String
    /// How it is made, without the hash of the weights.
    let provenance: Provenance

    /// How it is made.
    func provenance(weights sha256: String) -> Provenance {
        var provenance = provenance
        provenance.modelSHA256 = sha256
        return provenance
    }

    /// Whether the picture is on the disk already.
    ///
    /// - Parameter sha256: the hash of the weights that would draw it.
    /// - Returns: the provenance of the picture that is there, or nil.
    /// - Throws: `WorkflowError.otherPicture` or `.foreignFile`, or `ImagingError`.
    func existing(sha256: String) throws -> Provenance? {
        let found: Provenance
        do {
            found = try Provenance(readingPNG: path)
        } catch let error {
            switch error {
            case .file(_, .open, ENOENT): return nil
            case .file: throw error
            default: throw WorkflowError.foreignFile(path: path)
            }
        }
        let differences = Self.differences(found, provenance(weights: sha256))
        guard differences.isEmpty else {
            throw WorkflowError.otherPicture(path: path, differences: differences)
        }
        return found
    }

    /// What of a picture there differs from what is wanted.
    ///
    /// Picture 3 of seed 4 is picture 0 of seed 7. The version of the software is no difference, so that a
    /// series can be gone on with after an update.
    private static func differences(_ found: Provenance, _ wanted: Provenance) -> [String] {
        func pair<Value: Equatable>(_ name: String, _ value: (Provenance) -> Value) -> String? {
            let (there, here) = (value(found), value(wanted))
            return there == here ? nil : "\(name): \(there) there, \(here) asked for"
        }
        return [
            pair("prompt") { $0.prompt },
            pair("negative prompt") { $0.negativePrompt ?? "none" },
            pair("seed") { $0.seed &+ UInt64(clamping: $0.index) },
            pair("steps") { $0.inferenceStepCount },
            pair("guidance") { $0.guidanceScale },
            pair("scheduler") { $0.scheduler },
            pair("size") { "\($0.width)x\($0.height)" },
            pair("model") { $0.model },
            pair("weights") { ($0.modelSHA256 ?? "none").prefix(8) },
            pair("dtype") { $0.dtype },
            pair("device") { $0.device },
            pair("source") { $0.digitalSourceType.rawValue },
            pair("parent") { $0.parentSHA256 ?? "none" },
        ].compactMap(\.self)
    }
}
