import Archive

/// What became of all images that were asked for and are not in a release.
struct ReleaseAccount: Encodable {
    /// One image that is not in the release.
    struct Line: Encodable {
        let id: Int64
        let outcome: ImageRecord.Outcome
        let review: ReviewState
        let prompt: String?
        /// Why there is no image.
        let reason: ImageRecord.Reason?
        /// Why its file was taken out of the archive.
        let removal: String?
        /// What stands in the way of an image that there is.
        let obstacles: [String]
        let rejectionReasons: [String]
        let comments: [String]

        enum CodingKeys: String, CodingKey {
            case id, outcome, review, prompt, reason, removal, obstacles, comments
            case rejectionReasons = "rejection_reasons"
        }
    }

    /// The query of the release without its filters of outcome, review and removal.
    let query: String
    let requestedCount: Int
    let releasedCount: Int
    let refusedCount: Int
    let failedCount: Int
    let rejectedCount: Int
    /// Whose files were taken out of the archive.
    let removedCount: Int
    /// Made, but not in the release for any reason.
    let leftOutCount: Int
    let groups: [ImageAccount.Group]
    let refusals: [ImageAccount.Tally]
    let failures: [ImageAccount.Tally]
    let rejections: [ImageAccount.Tally]

    enum CodingKeys: String, CodingKey {
        case query, groups, refusals, failures, rejections
        case requestedCount = "requested"
        case releasedCount = "released"
        case refusedCount = "refused"
        case failedCount = "failed"
        case rejectedCount = "rejected"
        case removedCount = "removed"
        case leftOutCount = "made_but_not_released"
    }

    init(_ account: ImageAccount, query: ImageQuery, releasedCount: Int) {
        // Images of patients are nobody's request.
        let groups = account.groups.filter { $0.kind != .real }
        func count(_ isMeant: (ImageAccount.Group) -> Bool) -> Int {
            groups.filter(isMeant).reduce(0) { $0 + $1.count }
        }
        self.groups = groups
        self.query = query.description
        self.releasedCount = releasedCount
        requestedCount = count { _ in true }
        refusedCount = count { $0.outcome == .refused }
        failedCount = count { $0.outcome == .failed }
        rejectedCount = count { $0.outcome == .done && $0.review == .rejected }
        removedCount = count { $0.isRemoved }
        leftOutCount = count { $0.outcome == .done } - releasedCount
        refusals = account.refusals
        failures = account.failures
        rejections = account.rejections
    }
}
