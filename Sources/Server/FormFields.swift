import Foundation
import HTTPTypes
import Hummingbird

/// The fields of a submitted form; a name can come several times.
struct FormFields: Sendable {
    /// The largest form, in bytes: the longest description, with room for what it is packed in.
    static let sizeLimit = 64 * 1024

    private let values: [String: [String]]

    /// Reads the form of a request.
    ///
    /// - Throws: `PageError.unreadableForm` for anything but a URL-encoded form of moderate size.
    init(of request: Request) async throws(PageError) {
        let type = request.headers[.contentType]?.prefix { $0 != ";" }
        guard type == "application/x-www-form-urlencoded" else { throw .unreadableForm }
        let text: String
        do {
            text = String(buffer: try await request.body.collect(upTo: Self.sizeLimit))
        } catch {
            throw .unreadableForm
        }
        try self.init(encoded: text)
    }

    /// Reads a URL-encoded form.
    init(encoded text: String) throws(PageError) {
        var values: [String: [String]] = [:]
        for pair in text.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let words = parts.compactMap {
                $0.replacing("+", with: " ").removingPercentEncoding
            }
            guard words.count == parts.count, let name = words.first else { throw .unreadableForm }
            // Browsers send line ends as CRLF.
            let value = words.count == 2 ? words[1].replacing("\r\n", with: "\n") : ""
            values[name, default: []].append(value)
        }
        self.values = values
    }

    /// The field of this name, or nil where it is absent or empty.
    subscript(name: String) -> String? {
        guard let value = values[name]?.first, !value.isEmpty else { return nil }
        return value
    }

    /// All fields of this name.
    func all(_ name: String) -> [String] { values[name] ?? [] }

    /// Throws unless the form comes from one of this session's pages.
    func check(_ signedIn: SignedIn) throws(PageError) {
        guard self["csrf"] == signedIn.formToken else { throw .foreignForm }
    }
}
