import Archive
import Foundation
import Testing

@testable import Release

struct ReviewStatisticsTests {
    /// 50 proposals, of which both readers accept 20 and reject 15, one alone accepts 5, the other 10: agreement 0.7, by
    /// chance 0.5, kappa 0.4 (the standard worked example of Cohen's kappa).
    @Test func `agreement of two reviewers is Cohen's kappa`() throws {
        let cases = [
            ("accept", "accept", 20), ("accept", "reject", 5), ("reject", "accept", 10),
            ("reject", "reject", 15),
        ]
        var votes: [[Vote]] = []
        for (first, second, count) in cases {
            for _ in 0..<count {
                votes.append([try vote("Ada", first), try vote("Ben", second)])
            }
        }
        let statistics = statistics(votes)
        let pair = try #require(statistics.pairs.first)
        #expect(pair.imageCount == 50)
        #expect(pair.agreedCount == 35)
        #expect(abs(try #require(pair.kappa) - 0.4) < 1e-12)
        #expect(pair.sentence == "Ada and Ben agree on 35 of 50 images, Cohen's kappa 0.40.")
        #expect(statistics.reviewers.map(\.acceptedCount) == [25, 30])
    }

    @Test func `superseded votes are counted apart, and kappa needs both decisions`() throws {
        let votes = [
            [
                try vote("Ada", "reject", superseded: true), try vote("Ada", "accept"),
                try vote("Ben", "accept"),
            ],
            [],
        ]
        let statistics = statistics(votes)
        #expect(statistics.imageCount == 1)
        #expect(statistics.reviewers.map(\.supersededCount) == [1, 0])
        #expect(statistics.reviewers.map(\.voteCount) == [1, 1])
        #expect(statistics.pairs.map(\.kappa) == [nil])
    }

    private func statistics(_ votes: [[Vote]]) -> ReviewStatistics {
        let reviewers = ["Ada", "Ben", "Cy"].map { Reviewer(name: $0, credentials: "radiologist") }
        return ReviewStatistics(votes: votes, reviewers: reviewers, rule: .standard)
    }

    private func vote(_ reviewer: String, _ decision: String, superseded: Bool = false) throws
        -> Vote
    {
        let json = """
            {"seq": 1, "recorded_at": "2026-01-31T08:15:00.250Z", "image": 1, "image_sha256": "", "reasons": [],
             "reviewer": "\(reviewer)", "decision": "\(decision)", "superseded": \(superseded)}
            """
        return try JSONDecoder().decode(Vote.self, from: Data(json.utf8))
    }
}
