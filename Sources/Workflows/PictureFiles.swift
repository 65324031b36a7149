import Foundation

/// The pictures in a folder.
enum PictureFiles {
    /// Names of PNG and JPEG files in their order, without contact sheets (`sheet.png`, `sheet-2.png`, …).
    ///
    /// - Throws: what Foundation says of the folder.
    static func names(in folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder).sorted().filter(isPicture)
    }

    private static func isPicture(_ name: String) -> Bool {
        let lower = name.lowercased()
        return [".png", ".jpg", ".jpeg"].contains { lower.hasSuffix($0) }
            && lower.wholeMatch(of: /sheet(-\d+)?\.png/) == nil && !lower.hasPrefix(".")
    }
}
