import Glibc
import Imaging

/// The folder that a use case writes into.
enum OutputFolder {
    /// Makes a folder and those above it, and makes sure that files can be written there.
    ///
    /// - Throws: `WorkflowError.outputFolder`.
    static func create(_ path: String) throws(WorkflowError) {
        if let errorNumber = Folder.create(path) {
            throw .outputFolder(path: path, errorNumber: errorNumber)
        }
        guard access(path, W_OK | X_OK) == 0 else {
            throw .outputFolder(path: path, errorNumber: errno)
        }
    }
}
