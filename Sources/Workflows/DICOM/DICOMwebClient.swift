import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1

/// A DICOMweb service: asks what it has, and gives it more (PS3.18 chapter 10).
///
/// Certificates are always checked, redirections not followed, and credentials leave only encrypted
/// or to this machine.
struct DICOMwebClient: Sendable {
    private let base: String
    private let credentials: DICOMwebCredentials
    private let client: HTTPClient

    /// The largest answer that is read.
    private static let maximumAnswer = 16 << 20

    private init(base: String, credentials: DICOMwebCredentials, client: HTTPClient) {
        self.base = base
        self.credentials = credentials
        self.client = client
    }

    /// Runs work with a client that is shut down afterwards.
    static func with<Value: Sendable>(
        url: String,
        credentials: DICOMwebCredentials,
        _ work: (DICOMwebClient) async throws -> Value
    ) async throws -> Value {
        let base = try checked(url, credentials)
        var configuration = HTTPClient.Configuration()
        configuration.redirectConfiguration = .disallow
        configuration.timeout = .init(connect: .seconds(10), read: .seconds(120))
        configuration.connectionPool.retryConnectionEstablishment = false
        let client = HTTPClient(
            eventLoopGroupProvider: .singleton,
            configuration: configuration
        )
        let outcome: Result<Value, any Error>
        do {
            let service = DICOMwebClient(base: base, credentials: credentials, client: client)
            outcome = .success(try await work(service))
        } catch {
            outcome = .failure(error)
        }
        try await client.shutdown()
        return try outcome.get()
    }

    /// Whether the server has an instance; nil where it does not answer searches.
    func has(sopInstanceUID uid: String) async throws -> Bool? {
        let answer = try await send(
            .GET,
            "instances?SOPInstanceUID=\(uid)&limit=1",
            accept: "application/dicom+json"
        )
        switch answer.status {
        case 200: return answer.body.contains(UInt8(ascii: "{"))
        case 204: return false
        case 400, 404, 405, 501: return nil
        default: throw error(answer, "the search for \(uid)")
        }
    }

    /// Stores files.
    ///
    /// - Returns: the reason by SOP Instance UID for each that the server did not take.
    func store(_ files: [[UInt8]]) async throws -> [String: String] {
        let body = MultipartRelated(files)
        let answer = try await send(
            .POST,
            "studies",
            accept: "application/dicom+json",
            contentType: body.contentType,
            body: body.bytes
        )
        switch answer.status {
        case 200, 202, 409:
            let failures = try StoreResponse(status: answer.status, body: answer.body).failures
            guard answer.status != 409 || !failures.isEmpty else {
                throw error(answer, "the store request")
            }
            return failures
        default: throw error(answer, "the store request")
        }
    }

    private func send(
        _ method: HTTPMethod,
        _ path: String,
        accept: String,
        contentType: String? = nil,
        body: [UInt8]? = nil
    ) async throws -> (status: Int, body: [UInt8]) {
        var request = HTTPClientRequest(url: "\(base)/\(path)")
        request.method = method
        request.headers.add(name: "Accept", value: accept)
        if let authorization = credentials.authorization {
            request.headers.add(name: "Authorization", value: authorization)
        }
        if let contentType { request.headers.add(name: "Content-Type", value: contentType) }
        if let body { request.body = .bytes(ByteBuffer(bytes: body)) }
        do {
            let response = try await client.execute(request, timeout: .minutes(10))
            let bytes = try await response.body.collect(upTo: Self.maximumAnswer)
            return (Int(response.status.code), Array(bytes.readableBytesView))
        } catch let error as CancellationError {
            throw error
        } catch {
            throw Self.failure(error)
        }
    }

    private func error(_ answer: (status: Int, body: [UInt8]), _ request: String) -> DICOMwebError {
        if answer.status == 401 || answer.status == 403 {
            return .unauthorized(status: answer.status)
        }
        let text = String(decoding: answer.body.prefix(300), as: UTF8.self)
            .split(whereSeparator: \.isNewline).joined(separator: " ")
        return .status(answer.status, request: request, body: text)
    }

    /// What the library throws when no answer came, in the words of the system or of TLS.
    private static func failure(_ error: any Error) -> DICOMwebError {
        if let error = error as? IOError {
            return .unreachable(reason: String(cString: strerror(error.errnoCode)))
        }
        let text = "\(error)"
        // BoringSSL's reason, without the place in its source.
        let reason = text.firstMatch(of: /OPENSSL_internal:(\w+)/).map { String($0.1) } ?? text
        if text.localizedCaseInsensitiveContains("certificate") {
            return .untrusted(reason: reason)
        }
        let isAboutTLS = text.localizedCaseInsensitiveContains("handshake")
        return .unreachable(
            reason: isAboutTLS ? "it does not speak TLS with us (\(reason))" : reason
        )
    }

    /// The address without a slash at its end.
    private static func checked(
        _ url: String,
        _ credentials: DICOMwebCredentials
    ) throws(DICOMwebError) -> String {
        guard let parts = URLComponents(string: url), let host = parts.host, !host.isEmpty,
            let scheme = parts.scheme?.lowercased(), scheme == "https" || scheme == "http",
            parts.query == nil, parts.fragment == nil, parts.user == nil, parts.password == nil
        else { throw .invalidURL(url) }
        let isLocal = ["127.0.0.1", "::1", "[::1]", "localhost"].contains(host)
        guard credentials == .none || scheme == "https" || isLocal else {
            throw .insecureCredentials(host: host)
        }
        return url.hasSuffix("/") ? String(url.dropLast()) : url
    }
}
