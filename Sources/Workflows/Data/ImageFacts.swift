/// What is known of an image to be imported; nil is not stated.
struct ImageFacts: Codable, Equatable, Sendable {
    /// XR, CT, MR, US or another term of DICOM.
    var modality: String?
    /// The region of the body in words.
    var anatomy: String?
    /// PA, AP, lateral, axial and so on.
    var view: String?
    /// left or right.
    var side: String?
    var finding: String?
    /// F or M.
    var sex: String?
    /// Years up to `oldestAge`, or words such as "child".
    var age: String?
    var licence: String?
    /// The caption, where a source gives one.
    var prompt: String?
    /// Whatever tells patients apart in the source; it never enters the data set.
    var patient: String?

    /// Stands for all greater ages, which few people reach.
    static let oldestAge = 90

    /// The columns of a table of labels.
    static let columns:
        [(name: String, path: any WritableKeyPath<ImageFacts, String?> & Sendable)] = [
            ("modality", \.modality), ("anatomy", \.anatomy), ("view", \.view), ("side", \.side),
            ("finding", \.finding), ("sex", \.sex), ("age", \.age), ("licence", \.licence),
            ("prompt", \.prompt), ("patient", \.patient),
        ]

    /// These facts, with those of others where nothing is stated here.
    func completed(by others: ImageFacts) -> ImageFacts {
        var result = self
        for (_, path) in Self.columns where result[keyPath: path] == nil {
            result[keyPath: path] = others[keyPath: path]
        }
        return result
    }
}
