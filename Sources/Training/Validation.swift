public import Imaging

/// What the averaged weights of a run are worth at one of its steps.
public struct Validation {
    /// The loss on images kept for tests, where there are such.
    public let loss: Double?
    /// Pictures and what they show.
    public let pictures: [(name: String, picture: PixelImage)]

    /// Puts both together.
    public init(loss: Double?, pictures: [(name: String, picture: PixelImage)]) {
        self.loss = loss
        self.pictures = pictures
    }
}
