import HummingbirdTLS
import NIOSSL

/// The TLS settings for a chain of certificates and its key.
///
/// - Throws: `ServerError.tls`.
func tlsConfiguration(certificate: String, key: String) throws(ServerError) -> TLSConfiguration {
    let chain: [NIOSSLCertificate]
    do {
        chain = try NIOSSLCertificate.fromPEMFile(certificate)
    } catch {
        throw .tls(path: certificate, reason: "\(error)")
    }
    guard !chain.isEmpty else { throw .tls(path: certificate, reason: "it has no certificate") }
    do {
        let privateKey = try NIOSSLPrivateKey(file: key, format: .pem)
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) },
            privateKey: .privateKey(privateKey)
        )
        configuration.minimumTLSVersion = .tlsv12
        return configuration
    } catch {
        throw .tls(path: key, reason: "\(error)")
    }
}
