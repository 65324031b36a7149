internal import CTorch

/// Runs `body` and throws the first libtorch error that happened in it.
///
/// Tensor operations do not throw: one that fails gives a placeholder, on which every later operation fails too,
/// and the innermost scope of the thread remembers the first failure. Outside any scope a failure
/// ends the program. Scopes are synchronous, so that all of one runs on one thread.
///
/// - Throws: `TorchError`, or what `body` throws when no operation failed before.
public func withTorchErrors<Result>(_ body: () throws -> Result) throws -> Result {
    let outer = ErrorScope.current
    let scope = ErrorScope()
    ErrorScope.current = scope
    defer { ErrorScope.current = outer }
    do {
        let result = try body()
        if let error = scope.first { throw error }
        return result
    } catch {
        throw scope.first ?? error
    }
}

/// Remembers the first failure of a `withTorchErrors`.
final class ErrorScope {
    private(set) var first: TorchError?

    /// The thread's innermost scope, which its `withTorchErrors` keeps alive.
    static var current: ErrorScope? {
        get { ct_error_scope().map { Unmanaged.fromOpaque($0).takeUnretainedValue() } }
        set { ct_set_error_scope(newValue.map { Unmanaged.passUnretained($0).toOpaque() }) }
    }

    /// Records the thread's latest libtorch failure; called where an operation failed.
    static func record(_ error: TorchError = .last) {
        guard let scope = current else {
            fatalError("\(error) (outside of withTorchErrors, where it would have been thrown)")
        }
        if scope.first == nil { scope.first = error }
    }
}
