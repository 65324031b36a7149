import HTTPTypes
import Hummingbird
import StudyStore

/// Why a request gets a page that says no.
enum PageError: Error, Equatable {
    /// Nothing is here, or nothing that this reader may see.
    case notFound
    /// The request needs a session.
    case signedOut
    /// The form is not one that a page here sends.
    case unreadableForm
    /// The form does not come from a page of this session.
    case foreignForm
    /// Too many wrong codes; try again after some seconds.
    case tooManyCodes(wait: Int)
    /// The image has an answer already.
    case alreadyAnswered
    /// The answer does not fit the questions.
    case invalidAnswer(String)
    /// The study takes no answers.
    case closed
    /// Something else the browser did wrong.
    case refused(HTTPResponse.Status)
    /// The server's own fault; the log has it.
    case internalFault

    /// Sorts any error.
    init(_ error: any Error) {
        switch error {
        case let error as PageError: self = error
        case let error as StudyStoreError:
            switch error {
            case .closed: self = .closed
            case .invalidAnswer: self = .invalidAnswer("\(error)")
            default: self = .internalFault
            }
        case let error as any HTTPResponseError:
            switch error.status.kind {
            case .clientError where error.status == .notFound: self = .notFound
            case .clientError: self = .refused(error.status)
            default: self = .internalFault
            }
        default: self = .internalFault
        }
    }

    var status: HTTPResponse.Status {
        switch self {
        case .notFound: .notFound
        case .signedOut: .unauthorized
        case .unreadableForm: .badRequest
        case .foreignForm: .forbidden
        case .tooManyCodes: .tooManyRequests
        case .alreadyAnswered, .closed: .conflict
        case .invalidAnswer: .unprocessableContent
        case .refused(let status): status
        case .internalFault: .internalServerError
        }
    }

    /// What the reader is told.
    var message: String {
        switch self {
        case .notFound: "There is nothing here. Go back to the study."
        case .signedOut:
            "You are signed out. Enter your invitation code to go on where you stopped."
        case .unreadableForm:
            "The server could not read what was sent. Reload the page and try again."
        case .foreignForm: "This page is from an earlier sign-in. Reload it and try again."
        case .tooManyCodes(let wait):
            "Too many wrong codes. Try again in \(wait) \(wait == 1 ? "second" : "seconds")."
        case .alreadyAnswered:
            "This image has an answer already, perhaps from another window. The first one stays."
        case .invalidAnswer(let text): "The answer was not taken: \(text)."
        case .closed: "The study is closed and takes no more answers."
        case .refused: "The server does not take this request."
        case .internalFault: "The server has a problem. Your earlier answers are safe. Try again."
        }
    }
}
