import Foundation

/// A file of a run that grows while the run goes on.
final class GrowingFile {
    /// Where it is.
    let path: String
    private let descriptor: Int32

    /// Opens the file at its end, or begins it.
    init(path: String) throws(TrainingError) {
        self.path = path
        descriptor = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else { throw .cannotWrite(path: path, errorNumber: errno) }
    }

    deinit { close(descriptor) }

    /// Adds bytes, which are in the system's hands when the call returns.
    func append(_ bytes: [UInt8]) throws(TrainingError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { throw .cannotWrite(path: path, errorNumber: errno) }
            rest = rest.dropFirst(count)
        }
    }

    /// Makes a folder and those above it.
    static func makeFolder(_ path: String) throws(TrainingError) {
        var folder = path.hasPrefix("/") ? "" : "."
        for component in path.split(separator: "/") {
            folder += "/\(component)"
            guard mkdir(folder, 0o777) == 0 || errno == EEXIST else {
                throw .cannotWrite(path: path, errorNumber: errno)
            }
        }
    }
}
