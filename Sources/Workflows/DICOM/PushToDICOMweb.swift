import DICOM

/// Sends DICOM images to a DICOMweb server; what the server has already is not sent again.
///
/// A push that was cut short is gone on with by running it again.
public struct PushToDICOMweb: Sendable {
    /// What happens meanwhile.
    public enum Event: Sendable, Equatable {
        /// The server has stored an image.
        case stored(name: String, sopInstanceUID: String)
        /// The server had it already.
        case present(name: String, sopInstanceUID: String)
        /// An image could not be sent, or was not taken.
        case failed(name: String, reason: String)
        /// The server is asked again after a pause.
        case retrying(reason: String, after: Duration)
    }

    private let url: String
    private let credentials: DICOMwebCredentials
    private let retryCount: Int
    private let sleep: @Sendable (Duration) async throws -> Void

    /// Prepares a push.
    ///
    /// - Parameters:
    ///   - url: the address of the service, under which are studies and instances.
    ///   - credentials: who asks.
    ///   - retryCount: how often a request that failed for now is repeated.
    ///   - sleep: waits between them.
    public init(
        url: String,
        credentials: DICOMwebCredentials,
        retryCount: Int = 5,
        sleep: @escaping @Sendable (Duration) async throws -> Void = {
            try await Task.sleep(for: $0)
        }
    ) {
        self.url = url
        self.credentials = credentials
        self.retryCount = retryCount
        self.sleep = sleep
    }

    /// Sends the images.
    ///
    /// - Throws: `DICOMwebError.failed` where some were not stored, another `DICOMwebError` where the
    ///   server cannot be worked with, or `CancellationError`; what was stored stays stored.
    public func run(
        _ files: [DICOMwebFile],
        report: @escaping @Sendable (Event) -> Void
    ) async throws {
        guard !files.isEmpty else { throw DICOMwebError.noFiles }
        let failures = try await DICOMwebClient.with(url: url, credentials: credentials) { client in
            var delivery = Delivery(push: self, client: client, report: report)
            for file in files {
                try Task.checkCancellation()
                try await delivery.take(file)
            }
            try await delivery.flush()
            return delivery.failures
        }
        if let first = failures.first {
            throw DICOMwebError.failed(count: failures.count, of: files.count, reason: first)
        }
    }

    /// Repeats a request that fails for now, waiting twice as long each time.
    private func retrying<Value: Sendable>(
        _ report: @Sendable (Event) -> Void,
        _ request: () async throws -> Value
    ) async throws -> Value {
        var pause = Duration.seconds(1)
        for _ in 0..<retryCount {
            do {
                return try await request()
            } catch let error as DICOMwebError where error.isTemporary {
                report(.retrying(reason: "\(error)", after: pause))
                try await sleep(pause)
                pause = min(pause * 2, .seconds(60))
            }
        }
        return try await request()
    }
}

extension PushToDICOMweb {
    /// One push under way: collects images to requests of a few, since what fails is repeated whole.
    private struct Delivery {
        let push: PushToDICOMweb
        let client: DICOMwebClient
        let report: @Sendable (Event) -> Void
        var failures: [String] = []
        private var batch: [DICOMwebFile.Content] = []

        private static let batchCount = 16
        private static let batchByteCount = 32 << 20

        init(
            push: PushToDICOMweb,
            client: DICOMwebClient,
            report: @escaping @Sendable (Event) -> Void
        ) {
            self.push = push
            self.client = client
            self.report = report
        }

        /// Puts an image to the next request, unless the server has it.
        mutating func take(_ file: DICOMwebFile) async throws {
            let content: DICOMwebFile.Content
            do { content = try file.content() } catch {
                fail(file.name, "\(error)")
                return
            }
            let uid = content.sopInstanceUID
            let isPresent = try await push.retrying(report) {
                try await client.has(sopInstanceUID: uid)
            }
            guard isPresent != true else {
                report(.present(name: file.name, sopInstanceUID: uid))
                return
            }
            let byteCount = batch.reduce(content.bytes.count) { $0 + $1.bytes.count }
            if batch.count == Self.batchCount || byteCount > Self.batchByteCount {
                try await flush()
            }
            batch.append(content)
        }

        /// Sends what was collected.
        mutating func flush() async throws {
            guard !batch.isEmpty else { return }
            let sent = batch
            batch = []
            let reasons = try await push.retrying(report) {
                try await client.store(sent.map(\.bytes))
            }
            for content in sent {
                if let reason = reasons[content.sopInstanceUID] {
                    fail(content.name, reason)
                } else {
                    report(.stored(name: content.name, sopInstanceUID: content.sopInstanceUID))
                }
            }
        }

        private mutating func fail(_ name: String, _ reason: String) {
            failures.append("\(name): \(reason)")
            report(.failed(name: name, reason: reason))
        }
    }
}
