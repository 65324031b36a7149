import DICOM
import Foundation
import Imaging
import Synchronization
import TestSupport
import Testing
import Workflows

/// Images go to a real server by STOW-RS and come back by WADO-RS.
struct PushToDICOMwebTests {
    private static let credentials = DICOMwebCredentials.basic(
        user: Orthanc.user,
        password: Orthanc.password
    )

    /// Secondary Captures of different levels, `count` of them.
    private func captures(_ count: Int, in folder: TemporaryFolder) throws -> [String] {
        try (0..<count).map { index in
            let capture = SecondaryCapture(
                image: try PixelImage(
                    width: 24,
                    height: 17,
                    channelCount: 1,
                    samples: .uint16((0..<24 * 17).map { UInt16($0 * 100 + index) })
                ),
                imageSHA256: String(repeating: "0\(index % 10)", count: 32),
                synthesis: Synthesis(prompt: "An X-ray of the hand", softwareVersion: "1.0"),
                modality: "XR",
                anatomy: "hand"
            )
            let path = "\(folder.path)/\(index).dcm"
            try capture.write(to: path)
            return path
        }
    }

    @Test func `what was pushed comes back byte for byte, and is pushed once`() async throws {
        let folder = try TemporaryFolder()
        let paths = try captures(5, in: folder)
        let server = try Orthanc(port: Orthanc.freePort())
        let push = PushToDICOMweb(url: server.url, credentials: Self.credentials)
        let first = Events()
        try await push.run(DICOMwebFile.find(Array(paths.prefix(3)))) { first.append($0) }
        #expect(first.words == ["stored 0", "stored 1", "stored 2"])
        // As after an interruption: only what the server lacks is sent.
        let second = Events()
        try await push.run(DICOMwebFile.find([folder.path])) { second.append($0) }
        #expect(second.words == ["present 0", "present 1", "present 2", "stored 3", "stored 4"])
        #expect(try server.instanceCount() == 5)
        for path in paths {
            let bytes = Array(try Data(contentsOf: URL(filePath: path)))
            let file = try DICOMFile(bytes)
            let found = try server.retrieve(
                study: #require(file.text(DICOMTag(0x0020, 0x000D))),
                series: #require(file.text(DICOMTag(0x0020, 0x000E))),
                instance: #require(file.text(.sopInstanceUID))
            )
            #expect(found == bytes)
        }
    }

    @Test func `a server that is down for now is asked again`() async throws {
        let folder = try TemporaryFolder()
        let paths = try captures(1, in: folder)
        let port = try Orthanc.freePort()
        let server = Mutex<Orthanc?>(nil)
        let pauses = Mutex<[Duration]>([])
        let push = PushToDICOMweb(
            url: Orthanc.url(port: port),
            credentials: Self.credentials,
            retryCount: 2
        ) { pause in
            pauses.withLock { $0.append(pause) }
            let isSecond = pauses.withLock { $0.count == 2 }
            if isSecond { try server.withLock { $0 = try Orthanc(port: port) } }
        }
        let events = Events()
        try await push.run(DICOMwebFile.find(paths)) { events.append($0) }
        #expect(events.words == ["retrying", "retrying", "stored 0"])
        #expect(pauses.withLock { $0 } == [.seconds(1), .seconds(2)])
        #expect(try server.withLock { try $0?.instanceCount() } == 1)
    }

    @Test func `a server that stays down is an error`() async throws {
        let folder = try TemporaryFolder()
        let paths = try captures(1, in: folder)
        let push = PushToDICOMweb(
            url: Orthanc.url(port: try Orthanc.freePort()),
            credentials: .none,
            retryCount: 3
        ) { _ in }
        let events = Events()
        let error = await #expect(throws: DICOMwebError.self) {
            try await push.run(DICOMwebFile.find(paths)) { events.append($0) }
        }
        #expect("\(error as Any)".contains("cannot be reached"))
        #expect(events.words == ["retrying", "retrying", "retrying"])
    }

    @Test func `a wrong password is told at once, and never printed`() async throws {
        let folder = try TemporaryFolder()
        let paths = try captures(1, in: folder)
        let server = try Orthanc(port: Orthanc.freePort())
        let push = PushToDICOMweb(
            url: server.url,
            credentials: .basic(user: Orthanc.user, password: "wrong-password")
        )
        let error = await #expect(throws: DICOMwebError.unauthorized(status: 401)) {
            try await push.run(DICOMwebFile.find(paths)) { _ in }
        }
        #expect("\(error as Any)".contains("SKIAGRAPH_DICOMWEB_PASSWORD"))
        #expect(!"\(error as Any)".contains("wrong-password"))
        #expect(try server.instanceCount() == 0)
    }

    @Test func `a broken file does not keep the others back`() async throws {
        let folder = try TemporaryFolder()
        let paths = try captures(2, in: folder)
        try Data(Data(contentsOf: URL(filePath: paths[0])).prefix(900))
            .write(to: URL(filePath: paths[0]))
        let server = try Orthanc(port: Orthanc.freePort())
        let push = PushToDICOMweb(url: server.url, credentials: Self.credentials)
        let events = Events()
        let error = await #expect(throws: DICOMwebError.self) {
            try await push.run(DICOMwebFile.find([folder.path])) { events.append($0) }
        }
        #expect("\(error as Any)".contains("1 of 2 images were not stored"))
        #expect("\(error as Any)".contains("truncated"))
        #expect(events.words == ["failed 0", "stored 1"])
    }

    @Test(arguments: [
        "ftp://example.org/dicom-web", "example.org", "https://u:p@example.org", "https://",
        "https://example.org/?a=b",
    ])
    func `what is no address of a service is refused`(url: String) async throws {
        let push = PushToDICOMweb(url: url, credentials: .none)
        await #expect(throws: DICOMwebError.invalidURL(url)) {
            try await push.run([DICOMwebFile(path: "/nowhere")]) { _ in }
        }
    }

    @Test func `credentials do not travel in the open`() async throws {
        let push = PushToDICOMweb(
            url: "http://example.org/dicom-web",
            credentials: .bearer(token: "t")
        )
        await #expect(throws: DICOMwebError.insecureCredentials(host: "example.org")) {
            try await push.run([DICOMwebFile(path: "/nowhere")]) { _ in }
        }
    }

    @Test func `credentials come from the environment and must be clear`() throws {
        #expect(try DICOMwebCredentials(environment: ["SKIAGRAPH_DICOMWEB_TOKEN": ""]) == .none)
        #expect(
            try DICOMwebCredentials(environment: ["SKIAGRAPH_DICOMWEB_TOKEN": "t"])
                == .bearer(token: "t")
        )
        let user = ["SKIAGRAPH_DICOMWEB_USER": "u"]
        #expect(throws: DICOMwebError.self) { try DICOMwebCredentials(environment: user) }
        let both = user.merging(["SKIAGRAPH_DICOMWEB_PASSWORD": "p"]) { $1 }
        #expect(
            try DICOMwebCredentials(environment: both) == .basic(user: "u", password: "p")
        )
        let all = both.merging(["SKIAGRAPH_DICOMWEB_TOKEN": "t"]) { $1 }
        #expect(throws: DICOMwebError.self) { try DICOMwebCredentials(environment: all) }
    }
}

/// What a push reports, with files named by their numbers.
private final class Events: Sendable {
    private let list = Mutex<[PushToDICOMweb.Event]>([])

    func append(_ event: PushToDICOMweb.Event) { list.withLock { $0.append(event) } }

    var words: [String] {
        list.withLock { $0 }.map { event in
            switch event {
            case .stored(let name, _): "stored \(number(name))"
            case .present(let name, _): "present \(number(name))"
            case .failed(let name, _): "failed \(number(name))"
            case .retrying: "retrying"
            }
        }
    }

    private func number(_ path: String) -> String {
        URL(filePath: path).deletingPathExtension().lastPathComponent
    }
}
