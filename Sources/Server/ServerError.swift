/// What keeps the server from serving.
public enum ServerError: Error, Equatable, Sendable {
    /// A certificate or key that cannot be read or used.
    case tls(path: String, reason: String)
    /// Other machines could reach the server, and the connection would be open to all between.
    case unprotected(host: String)
    /// Nobody may listen at the address.
    case cannotListen(host: String, port: Int, reason: String)
    /// A page of this program does not render; a fault of the program.
    case page(name: String)
}

extension ServerError: CustomStringConvertible {
    /// What failed, what was found, and what to do, in one line.
    public var description: String {
        switch self {
        case .tls(let path, let reason):
            "cannot use \(path) for TLS: \(reason); give PEM files of a certificate chain and its key"
        case .unprotected(let host):
            "listening at \(host) without TLS would send codes and answers in the clear; give a "
                + "certificate and its key, or put a proxy that speaks TLS in front"
        case .cannotListen(let host, let port, let reason):
            "cannot listen at \(host), port \(port): \(reason); choose another --port or --host"
        case .page(let name): "the page \(name) does not render"
        }
    }
}
