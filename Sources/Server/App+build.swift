import Foundation
import Hummingbird
import HummingbirdCore
import HummingbirdTLS
import Logging
import NIOCore
import StudyStore

/// Builds the server of one study.
///
/// - Parameters:
///   - study: the study.
///   - settings: where to listen, and how browsers reach it.
///   - logger: gets errors, never codes, tokens or answers.
///   - now: the clock.
///   - onListening: is told the port when browsers can come.
/// - Returns: an application to run.
/// - Throws: `ServerError.tls`.
func buildApplication(
    study: StudyStore,
    settings: ServerSettings,
    logger: Logger,
    now: @escaping @Sendable () -> Date,
    onListening: @escaping @Sendable (Int) async -> Void
) throws -> some ApplicationProtocol {
    Application(
        router: try buildRouter(study: study, settings: settings, now: now),
        server: try buildServer(settings.transport),
        configuration: ApplicationConfiguration(
            address: .hostname(settings.host, port: settings.port),
            availableConnectionsDelegate: MaximumAvailableConnections(1024)
        ),
        onServerRunning: { channel in
            await onListening(channel.localAddress?.port ?? settings.port)
        },
        logger: logger
    )
}

private func buildRouter(
    study: StudyStore,
    settings: ServerSettings,
    now: @escaping @Sendable () -> Date
) throws -> Router<ReaderContext> {
    let pages = try Pages(title: study.definition.title)
    let sessions = SessionCookie(isSecure: settings.isSecure)
    let router = Router(context: ReaderContext.self)
    router.addMiddleware {
        SecurityHeaders(isSecure: settings.isSecure)
        ErrorPages(pages: pages)
        SameOrigin()
        SessionLookup(study: study, cookie: sessions, now: now)
    }
    AssetController().addRoutes(to: router)
    SessionController(
        study: study,
        pages: pages,
        cookie: sessions,
        limiter: SignInLimiter(),
        isBehindProxy: settings.transport == .proxy,
        now: now
    ).addRoutes(to: router)
    StudyController(study: study, pages: pages, now: now).addRoutes(to: router)
    AnswerController(study: study, pages: pages, now: now).addRoutes(to: router)
    return router
}

private func buildServer(_ transport: ServerSettings.Transport) throws -> HTTPServerBuilder {
    let http = HTTPServerBuilder.http1(
        configuration: .init(
            idleTimeout: .seconds(75),
            httpDecoderConfiguration: .init(
                maxHeaderFieldSize: 8 * 1024,
                maxHeaderListSize: 32 * 1024,
                maxHeaderFieldCount: 100
            )
        )
    )
    guard case .tls(let certificate, let key) = transport else { return http }
    return try .tls(http, tlsConfiguration: tlsConfiguration(certificate: certificate, key: key))
}
