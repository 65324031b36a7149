/// Where a server listens and how browsers reach it.
public struct ServerSettings: Sendable, Equatable {
    /// How the connection to the browser is kept private.
    public enum Transport: Sendable, Equatable {
        /// Not at all: for browsers on this machine.
        case plain
        /// The server speaks TLS with this chain of certificates and key, both PEM files.
        case tls(certificate: String, key: String)
        /// A proxy in front speaks TLS, and says in X-Forwarded-For who asks.
        case proxy
    }

    /// The name or address to listen at.
    public var host: String
    /// The port, or 0 for a free one.
    public var port: Int
    /// How the connection is kept private.
    public var transport: Transport

    /// Describes a server; without arguments only browsers on this machine reach it.
    public init(host: String = "127.0.0.1", port: Int = 8080, transport: Transport = .plain) {
        self.host = host
        self.port = port
        self.transport = transport
    }

    /// Whether cookies may only travel over TLS.
    var isSecure: Bool { transport != .plain }

    /// Throws where codes and answers would cross a network in the clear.
    func validate() throws(ServerError) {
        let isLocal = ["127.0.0.1", "::1", "localhost"].contains(host)
        guard isLocal || isSecure else { throw .unprotected(host: host) }
    }
}
