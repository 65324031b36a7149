import DICOM
import Foundation
import Imaging
import TestSupport
import Testing
import Workflows

/// What is told where no answer comes.
struct DICOMwebConnectionTests {
    private func push(to url: String) async throws -> DICOMwebError? {
        let folder = try TemporaryFolder()
        let path = "\(folder.path)/hand.dcm"
        let capture = SecondaryCapture(
            image: try PixelImage(width: 4, height: 4, grey: Array(0..<16)),
            imageSHA256: String(repeating: "ab", count: 32),
            synthesis: Synthesis(prompt: "A hand", softwareVersion: "1")
        )
        try capture.write(to: path)
        let push = PushToDICOMweb(url: url, credentials: .none, retryCount: 0)
        return await #expect(throws: DICOMwebError.self) {
            try await push.run(DICOMwebFile.find([path])) { _ in }
        }
    }

    @Test func `nobody listens`() async throws {
        let found = try await push(to: Orthanc.url(port: Orthanc.freePort()))
        #expect(found == .unreachable(reason: "Connection refused"))
    }

    @Test func `a certificate that nobody vouches for is refused`() async throws {
        let server = try SelfSignedServer()
        let found = try await push(to: "https://127.0.0.1:\(server.port)/dicom-web")
        #expect(found == .untrusted(reason: "CERTIFICATE_VERIFY_FAILED"))
    }

    @Test func `a server without TLS is not accused of its certificate`() async throws {
        let server = try Orthanc(port: Orthanc.freePort())
        let found = try await push(to: "https://127.0.0.1:\(server.port)/dicom-web")
        #expect(
            found == .unreachable(reason: "it does not speak TLS with us (WRONG_VERSION_NUMBER)")
        )
    }
}

/// OpenSSL's own server on this machine with a certificate of its own making, gone when the test ends.
private final class SelfSignedServer {
    let port: Int
    private let folder: TemporaryFolder
    private let process = Process()

    init() throws {
        port = try Orthanc.freePort()
        folder = try TemporaryFolder()
        let (key, chain) = ("\(folder.path)/key.pem", "\(folder.path)/chain.pem")
        let maker = Process()
        maker.executableURL = URL(filePath: "/usr/bin/openssl")
        maker.arguments =
            ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
            + ["-days", "2", "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"]
            + ["-keyout", key, "-out", chain]
        maker.standardError = FileHandle.nullDevice
        try maker.run()
        maker.waitUntilExit()
        #expect(maker.terminationStatus == 0)
        let output = Pipe()
        process.executableURL = URL(filePath: "/usr/bin/openssl")
        process.arguments =
            ["s_server", "-accept", "127.0.0.1:\(port)", "-key", key, "-cert", chain, "-www"]
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        // It says ACCEPT when it listens.
        var text = ""
        while !text.contains("ACCEPT") {
            let bytes = output.fileHandleForReading.availableData
            try #require(!bytes.isEmpty, "the server ended")
            text += String(decoding: bytes, as: UTF8.self)
        }
    }

    deinit {
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }
}
