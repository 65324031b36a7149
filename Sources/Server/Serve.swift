public import Foundation
import Hummingbird
import Logging
import NIOCore
public import StudyStore

/// Serves a study to its readers until the task is cancelled or the process gets SIGINT or SIGTERM.
///
/// Answers are on disk before a browser hears of it, so the process may also be killed at any time.
///
/// - Parameters:
///   - study: the study, open to other programs too.
///   - settings: where to listen, and how browsers reach it.
///   - now: the clock.
///   - onListening: is told the port when browsers can come.
/// - Throws: `ServerError`.
public func serve(
    _ study: StudyStore,
    settings: ServerSettings,
    now: @escaping @Sendable () -> Date = { Date() },
    onListening: @escaping @Sendable (Int) async -> Void = { _ in }
) async throws {
    var logger = Logger(label: "skiagraph") { StreamLogHandler.standardError(label: $0) }
    logger.logLevel = .warning
    try await serve(study, settings: settings, logger: logger, now: now, onListening: onListening)
}

/// Serves a study; `logger` gets errors, never codes, tokens or answers.
func serve(
    _ study: StudyStore,
    settings: ServerSettings,
    logger: Logger,
    now: @escaping @Sendable () -> Date,
    onListening: @escaping @Sendable (Int) async -> Void
) async throws {
    try settings.validate()
    let application = try buildApplication(
        study: study,
        settings: settings,
        logger: logger,
        now: now,
        onListening: onListening
    )
    do {
        try await application.runService()
    } catch let error as IOError {
        throw ServerError.cannotListen(
            host: settings.host,
            port: settings.port,
            reason: String(cString: strerror(error.errnoCode))
        )
    } catch let error as SocketAddressError {
        throw ServerError.cannotListen(
            host: settings.host,
            port: settings.port,
            reason: "\(error)"
        )
    }
}
