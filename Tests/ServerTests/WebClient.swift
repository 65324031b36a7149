import Foundation
import FoundationNetworking
import Synchronization

/// Sends single requests over HTTP and takes the responses as they are: no redirect is followed, no
/// cookie is kept, nothing is cached.
final class WebClient: Sendable {
    struct Response: Sendable {
        let status: Int
        let headers: [String: String]
        let body: Data

        var text: String { String(decoding: body, as: UTF8.self) }

        /// The value of a header, whatever its case.
        subscript(header: String) -> String? {
            headers.first { $0.key.lowercased() == header.lowercased() }?.value
        }
    }

    /// The server is gone, or went away before the response was whole.
    struct NoResponse: Error {
        let reason: String
    }

    fileprivate struct Exchange {
        var body = Data()
        let continuation: CheckedContinuation<Response, any Error>
    }

    private let session: URLSession
    private let collector: Collector

    init() {
        let configuration = URLSessionConfiguration.ephemeral
        configuration.httpCookieStorage = nil
        configuration.httpShouldSetCookies = false
        configuration.urlCache = nil
        configuration.httpMaximumConnectionsPerHost = 64
        configuration.timeoutIntervalForRequest = 30
        collector = Collector()
        session = URLSession(configuration: configuration, delegate: collector, delegateQueue: nil)
    }

    deinit { session.invalidateAndCancel() }

    /// Sends a request and waits for the whole response.
    func send(
        _ method: String,
        _ url: URL,
        headers: [String: String] = [:],
        body: Data? = nil
    ) async throws -> Response {
        var request = URLRequest(url: url)
        request.httpMethod = method
        request.httpBody = body
        for (name, value) in headers { request.setValue(value, forHTTPHeaderField: name) }
        return try await collector.run(session.dataTask(with: request))
    }

    /// Gathers what arrives.
    private final class Collector: NSObject, URLSessionDataDelegate {
        private let exchanges = Mutex<[Int: Exchange]>([:])

        func run(_ task: URLSessionDataTask) async throws -> Response {
            try await withCheckedThrowingContinuation { continuation in
                exchanges.withLock {
                    $0[task.taskIdentifier] = Exchange(continuation: continuation)
                }
                task.resume()
            }
        }

        func urlSession(
            _ session: URLSession,
            task: URLSessionTask,
            willPerformHTTPRedirection response: HTTPURLResponse,
            newRequest request: URLRequest,
            completionHandler: @escaping (URLRequest?) -> Void
        ) {
            completionHandler(nil)
        }

        func urlSession(
            _ session: URLSession,
            dataTask: URLSessionDataTask,
            didReceive data: Data
        ) {
            exchanges.withLock { $0[dataTask.taskIdentifier]?.body.append(data) }
        }

        func urlSession(
            _ session: URLSession,
            task: URLSessionTask,
            didCompleteWithError error: (any Error)?
        ) {
            let exchange = exchanges.withLock { $0.removeValue(forKey: task.taskIdentifier) }
            guard let exchange else { return }
            guard let response = task.response as? HTTPURLResponse, error == nil else {
                let reason = error.map { "\($0)" } ?? "no HTTP"
                exchange.continuation.resume(throwing: NoResponse(reason: reason))
                return
            }
            var headers: [String: String] = [:]
            for (name, value) in response.allHeaderFields { headers["\(name)"] = "\(value)" }
            exchange.continuation.resume(
                returning: Response(
                    status: response.statusCode,
                    headers: headers,
                    body: exchange.body
                )
            )
        }
    }
}
