import Foundation
import Testing

@testable import Server

struct ServeTests {
    @Test func `a port that is taken is named`() async throws {
        let study = try await ServedStudy()
        try await study.serving { site in
            let port = try #require(site.port)
            let error = await #expect(throws: ServerError.self) {
                try await serve(study.store, settings: ServerSettings(port: port))
            }
            #expect(
                error.map { "\($0)" } == """
                    cannot listen at 127.0.0.1, port \(port): Address already in use; \
                    choose another --port or --host
                    """
            )
        }
    }

    @Test(arguments: ["0.0.0.0", "::", "192.0.2.1", "reading.example.org"])
    func `other machines are not let in without TLS`(_ host: String) async throws {
        let study = try await ServedStudy()
        await #expect(throws: ServerError.unprotected(host: host)) {
            try await serve(study.store, settings: ServerSettings(host: host, port: 0))
        }
    }

    @Test func `files that are no certificate and key are named`() async throws {
        let study = try await ServedStudy()
        let settings = ServerSettings(
            port: 0,
            transport: .tls(certificate: "/nowhere/chain.pem", key: "/nowhere/key.pem")
        )
        let error = await #expect(throws: ServerError.self) {
            try await serve(study.store, settings: settings)
        }
        #expect(error.map { "\($0)".hasPrefix("cannot use /nowhere/chain.pem for TLS") } == true)
    }

    @Test func `with a certificate browsers come over TLS only`() async throws {
        let study = try await ServedStudy()
        let files = try SelfSignedCertificate()
        let transport = ServerSettings.Transport.tls(certificate: files.chain, key: files.key)
        let settings = ServerSettings(port: 0, transport: transport)
        try await study.serving(settings: settings) { site in
            let page = try files.curl("\(site)/")
            #expect(page.contains("Invitation code"))
            #expect(page.contains("strict-transport-security: max-age="))
            let plain = try #require(URL(string: "http://127.0.0.1:\(site.port ?? 0)"))
            await #expect(throws: (any Error).self) { try await Browser(site: plain).open("/") }
        }
    }
}

/// A certificate for 127.0.0.1, made by OpenSSL.
private final class SelfSignedCertificate {
    let folder = FileManager.default.temporaryDirectory
        .appending(path: "certificate-\(UUID().uuidString)").path
    var chain: String { folder + "/chain.pem" }
    var key: String { folder + "/key.pem" }

    init() throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        _ = try run(
            "openssl",
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:prime256v1",
            "-nodes",
            "-days",
            "2",
            "-subj",
            "/CN=127.0.0.1",
            "-addext",
            "subjectAltName=IP:127.0.0.1",
            "-keyout",
            key,
            "-out",
            chain
        )
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    /// Headers and body of a page, whose certificate has to be this one.
    func curl(_ address: String) throws -> String {
        try run("curl", "--silent", "--include", "--max-time", "20", "--cacert", chain, address)
            .lowercased().replacing("invitation code", with: "Invitation code")
    }

    private func run(_ arguments: String...) throws -> String {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = arguments
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let text = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0, "\(arguments)")
        return String(decoding: text, as: UTF8.self)
    }
}
