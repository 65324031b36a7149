import ArgumentParser
import Server
import StudyStore

/// `skiagraph study serve`: lets readers read.
struct StudyServe: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Let invited readers read a study in their browsers, until Ctrl-C.",
        discussion: """
            Only browsers on this machine reach the server, unless --host says otherwise; then it needs
            a certificate, or a proxy in front that speaks TLS and passes Host and X-Forwarded-For.
            The server may be stopped or killed at any time: an answer is on disk before the reader
            sees the next image.

            EXAMPLES:
              skiagraph study serve lungs
              skiagraph study serve lungs --host 0.0.0.0 --port 8443 \\
                --certificate chain.pem --key key.pem
            """
    )

    @OptionGroup var options: StudyOptions

    @Option(help: "Name or address to listen at.")
    var host = "127.0.0.1"

    @Option(help: "Port to listen at; 0 takes a free one.")
    var port = 8080

    @Option(help: "PEM file of the certificate and those that vouch for it.")
    var certificate: String?

    @Option(help: "PEM file of the certificate's key.")
    var key: String?

    @Flag(help: "A proxy in front speaks TLS with the browsers.")
    var behindProxy = false

    func validate() throws {
        guard (0...65_535).contains(port) else {
            throw ValidationError("--port is \(port); it must be 0 to 65535")
        }
        guard (certificate == nil) == (key == nil) else {
            throw ValidationError("--certificate and --key belong together; give both")
        }
        guard certificate == nil || !behindProxy else {
            throw ValidationError(
                "with --behind-proxy the proxy has the certificate; leave --certificate and --key out"
            )
        }
    }

    func run() async throws {
        try await complaining {
            let study = try options.open()
            let name = study.definition.name
            let (scheme, host) = (certificate == nil ? "http" : "https", addressName)
            let settings = ServerSettings(host: self.host, port: port, transport: transport)
            try await serve(
                study,
                settings: settings,
                onListening: { port in
                    reportOnStandardError(
                        """
                        The study \(name) is served at \(scheme)://\(host):\(port)/ until Ctrl-C.
                        Readers come by their links, which skiagraph study invite \(name) makes.
                        """
                    )
                }
            )
        }
    }

    private var transport: ServerSettings.Transport {
        if behindProxy { return .proxy }
        guard let certificate, let key else { return .plain }
        return .tls(certificate: certificate, key: key)
    }

    /// The host as addresses have it: IPv6 in brackets.
    private var addressName: String { host.contains(":") ? "[\(host)]" : host }
}
