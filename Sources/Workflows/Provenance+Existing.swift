import Glibc
import Imaging

extension Provenance {
    /// Whether the picture of this provenance is on the disk already.
    ///
    /// - Parameter path: of a PNG.
    /// - Returns: the provenance of the picture that is there, or nil.
    /// - Throws: `WorkflowError.otherPicture` or `.foreignFile`, or `ImagingError`.
    func existing(at path: String) throws -> Provenance? {
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
        let differences = differences(from: found)
        guard differences.isEmpty else {
            throw WorkflowError.otherPicture(path: path, differences: differences)
        }
        return found
    }

    /// What of a picture there differs from this one.
    ///
    /// Picture 3 of seed 4 is picture 0 of seed 7. The version of the software is no difference, so that a
    /// series can be gone on with after an update.
    private func differences(from found: Provenance) -> [String] {
        func pair<Value: Equatable>(_ name: String, _ value: (Provenance) -> Value) -> String? {
            let (there, here) = (value(found), value(self))
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
            pair("mask") { $0.maskSHA256 ?? "none" },
            pair("edit") { $0.edit ?? "none" },
        ].compactMap(\.self)
    }
}
