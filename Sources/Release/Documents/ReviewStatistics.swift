import Archive
import Foundation

/// Who reviewed the images that a release was chosen from, how often, and how well the reviewers agree.
struct ReviewStatistics: Encodable {
    /// One reviewer's standing votes.
    struct Entry: Encodable {
        let reviewer: Reviewer
        let voteCount: Int
        let acceptedCount: Int
        let rejectedCount: Int
        /// Votes that later ones took the place of.
        let supersededCount: Int

        enum CodingKeys: String, CodingKey {
            case reviewer
            case voteCount = "votes"
            case acceptedCount = "accepted"
            case rejectedCount = "rejected"
            case supersededCount = "superseded"
        }
    }

    /// How often two reviewers decided alike on the images that both judged.
    struct Pair: Encodable {
        let reviewers: [String]
        let imageCount: Int
        let agreedCount: Int
        /// Cohen's kappa (1960): agreement beyond chance; nil where chance alone would agree always.
        let kappa: Double?

        enum CodingKeys: String, CodingKey {
            case reviewers, kappa
            case imageCount = "images"
            case agreedCount = "agreed"
        }
    }

    let rule: ReviewRule
    /// Images with at least one vote.
    let imageCount: Int
    let reviewers: [Entry]
    let pairs: [Pair]

    enum CodingKeys: String, CodingKey {
        case rule, reviewers, pairs
        case imageCount = "reviewed_images"
    }

    /// Counts votes.
    ///
    /// - Parameters:
    ///   - votes: all votes on each image, superseded ones too.
    ///   - reviewers: those who are registered; who has not voted is left out.
    ///   - rule: by which votes became decisions.
    init(votes: [[Vote]], reviewers: [Reviewer], rule: ReviewRule) {
        self.rule = rule
        imageCount = votes.count { !$0.isEmpty }
        let all = votes.joined()
        let voters = reviewers.filter { reviewer in all.contains { $0.reviewer == reviewer.name } }
        self.reviewers = voters.map { voter in
            let own = all.filter { $0.reviewer == voter.name }
            let standing = own.filter { !$0.isSuperseded }
            return Entry(
                reviewer: voter,
                voteCount: standing.count,
                acceptedCount: standing.count { $0.decision == .accept },
                rejectedCount: standing.count { $0.decision == .reject },
                supersededCount: own.count - standing.count
            )
        }
        let standing = votes.map { votes in
            Dictionary(
                votes.filter { !$0.isSuperseded }.map { ($0.reviewer, $0.decision) },
                uniquingKeysWith: { $1 }
            )
        }
        pairs = voters.indices.flatMap { first in
            voters.indices.dropFirst(first + 1).compactMap { second in
                Pair(voters[first].name, voters[second].name, standing)
            }
        }
    }
}

extension ReviewStatistics.Pair {
    fileprivate init?(
        _ first: String,
        _ second: String,
        _ votes: [[String: Vote.Decision]]
    ) {
        let both = votes.compactMap { votes in
            votes[first].flatMap { mine in votes[second].map { (mine, $0) } }
        }
        guard !both.isEmpty else { return nil }
        let total = Double(both.count)
        reviewers = [first, second]
        imageCount = both.count
        agreedCount = both.count { $0.0 == $0.1 }
        let firstShare = Double(both.count { $0.0 == .accept }) / total
        let secondShare = Double(both.count { $0.1 == .accept }) / total
        // The agreement that two reviewers with these habits would reach by chance.
        let chance = firstShare * secondShare + (1 - firstShare) * (1 - secondShare)
        kappa = chance == 1 ? nil : (Double(agreedCount) / total - chance) / (1 - chance)
    }
}

extension ReviewStatistics.Pair {
    /// The agreement in words.
    var sentence: String {
        let share =
            "\(reviewers.joined(separator: " and ")) agree on \(agreedCount) of \(imageCount) images"
        return kappa.map { "\(share), Cohen's kappa \(String(format: "%.2f", $0))." } ?? "\(share)."
    }
}
