import Glibc
import Synchronization

/// A stream of text that remembers when it could not be written.
final class TextStream: Sendable {
    /// The standard output.
    static let output = TextStream(descriptor: STDOUT_FILENO)

    private let descriptor: Int32
    private let errorNumber = Atomic<Int32>(0)

    /// Writes to an open descriptor.
    init(descriptor: Int32) {
        self.descriptor = descriptor
    }

    /// Writes text at once; what cannot be written is dropped and remembered.
    func write(_ text: String) {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else {
                errorNumber.store(errno, ordering: .relaxed)
                return
            }
            rest = rest.dropFirst(count)
        }
    }

    /// Throws what a write met.
    func check() throws(CommandError) {
        let number = errorNumber.load(ordering: .relaxed)
        guard number == 0 else { throw .output(errorNumber: number) }
    }
}
