import FoundationEssentials
import Imaging

extension Provenance {
    /// Whether a record tells otherwise of an image than its file does.
    ///
    /// The file is fixed by its hash, so that a hand in the database shows. Of a file that tells nothing, anything may
    /// be told.
    /// - Parameters:
    ///   - recorded: the record's provenance as JSON; nil for a real image.
    ///   - bytes: the file.
    /// - Returns: whether one of them is not what it was.
    /// - Throws: `ImagingError` for a file whose provenance cannot be read.
    static func differs(_ recorded: String?, fromThatIn bytes: [UInt8]) throws(ImagingError) -> Bool
    {
        guard let own = try found(in: bytes) else { return false }
        let told = recorded.flatMap {
            try? JSONDecoder().decode(Provenance.self, from: Data($0.utf8))
        }
        return told != own
    }
}
