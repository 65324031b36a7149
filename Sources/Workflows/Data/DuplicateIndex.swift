import Imaging

/// The images of a set by what they look like.
struct DuplicateIndex {
    private var byPixels: [String: String] = [:]
    private var images: [(hash: PerceptualHash, image: ImportJournal.Image)] = []

    /// An image is in the set from now on.
    mutating func insert(_ image: ImportJournal.Image) {
        byPixels[image.pixelSHA256] = image.file
        if let hash = PerceptualHash(hexadecimal: image.perceptualHash) {
            images.append((hash, image))
        }
    }

    /// The image of equal pixels.
    func equal(to pixelSHA256: String) -> String? { byPixels[pixelSHA256] }

    /// The image nearest to a hash among those of other parts, if it is near.
    ///
    /// Training on one and testing on the other would measure memory.
    func near(_ hash: PerceptualHash, outside part: PatientSplit.Part) -> ImportJournal.Image? {
        images.lazy.filter { $0.image.part != part }
            .map { (distance: $0.hash.distance(to: hash), image: $0.image) }
            .filter { $0.distance <= PerceptualHash.nearDistance }
            .min { $0.distance < $1.distance }?.image
    }
}
