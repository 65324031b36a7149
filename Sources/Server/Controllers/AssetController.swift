import HTTPTypes
import Hummingbird

/// Styles, scripts and drawings, which are part of the program and the same for everybody.
struct AssetController {
    static let path = "/assets/"

    func addRoutes(to router: Router<ReaderContext>) {
        router.get("assets/:name") { _, context in
            let name = try context.parameters.require("name")
            guard let (type, bytes) = Self.assets[name] else { throw PageError.notFound }
            return Response(
                status: .ok,
                headers: [.contentType: type],
                body: ResponseBody(byteBuffer: bytes)
            )
        }
    }

    private static let assets: [String: (type: String, bytes: ByteBuffer)] = {
        let files = [
            ("style.css", "text/css", PackageResources.style_css),
            ("reading.js", "text/javascript", PackageResources.reading_js),
            ("viewer.js", "text/javascript", PackageResources.viewer_js),
            ("answer.js", "text/javascript", PackageResources.answer_js),
            ("sign-in.js", "text/javascript", PackageResources.sign_in_js),
            ("icon.svg", "image/svg+xml", PackageResources.icon_svg),
            ("grey-steps.svg", "image/svg+xml", PackageResources.grey_steps_svg),
        ]
        return Dictionary(
            uniqueKeysWithValues: files.map { name, type, bytes in
                (name, (type: type + "; charset=utf-8", bytes: ByteBuffer(bytes: bytes)))
            }
        )
    }()
}
