import Foundation
import Logging
import ReaderStudy
import StudyStore
import Testing

@testable import Server

/// A small study in a folder of its own, and the clock that its server goes by.
final class ServedStudy: Sendable {
    static let start = Date(timeIntervalSince1970: 1_780_000_000)

    let store: StudyStore
    let cases: [StudyCase]
    let clock = Locked(ServedStudy.start)
    let workspace: String

    /// Makes a study of as many real as fake images.
    init(
        pairs: Int = 3,
        readers: [String] = ["Anna", "Bert"],
        imageSide: Int = 96,
        change: (inout StudyDefinition) -> Void = { _ in }
    ) async throws {
        workspace =
            FileManager.default.temporaryDirectory
            .appending(path: "served-\(UUID().uuidString)").path
        var definition = StudyDefinition(
            name: "lungs",
            title: "Reading lungs",
            order: ReadingOrder.Design(seed: 7),
            checksScreen: false
        )
        change(&definition)
        cases = (0..<pairs).flatMap { index in
            [
                StudyCase(caseID: "patient-\(index)", truth: .real, source: "clinic/\(index).png"),
                StudyCase(caseID: "model-\(index)", truth: .fake, source: "drawn/\(index).png"),
            ]
        }
        store = try await StudyStore.create(
            definition,
            cases: cases,
            readers: readers,
            in: workspace,
            by: "lead",
            at: Self.start,
            image: { try TestPNG.image($0, side: imageSide) }
        )
    }

    deinit {
        try? FileManager.default.removeItem(atPath: workspace)
    }

    /// Lets the server run while `body` does.
    func serving<Value: Sendable>(
        settings: ServerSettings = ServerSettings(port: 0),
        _ body: (URL) async throws -> Value
    ) async throws -> Value {
        let (ports, port) = AsyncStream.makeStream(of: Int.self)
        let running = Task {
            defer { port.finish() }
            // The tests end servers by cancellation, of which the framework complains.
            try await serve(
                store,
                settings: settings,
                logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
                now: { self.clock.value },
                onListening: { port.yield($0) }
            )
        }
        guard let number = await ports.first(where: { _ in true }) else {
            try await running.value
            throw CancellationError()
        }
        let scheme = if case .tls = settings.transport { "https" } else { "http" }
        let site = try #require(URL(string: "\(scheme)://127.0.0.1:\(number)"))
        let outcome: Result<Value, any Error>
        do {
            outcome = .success(try await body(site))
        } catch {
            outcome = .failure(error)
        }
        running.cancel()
        _ = await running.result
        return try outcome.get()
    }

    /// A browser that has signed in with a new invitation.
    func signIn(_ reader: String = "Anna", at site: URL) async throws -> Browser {
        let browser = Browser(site: site)
        let code = try await store.invite(reader, by: "lead", at: clock.value)
        try await browser.submit("/session", ["code": code])
        return browser
    }

    /// A browser that shows the reader's first image.
    func beginReading(_ reader: String = "Anna", at site: URL) async throws -> Browser {
        let browser = try await signIn(reader, at: site)
        try await browser.submit("/study/consent")
        return browser
    }

    /// Closes the study and unblinds it.
    func results() async throws -> StudyResults {
        try await store.close(by: "lead", at: clock.value)
        return try await store.results()
    }
}
