import Archive
import Testing

struct ImageQueryTests {
    let workspace: TemporaryArchive
    var archive: ImageArchive { workspace.archive }

    init() throws {
        workspace = try TemporaryArchive()
        try workspace.addImage(
            prompt: "An X-ray of the hand with fractures of the fingers",
            seed: 1,
            labels: ImageLabels(modality: "XR", anatomy: "hand", view: "PA", finding: "fracture")
        )
        try workspace.addImage(
            prompt: "Röntgenbild: a knee, lateral view",
            seed: 2,
            labels: ImageLabels(modality: "XR", anatomy: "knee", view: "lateral", sex: "female")
        )
        _ = try archive.add(
            workspace.png(3),
            as: ImageDraft(
                realImageFrom: "NIH ChestX-ray14, use unrestricted",
                labels: ImageLabels(modality: "XR", anatomy: "chest", finding: "no finding")
            )
        )
        _ = try archive.recordRefusal(
            of: ImageDraft(provenance: .sample(prompt: "A hand of somebody known")),
            because: .init(code: "identity", text: "a known person")
        )
    }

    @Test(
        arguments: [
            ("", [4, 3, 2, 1]),
            ("kind=real", [3]),
            ("kind=synthetic outcome=done", [2, 1]),
            ("outcome=refused", [4]),
            ("modality=XR anatomy=hand", [1]),
            ("\"finding=no finding\"", [3]),
            ("view=lateral sex=female", [2]),
            ("model=radiograph-mini", [4, 2, 1]),
            ("review=unreviewed kind=synthetic", [4, 2, 1]),
            ("review=accepted", []),
            ("since=2000-01-01", [4, 3, 2, 1]),
            ("until=2000-01-01", []),
            ("removed=only", []),
            ("fracture", [1]),
            ("FINGER hand", [1]),
            ("rontgenbild", [2]),
            ("kne", [2]),
            ("hand", [4, 1]),
            ("hand outcome=done", [1]),
            ("nih", [3]),
            ("hand knee", []),
            ("\"*\"", []),
            ("x-ray NOT", []),
        ] as [(String, [Int64])]
    )
    func `a query means these records`(_ text: String, _ ids: [Int64]) throws {
        let query = try ImageQuery(parsing: text)
        #expect(try archive.images(query).map(\.id) == ids)
        #expect(try archive.count(query) == ids.count)
    }

    @Test(arguments: [
        "kind=synthetic", "outcome=done review=accepted modality=XR \"finding=no finding\" hand",
        "since=2026-01-31T00:00:00.000Z removed=included",
    ])
    func `a query is written as it is read`(_ text: String) throws {
        let query = try ImageQuery(parsing: text)
        #expect(query.description == text)
        #expect(ImageQuery(query.description) == query)
    }

    @Test(arguments: [
        ("kind=fake", "kind=synthetic"), ("colour=red", "anatomy=…"), ("since=soon", "since=2026"),
        ("removed=maybe", "removed=only"),
    ])
    func `a word that is not understood is named`(_ text: String, _ advice: String) throws {
        #expect {
            try ImageQuery(parsing: text)
        } throws: { error in
            "\(error)".contains("\"\(text)\"") && "\(error)".contains(advice)
        }
    }

    @Test func `pages go from the newest to the oldest`() throws {
        let first = try archive.images(limit: 3)
        let second = try archive.images(limit: 3, before: first.last?.id)
        #expect(first.map(\.id) == [4, 3, 2])
        #expect(second.map(\.id) == [1])
        let found = try archive.images(ImageQuery(parsing: "hand"), limit: 1)
        #expect(found.map(\.id) == [4])
        let rest = try archive.images(ImageQuery(parsing: "hand"), limit: 1, before: 4)
        #expect(rest.map(\.id) == [1])
    }

    @Test func `the account leaves nothing out`() throws {
        _ = try archive.recordFailure(
            of: ImageDraft(provenance: .sample(prompt: "A hand")),
            because: .init(code: "not-finite", text: "became NaN")
        )
        try archive.remove(2, because: "a mistake")
        try archive.register(Reviewer(name: "Ada", credentials: "radiologist"))
        try archive.setReviewRule(ReviewRule(voteCount: 1))
        try archive.vote(.reject, on: 1, by: "Ada", reasons: [.extraDigit, .fusedJoint])
        let account = try archive.account()
        #expect(account.count() == 5)
        #expect(account.count(outcome: .done) == 3)
        #expect(account.count(kind: .real) == 1)
        #expect(account.count(isRemoved: true) == 1)
        #expect(account.count(review: .rejected) == 1)
        #expect(account.refusals.map { "\($0.code) \($0.count)" } == ["identity 1"])
        #expect(account.failures.map { "\($0.code) \($0.count)" } == ["not-finite 1"])
        #expect(account.rejections.map(\.code) == ["extra-digit", "fused-joint"])
        let hands = try archive.account(of: ImageQuery(parsing: "hand removed=included"))
        #expect(hands.count() == 3)
        #expect(hands.rejections.map(\.count) == [1, 1])
    }
}
