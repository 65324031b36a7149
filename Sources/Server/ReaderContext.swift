import Hummingbird
import NIOCore
import StudyStore

/// What the server knows of a request: where it comes from, and which reader sends it.
struct ReaderContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// The address of the other end, which is the proxy's where there is one.
    let peerAddress: String
    /// The reader, where the request carries a valid session.
    var signedIn: SignedIn?

    init(source: Source) {
        coreContext = .init(source: source)
        peerAddress = source.channel.remoteAddress?.ipAddress ?? "unknown"
    }

    /// The reader.
    ///
    /// - Throws: `PageError.signedOut`.
    func requireReader() throws(PageError) -> SignedIn {
        guard let signedIn else { throw .signedOut }
        return signedIn
    }
}

/// A reader's session and the token that every form of it carries.
struct SignedIn: Sendable {
    let session: ReaderSession
    let formToken: String
}
