import PromptPolicy
import Testing

struct PromptPolicyTests {
    @Test func `a refusal says which rule found which words and what to change`() throws {
        let refusal = try #require(try PolicyText().refusal(of: "a sky-blue knee"))
        #expect(refusal.policy == "small 3")
        #expect(refusal.category == "colour")
        #expect(refusal.rule == "hues")
        #expect(refusal.words == "sky-blue")
        #expect(refusal.recordedPrompt == "a sky-blue knee")
        #expect(
            "\(refusal)" == "the policy small 3 refuses the prompt as too colourful "
                + "(rule hues, a hue: \"sky-blue\"); ask for grey"
        )
    }

    @Test func `a rule's own advice replaces its category's`() throws {
        let text = PolicyText(more: #", "advice": "say grey""#)
        #expect(try text.refusal(of: "red")?.advice == "say grey")
    }

    @Test func `personal data are found first and stored nowhere`() throws {
        let refusal = try #require(try PolicyText().refusal(of: "a red knee, code A12345"))
        #expect(refusal.rule == "code")
        #expect(refusal.words == nil)
        #expect(!refusal.recordedPrompt.contains("knee"))
        #expect(!"\(refusal)".contains("12345"))
    }

    @Test func `a negative prompt may name what is refused, except personal data`() throws {
        #expect(try PolicyText().refusal(of: "a knee", negative: "red, green") == nil)
        #expect(try PolicyText().refusal(of: "a knee", negative: "code A12345")?.rule == "code")
    }

    @Test func `the built-in policy is what its JSON says`() throws {
        let policy = try PromptPolicy(json: PromptPolicy.clinicalJSON)
        #expect(policy.name == "clinical")
        #expect(policy.rules.map(\.id) == PromptPolicy.clinical.rules.map(\.id))
        #expect(
            policy.categories.map(\.id) == [
                "personal-data", "identifiable-person", "fabricated-evidence", "sexual-content",
                "gore",
                "hate",
            ]
        )
    }

    @Test(arguments: [
        (PolicyText(format: "2"), PolicyError.format(found: 2, known: 1)),
        (
            PolicyText(extra: #""rule": [],"#),
            .unknownKey(
                "rule",
                place: "its top",
                known: ["format", "name", "version", "summary", "categories", "lists", "rules"]
            )
        ),
        (
            PolicyText(more: #", "excpet": ["x"]"#),
            .unknownKey(
                "excpet",
                place: "rules[0]",
                known: ["id", "category", "title", "advice", "refuse", "except", "unless"]
            )
        ),
        (PolicyText(refuse: "[]"), .empty(place: "rule hues, refuse")),
        (PolicyText(categories: "[]"), .empty(place: "categories")),
        (
            PolicyText(categories: #"[{"id": "data", "title": "a", "advice": "b"}]"#),
            .unknownCategory("colour", rule: "hues", known: ["data"])
        ),
        (
            PolicyText(
                categories: """
                    [{"id": "data", "title": "a", "advice": "b"},
                     {"id": "data", "title": "a", "advice": "b"}]
                    """
            ),
            .duplicate(id: "data", place: "categories")
        ),
        (PolicyText(refuse: #"[" "]"#), .phrase(" ", place: "rule hues", problem: .empty)),
        (
            PolicyText(refuse: #"["red ..."]"#),
            .phrase("red ...", place: "rule hues", problem: .gapAtEdge)
        ),
        (
            PolicyText(refuse: #"["x-ray"]"#),
            .phrase("x-ray", place: "rule hues", problem: .notOneWord("x-ray"))
        ),
        (
            PolicyText(refuse: #"["red||green"]"#),
            .phrase("red||green", place: "rule hues", problem: .notOneWord(""))
        ),
        (
            PolicyText(refuse: #"["{colour}"]"#),
            .phrase("{colour}", place: "rule hues", problem: .unknownKind("{colour}"))
        ),
        (
            PolicyText(refuse: #"["{digits:3-2}"]"#),
            .phrase("{digits:3-2}", place: "rule hues", problem: .unknownKind("{digits:3-2}"))
        ),
        (
            PolicyText(lists: #"{"hue": ["{shade}"], "shade": ["{hue}"]}"#),
            .phrase("{hue}", place: "list shade", problem: .circular(list: "hue"))
        ),
    ])
    func `a faulty policy is refused with the place of the fault`(
        text: PolicyText,
        error: PolicyError
    ) {
        #expect(throws: error) { try PromptPolicy(json: text.json) }
    }

    @Test func `what is no policy at all is refused`() {
        #expect(throws: PolicyError.self) { try PromptPolicy(json: Array("{".utf8)) }
        #expect(
            throws: PolicyError.unreadable(place: "its top", reason: "there is no \"name\"")
        ) { try PromptPolicy(json: Array(#"{"format": 1}"#.utf8)) }
        let large = [UInt8](repeating: 0x20, count: PromptPolicy.maximumByteCount + 1)
        #expect(
            throws: PolicyError.tooLarge(
                byteCount: large.count,
                limit: PromptPolicy.maximumByteCount
            )
        ) { try PromptPolicy(json: large) }
    }
}
