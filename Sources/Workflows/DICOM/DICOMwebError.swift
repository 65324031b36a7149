/// Why images could not be given to a DICOMweb server.
public enum DICOMwebError: Error, Sendable, Equatable {
    /// The address is none of a DICOMweb service.
    case invalidURL(String)
    /// Credentials would travel unencrypted over a network.
    case insecureCredentials(host: String)
    /// The environment names credentials that make no sense together.
    case ambiguousCredentials(String)
    /// The server refuses who asks.
    case unauthorized(status: Int)
    /// The server answers what the standard does not provide for, or says that it failed.
    case status(Int, request: String, body: String)
    /// The server cannot be reached, or stops answering.
    case unreachable(reason: String)
    /// The server's certificate is not trusted.
    case untrusted(reason: String)
    /// Nothing to send.
    case noFiles
    /// Some images were not stored; the first one's reason.
    case failed(count: Int, of: Int, reason: String)

    /// Whether the same request may succeed a little later.
    var isTemporary: Bool {
        switch self {
        case .unreachable: true
        case .status(let status, _, _): [408, 429, 500, 502, 503, 504].contains(status)
        default: false
        }
    }
}

extension DICOMwebError: CustomStringConvertible {
    /// What failed, what was found, and what to do, in one line.
    public var description: String {
        switch self {
        case .invalidURL(let url):
            "\"\(url)\" is no address of a DICOMweb service; "
                + "give one such as https://pacs.example.org/dicom-web"
        case .insecureCredentials(let host):
            "credentials are not sent unencrypted to \(host); use an https address"
        case .ambiguousCredentials(let problem):
            "the environment's credentials are not clear: \(problem)"
        case .unauthorized(let status):
            "the server refuses access (status \(status)); set "
                + "\(DICOMwebCredentials.userVariable) and "
                + "\(DICOMwebCredentials.passwordVariable), or "
                + "\(DICOMwebCredentials.tokenVariable), in the environment"
        case .status(let status, let request, let body):
            "the server answers \(request) with status \(status)"
                + (body.isEmpty ? "" : ": \(body)")
        case .unreachable(let reason):
            "the server cannot be reached: \(reason)"
        case .untrusted(let reason):
            "the server's certificate is not trusted (\(reason)); "
                + "add its authority to those of the system"
        case .noFiles:
            "no DICOM files to send; name files, or folders that hold some"
        case .failed(let count, let total, let reason):
            "\(count) of \(total) images were not stored; the first: \(reason); "
                + "the same command again sends only what the server lacks"
        }
    }
}
