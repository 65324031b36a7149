import Archive

extension ReproduceImage {
    /// Why an image was not made once more, byte for byte.
    public enum Failure: Error, Equatable, Sendable {
        /// What the record tells of cannot be done by a model alone, or not by this version.
        case notReproducible(id: Int64, reason: String)
        /// The model of that name has other weights than the one that drew the image.
        case otherWeights(model: String, folder: String, found: String, expected: String)
        /// The file that was given is not the one that was edited.
        case otherSource(path: String, found: String, expected: String)
        /// The file that came out is not the archive's.
        case otherFile(id: Int64, found: String, expected: String, isSamePicture: Bool)

        var kind: FailureKind {
            switch self {
            case .notReproducible: .usage
            case .otherWeights, .otherSource: .invalidData
            case .otherFile: .software
            }
        }
    }
}

extension ReproduceImage.Failure: CustomStringConvertible {
    /// What failed, what was found, and what to do, in one line.
    public var description: String {
        switch self {
        case .notReproducible(let id, let reason):
            "image \(id) cannot be made once more: \(reason)"
        case .otherWeights(let model, let folder, let found, let expected):
            "the weights in \(folder) are not those of \(model) that drew the image "
                + "(SHA-256 \(found), expected \(expected)); give its folder with --model, "
                + "and each LoRA with --lora"
        case .otherSource(let path, let found, let expected):
            "\(path) is not the file that was edited (SHA-256 \(found), expected \(expected)); "
                + "give that one with --source"
        case .otherFile(let id, let found, let expected, let isSamePicture):
            "image \(id) came out otherwise: the file's SHA-256 is \(found), not \(expected); "
                + (isSamePicture
                    ? "the pixels are the same, only the file is packed otherwise"
                    : "the pixels differ too; compare the version, libtorch and processor")
        }
    }
}

extension ReproduceImage.Result {
    /// Throws `ReproduceImage.Failure.otherFile` unless every byte is the same.
    public func requireSameFile() throws(ReproduceImage.Failure) {
        guard !isSameFile else { return }
        throw .otherFile(
            id: record.id,
            found: sha256,
            expected: record.file?.sha256 ?? "none",
            isSamePicture: isSamePicture
        )
    }
}
