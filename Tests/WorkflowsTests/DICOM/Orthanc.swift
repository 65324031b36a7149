import Foundation

/// A real DICOM server of this machine, for this machine alone, gone when the test ends.
final class Orthanc: Sendable {
    static let user = "reader"
    static let password = "a secret: with colon"

    let port: Int
    private let folder: String
    private let process: Process

    /// The address of its DICOMweb service.
    var url: String { Self.url(port: port) }

    static func url(port: Int) -> String { "http://127.0.0.1:\(port)/dicom-web" }

    /// A port that nothing listens to.
    static func freePort() throws -> Int {
        let socket = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(socket) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isNamed = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(socket, $0, length) == 0 && getsockname(socket, $0, &length) == 0
            }
        }
        guard isNamed else { throw Failure(text: "no free port: error \(errno)") }
        return Int(UInt16(bigEndian: address.sin_port))
    }

    /// Starts the server and waits until it answers.
    init(port: Int) throws {
        self.port = port
        let program = "/usr/sbin/Orthanc"
        guard FileManager.default.isExecutableFile(atPath: program) else {
            throw Failure(text: "\(program) is missing; run make test, which installs it")
        }
        folder =
            FileManager.default.temporaryDirectory
            .appending(path: "skiagraph-orthanc-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let configuration: [String: Any] = [
            "HttpPort": port, "RemoteAccessAllowed": false, "DicomServerEnabled": false,
            "AuthenticationEnabled": true, "RegisteredUsers": [Self.user: Self.password],
            "StorageDirectory": folder, "IndexDirectory": folder,
            "Plugins": ["/usr/share/orthanc/plugins/libOrthancDicomWeb.so"],
            "DicomWeb": ["Enable": true, "Root": "/dicom-web/"],
        ]
        let path = folder + "/orthanc.json"
        try JSONSerialization.data(withJSONObject: configuration).write(to: URL(filePath: path))
        process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = [path]
        process.standardOutput = FileHandle.nullDevice
        let log = folder + "/log"
        try Data().write(to: URL(filePath: log))
        process.standardError = try FileHandle(forWritingTo: URL(filePath: log))
        try process.run()
        for _ in 0..<600 {
            if try Self.get("http://127.0.0.1:\(port)/system", accept: "*/*").status == 200 {
                return
            }
            guard process.isRunning else { break }
            usleep(100_000)
        }
        throw Failure(
            text: "Orthanc does not start: \(try String(contentsOfFile: log, encoding: .utf8))"
        )
    }

    deinit {
        // It inherits the test's signal mask, which may hold back SIGTERM.
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// How many instances the server has, in its own words.
    func instanceCount() throws -> Int {
        let answer = try Self.get("http://127.0.0.1:\(port)/instances", accept: "*/*")
        let list = try JSONSerialization.jsonObject(with: answer.body) as? [Any]
        return list?.count ?? -1
    }

    /// The file of an instance, by WADO-RS.
    func retrieve(study: String, series: String, instance: String) throws -> [UInt8] {
        let answer = try Self.get(
            "\(url)/studies/\(study)/series/\(series)/instances/\(instance)",
            accept: "multipart/related; type=\"application/dicom\"; transfer-syntax=*"
        )
        let blank = Data("\r\n\r\n".utf8)
        guard answer.status == 200, let head = answer.body.range(of: blank),
            let tail = answer.body.range(of: Data("\r\n--".utf8), options: .backwards)
        else { throw Failure(text: "WADO-RS answers with status \(answer.status)") }
        return Array(answer.body[head.upperBound..<tail.lowerBound])
    }

    /// Asks with curl, so that nothing under test is used.
    private static func get(_ url: String, accept: String) throws -> (status: Int, body: Data) {
        let path = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
        defer { try? FileManager.default.removeItem(atPath: path) }
        let curl = Process()
        curl.executableURL = URL(filePath: "/usr/bin/curl")
        curl.arguments = [
            "--silent", "--noproxy", "*", "--user", "\(user):\(password)", "--header",
            "Accept: \(accept)", "--output", path, "--write-out", "%{http_code}", url,
        ]
        let output = Pipe()
        curl.standardOutput = output
        try curl.run()
        let text = try output.fileHandleForReading.readToEnd() ?? Data()
        curl.waitUntilExit()
        let body = FileManager.default.contents(atPath: path) ?? Data()
        return (Int(String(decoding: text, as: UTF8.self)) ?? 0, body)
    }

    struct Failure: Error, CustomStringConvertible {
        let text: String
        var description: String { text }
    }
}
