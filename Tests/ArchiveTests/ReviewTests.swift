import Archive
import Testing

struct ReviewTests {
    let workspace: TemporaryArchive
    let image: ImageRecord
    var archive: ImageArchive { workspace.archive }

    init() throws {
        workspace = try TemporaryArchive()
        image = try workspace.addImage()
        try archive.register(Reviewer(name: "Ada", credentials: "radiologist, 12 years"))
        try archive.register(Reviewer(name: "Ben", credentials: "resident"))
        try archive.register(
            Reviewer(name: "Cleo", credentials: "head of department", role: .adjudicator)
        )
    }

    /// Votes written as letters: a for accept, r for reject.
    @Test(
        arguments: [
            (2, .unanimity, true, "", .unreviewed),
            (2, .unanimity, true, "a", .pending),
            (2, .unanimity, true, "aa", .accepted),
            (2, .unanimity, true, "rr", .rejected),
            (2, .unanimity, true, "ar", .disputed),
            (2, .unanimity, true, "ara", .accepted),
            (2, .unanimity, true, "rar", .rejected),
            (2, .unanimity, false, "ar", .rejected),
            (3, .majority, true, "aa", .pending),
            (3, .majority, true, "aar", .accepted),
            (3, .majority, true, "arr", .rejected),
            (4, .majority, true, "aarr", .disputed),
            (4, .majority, true, "aarra", .accepted),
            (4, .majority, false, "aarr", .rejected),
            (3, .unanimity, true, "aar", .disputed),
            (1, .unanimity, true, "r", .rejected),
            (2, .unanimity, true, "aar", .accepted),
        ] as [(Int, ReviewRule.Agreement, Bool, String, ReviewState)]
    )
    func `a rule decides by the votes`(
        _ voteCount: Int,
        _ agreement: ReviewRule.Agreement,
        _ isAdjudicated: Bool,
        _ votes: String,
        _ state: ReviewState
    ) {
        let rule = ReviewRule(
            voteCount: voteCount,
            agreement: agreement,
            isAdjudicated: isAdjudicated
        )
        #expect(rule.state(of: votes.map { $0 == "a" ? .accept : .reject }) == state)
    }

    @Test func `two same votes decide, and the record says so`() throws {
        #expect(try archive.vote(.accept, on: image.id, by: "Ada") == .pending)
        #expect(try archive.vote(.accept, on: image.id, by: "Ben") == .accepted)
        #expect(try archive.record(image.id).review == .accepted)
        #expect(throws: ArchiveError.review(.reviewComplete(id: image.id, state: .accepted))) {
            try archive.vote(.accept, on: image.id, by: "Cleo")
        }
    }

    @Test func `a disagreement is for an adjudicator who has not voted`() throws {
        try archive.register(Reviewer(name: "Dan", credentials: "resident"))
        try archive.vote(.accept, on: image.id, by: "Ada")
        let state = try archive.vote(.reject, on: image.id, by: "Ben", reasons: [.wrongSide])
        #expect(state == .disputed)
        #expect(throws: ArchiveError.review(.notAdjudicator(id: image.id, reviewer: "Dan"))) {
            try archive.vote(.accept, on: image.id, by: "Dan")
        }
        #expect(try archive.queue(for: "Dan").isEmpty)
        #expect(try archive.queue(for: "Cleo").map(\.id) == [image.id])
        #expect(try archive.vote(.accept, on: image.id, by: "Cleo") == .accepted)
    }

    @Test func `a vote can be superseded by its reviewer and stays in the log`() throws {
        try archive.vote(.accept, on: image.id, by: "Ada", comment: "fine")
        let first = try #require(archive.votes(on: image.id).first)
        let error = ReviewError.alreadyVoted(
            id: image.id,
            reviewer: "Ada",
            decision: .accept,
            at: first.recordedAt
        )
        #expect(throws: ArchiveError.review(error)) {
            try archive.vote(.accept, on: image.id, by: "Ada")
        }
        try archive.vote(
            .reject,
            on: image.id,
            by: "Ada",
            reasons: [.other, .missingBone],
            comment: "the scaphoid",
            isSuperseding: true
        )
        let votes = try archive.votes(on: image.id)
        #expect(votes.map(\.decision) == [.accept, .reject])
        #expect(votes.map(\.isSuperseded) == [true, false])
        #expect(votes[1].supersedes == votes[0].seq)
        #expect(votes[1].reasons == [.missingBone, .other])
        #expect(votes[1].imageSHA256 == image.file?.sha256)
        let state = try archive.vote(.reject, on: image.id, by: "Ben", reasons: [.textArtefact])
        #expect(state == .rejected)
        #expect(throws: ArchiveError.review(.notVoted(id: image.id, reviewer: "Cleo"))) {
            try archive.vote(.accept, on: image.id, by: "Cleo", isSuperseding: true)
        }
    }

    @Test func `a changed mind can end a dispute`() throws {
        try archive.vote(.accept, on: image.id, by: "Ada")
        try archive.vote(.reject, on: image.id, by: "Ben", reasons: [.wrongSide])
        let state = try archive.vote(.accept, on: image.id, by: "Ben", isSuperseding: true)
        #expect(state == .accepted)
    }

    @Test func `a new rule counts the votes that are there`() throws {
        try archive.vote(.accept, on: image.id, by: "Ada")
        try archive.setReviewRule(ReviewRule(voteCount: 1))
        #expect(try archive.record(image.id).review == .accepted)
        #expect(try archive.reviewRule() == ReviewRule(voteCount: 1))
        try archive.setReviewRule(ReviewRule(voteCount: 3, agreement: .majority))
        #expect(try archive.record(image.id).review == .pending)
        #expect(throws: ArchiveError.review(.invalidRule(voteCount: 0))) {
            try archive.setReviewRule(ReviewRule(voteCount: 0))
        }
    }

    @Test func `votes need what makes them useful`() throws {
        #expect(throws: ArchiveError.review(.reasonMissing)) {
            try archive.vote(.reject, on: image.id, by: "Ada")
        }
        #expect(throws: ArchiveError.review(.reasonsOnAcceptance)) {
            try archive.vote(.accept, on: image.id, by: "Ada", reasons: [.wrongSide])
        }
        #expect(throws: ArchiveError.review(.commentMissing)) {
            try archive.vote(.reject, on: image.id, by: "Ada", reasons: [.other], comment: " ")
        }
        let unknown = ReviewError.unknownReviewer(name: "Eve", known: ["Ada", "Ben", "Cleo"])
        #expect(throws: ArchiveError.review(unknown)) {
            try archive.vote(.accept, on: image.id, by: "Eve")
        }
        #expect(throws: ArchiveError.unknownImage("99")) {
            try archive.vote(.accept, on: 99, by: "Ada")
        }
        #expect(try archive.votes(on: image.id).isEmpty)
    }

    @Test func `only made images that are there are reviewed`() throws {
        let real = try archive.add(workspace.png(8), as: ImageDraft(realImageFrom: "a test"))
        #expect(throws: ArchiveError.review(.notReviewable(id: real.id, kind: .real))) {
            try archive.vote(.accept, on: real.id, by: "Ada")
        }
        let failed = try archive.recordFailure(
            of: ImageDraft(provenance: .sample(prompt: "A knee")),
            because: .init(code: "x", text: "y")
        )
        #expect(throws: ArchiveError.noFile(id: failed.id)) {
            try archive.vote(.accept, on: failed.id, by: "Ada")
        }
        try archive.remove(image.id, because: "a mistake")
        #expect(throws: ArchiveError.self) { try archive.vote(.accept, on: image.id, by: "Ada") }
        #expect(try archive.queue(for: "Ada").isEmpty)
    }

    @Test func `the queue has what a reviewer has not voted on, oldest first`() throws {
        let second = try workspace.addImage(prompt: "A knee", seed: 2)
        let third = try workspace.addImage(prompt: "A knee", seed: 3)
        try archive.vote(.accept, on: second.id, by: "Ada")
        #expect(try archive.queue(for: "Ada").map(\.id) == [image.id, third.id])
        #expect(try archive.queue(for: "Ben").map(\.id) == [image.id, second.id, third.id])
        #expect(try archive.queue(for: "Ben", limit: 1).map(\.id) == [image.id])
        let knees = try archive.queue(for: "Ben", ImageQuery(parsing: "knee"))
        #expect(knees.map(\.id) == [second.id, third.id])
        #expect(throws: ArchiveError.self) { try archive.queue(for: "Eve") }
    }

    @Test func `credentials and role can change, and the log keeps both`() throws {
        try archive.register(Reviewer(name: "Ben", credentials: "radiologist", role: .adjudicator))
        #expect(
            try archive.reviewers() == [
                Reviewer(name: "Ada", credentials: "radiologist, 12 years"),
                Reviewer(name: "Ben", credentials: "radiologist", role: .adjudicator),
                Reviewer(name: "Cleo", credentials: "head of department", role: .adjudicator),
            ]
        )
        #expect(try archive.reviewLog().map(\.event) == Array(repeating: .reviewer, count: 4))
        #expect(throws: ArchiveError.emptyText("credentials")) {
            try archive.register(Reviewer(name: "Ada", credentials: " "))
        }
    }
}
