import Archive

/// The release in short: what it was made from and by which rules.
struct ReleaseSummary: Encodable {
    static let fileName = "release.json"

    let format = 1
    let name: String
    let version: String
    let createdAt: Timestamp
    let softwareVersion: String
    let query: String
    let imageCount: Int
    let leftOutCount: Int
    let policy: String
    let reviewLogHead: String
    let includesDICOM: Bool
    let memorizationMeasures: [String]
    let trainingData: [String]

    enum CodingKeys: String, CodingKey {
        case format, name, version, query, policy
        case createdAt = "created_at"
        case softwareVersion = "software_version"
        case imageCount = "images"
        case leftOutCount = "left_out"
        case reviewLogHead = "review_log_head"
        case includesDICOM = "dicom"
        case memorizationMeasures = "memorization_measures"
        case trainingData = "training_data"
    }

    init(_ contents: ReleaseContents, images: [ReleasedImage]) {
        let request = contents.request
        name = request.description.name
        version = request.description.version
        createdAt = contents.createdAt
        softwareVersion = contents.source.softwareVersion
        query = request.query.description
        imageCount = images.count
        leftOutCount = contents.choice.blocked.count
        policy = contents.source.policyName
        reviewLogHead = contents.reviewLogHead
        includesDICOM = request.includesDICOM
        memorizationMeasures = Set(images.map(\.memorization.measure)).sorted()
        trainingData = Set(images.map(\.memorization.trainingData)).sorted()
    }
}
