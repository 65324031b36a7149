import Foundation

/// Why a training run ends before its last step.
public enum TrainingError: Error, Equatable, Sendable {
    /// The loss or its gradient is no number; the weights are still those of the step before.
    case notFinite(step: Int, loss: Double, gradientNorm: Double, images: [String])
    /// A setting has a value that no run can have.
    case invalidSetting(name: String, value: String, requirement: String)
    /// A file of the run cannot be written; `errorNumber` is the system's.
    case cannotWrite(path: String, errorNumber: Int32)
    /// Another process trains in this folder.
    case busy(run: String)

    /// The same error with the images of the batch, where it has none yet.
    func naming(_ batch: @autoclosure () -> [String]) -> TrainingError {
        guard case .notFinite(let step, let loss, let norm, []) = self else { return self }
        return .notFinite(step: step, loss: loss, gradientNorm: norm, images: batch())
    }
}

extension TrainingError: CustomStringConvertible {
    /// What failed, what was found and what to do.
    public var description: String {
        switch self {
        case .notFinite(let step, let loss, let norm, let images):
            "step \(step): the loss is \(loss) and the norm of its gradient \(norm); the last "
                + "checkpoint is good. Lower the learning rate, or look at the images of this "
                + "batch: \(images.joined(separator: ", "))"
        case .invalidSetting(let name, let value, let requirement):
            "the setting \(name) is \(value), but must be \(requirement)"
        case .cannotWrite(let path, let number):
            "cannot write \(path): \(String(cString: strerror(number))); the last checkpoint is "
                + "good, so that skiagraph train resume goes on from there"
        case .busy(let run):
            "another process trains in \(run); wait for it, or stop it with Ctrl-C"
        }
    }
}
