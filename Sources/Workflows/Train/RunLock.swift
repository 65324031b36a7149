import Glibc
import Training

/// Holds a run's folder for this process, so that no second one writes to it; the end of the process lets it go.
final class RunLock {
    private let descriptor: Int32

    /// Takes the folder.
    ///
    /// - Throws: `TrainingError.busy` where another process has it.
    init(folder: String) throws(TrainingError) {
        descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .cannotWrite(path: folder, errorNumber: errno) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            throw .busy(run: folder)
        }
    }

    deinit { close(descriptor) }
}
