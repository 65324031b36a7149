public import Foundation
public import Imaging

extension Synthesis {
    /// What an object states of an image that was generated or edited.
    public init(_ provenance: Provenance, date: Date? = nil) {
        self.init(
            prompt: provenance.prompt,
            model: provenance.model,
            modelSHA256: provenance.modelSHA256,
            softwareVersion: provenance.softwareVersion,
            date: date
        )
    }
}
