/// A release's dataset-metadata.json, as Kaggle's command line reads it.
struct KaggleMetadata: Encodable {
    struct License: Encodable { let name: String }

    let title: String
    let id: String
    let subtitle: String
    let description: String
    let licenses: [License]
    let keywords: [String]

    init(_ facts: ReleaseFacts) {
        let description = facts.description
        title = description.title
        id = "\(description.kaggleOwner)/\(description.name)"
        // Kaggle wants 20 to 80 characters.
        subtitle = "Synthetic radiology images accepted by expert review"
        self.description =
            "\(description.summary)\n\n\(facts.collection)\n\n\(facts.annotation)\n\n"
            + "\(facts.memorization)\n\n"
            + (facts.uses + facts.limitations).joined(separator: "\n\n")
        licenses = [License(name: description.license.rawValue)]
        keywords = ["medicine", "image", "deep learning"]
    }
}
