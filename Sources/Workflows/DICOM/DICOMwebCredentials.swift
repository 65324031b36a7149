import Foundation

/// What proves to a server who asks; never printed.
public enum DICOMwebCredentials: Sendable, Equatable {
    /// None.
    case none
    /// A name and a password, RFC 7617.
    case basic(user: String, password: String)
    /// A token, RFC 6750.
    case bearer(token: String)

    /// The variable that holds a user's name.
    public static let userVariable = "SKIAGRAPH_DICOMWEB_USER"
    /// The variable that holds the user's password.
    public static let passwordVariable = "SKIAGRAPH_DICOMWEB_PASSWORD"
    /// The variable that holds a token.
    public static let tokenVariable = "SKIAGRAPH_DICOMWEB_TOKEN"

    /// Takes credentials from an environment.
    ///
    /// - Throws: `DICOMwebError.ambiguousCredentials`.
    public init(environment: [String: String]) throws(DICOMwebError) {
        func value(_ name: String) -> String? {
            environment[name].flatMap { $0.isEmpty ? nil : $0 }
        }
        let user = value(Self.userVariable)
        let password = value(Self.passwordVariable)
        switch (value(Self.tokenVariable), user, password) {
        case (nil, nil, nil): self = .none
        case (let token?, nil, nil): self = .bearer(token: token)
        case (nil, let user?, let password?):
            guard !user.contains(":") else {
                throw .ambiguousCredentials("\(Self.userVariable) has a colon in it")
            }
            self = .basic(user: user, password: password)
        case (_?, _, _):
            throw .ambiguousCredentials(
                "set either \(Self.tokenVariable), or a user and a password"
            )
        case (nil, _, _):
            throw .ambiguousCredentials(
                "\(Self.userVariable) and \(Self.passwordVariable) belong together"
            )
        }
    }

    /// The value of the header Authorization.
    var authorization: String? {
        switch self {
        case .none: nil
        case .basic(let user, let password):
            "Basic " + Data("\(user):\(password)".utf8).base64EncodedString()
        case .bearer(let token): "Bearer \(token)"
        }
    }
}
