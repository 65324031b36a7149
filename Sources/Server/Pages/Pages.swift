import Foundation
import HTTPTypes
import Hummingbird
import Mustache

/// The server's pages, made from the templates in `Web`.
struct Pages: Sendable {
    private let library: MustacheLibrary
    private let title: String

    /// Reads the templates, which are part of the program.
    init(title: String) throws {
        var library = MustacheLibrary()
        for (name, template) in Self.templates {
            try library.register(String(decoding: template, as: UTF8.self), named: name)
        }
        self.library = library
        self.title = title
    }

    func signIn(problem: String? = nil) throws -> Response {
        var response = try render("sign-in", SignIn(title: title, problem: problem))
        if problem != nil { response.status = .unauthorized }
        return response
    }

    func message(_ message: Message) throws -> Response {
        var message = message
        message.title = title
        return try render("message", message)
    }

    func screenCheck(csrf: String) throws -> Response {
        try render("screen-check", ScreenCheckPage(title: title, csrf: csrf))
    }

    func reading(_ page: ReadingPage) throws -> Response {
        try render("reading", page)
    }

    private func render(_ name: String, _ value: some Sendable) throws -> Response {
        guard let text = library.render(value, withTemplate: name) else {
            throw ServerError.page(name: name)
        }
        return Response(
            status: .ok,
            headers: [.contentType: "text/html; charset=utf-8"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text))
        )
    }

    private static let templates = [
        "head": PackageResources.head_mustache,
        "sign-in": PackageResources.sign_in_mustache,
        "message": PackageResources.message_mustache,
        "screen-check": PackageResources.screen_check_mustache,
        "reading": PackageResources.reading_mustache,
    ]

    private struct SignIn {
        let heading = "Sign in"
        let title: String
        let problem: String?
    }

    private struct ScreenCheckPage {
        let heading = "Check your screen"
        let title: String
        let csrf: String
    }
}

/// A page of a few words, perhaps with one thing to do.
struct Message {
    /// A button.
    struct Action {
        let method: String
        let target: String
        let label: String

        static func get(_ target: String, _ label: String) -> Action {
            Action(method: "get", target: target, label: label)
        }

        static func post(_ target: String, _ label: String) -> Action {
            Action(method: "post", target: target, label: label)
        }
    }

    var title = ""
    var heading: String
    var paragraphs: [String]
    var action: Action?
    /// The form token, where a form needs one.
    var csrf: String?
    /// Whether the reader can sign out here.
    var signOut = false
}
