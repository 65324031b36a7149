import PromptPolicy
import Testing

/// What the words of a rule find.
struct PhraseTests {
    @Test(arguments: [
        // Words, their alternatives and their beginnings and ends.
        ("red", "a Red knee", "Red"),
        ("red", "a reddish knee", nil),
        ("red*", "a reddish knee", "reddish"),
        ("*ish", "a reddish knee", "reddish"),
        ("*ddi*", "a reddish knee", "reddish"),
        ("red|green knee", "the green knee", "green knee"),
        ("red knee", "red, knee", "red, knee"),
        ("red knee", "red right knee", nil),
        ("red ... knee", "red right knee", "red right knee"),
        ("red ... knee", "red 1 2 3 4 5 6 7 8 knee", "red 1 2 3 4 5 6 7 8 knee"),
        ("red ... knee", "red 1 2 3 4 5 6 7 8 9 knee", nil),
        // Lists, of words and of phrases.
        ("{hue} knee", "a sky blue knee", "sky blue knee"),
        ("{hue}|dark knee", "a dark knee", "dark knee"),
        // Capital letters matter where the phrase has them.
        ("Mr {capitalized}", "Mr Smith", "Mr Smith"),
        ("Mr {capitalized}", "MR Brain", nil),
        ("Mr {capitalized}", "Mr SMITH", nil),
        // Numbers.
        ("{digits:4}", "in 1999", "1999"),
        ("{digits:4}", "in 199", nil),
        ("{digits:1-2} {digits:2-}", "7/1999", "7/1999"),
        ("{digits}", "L5", nil),
        ("no {code}", "no A-12345", "no A-12345"),
        ("no {code}", "no A-123", nil),
        ("{email}", "write to ab@example.org now", "ab@example.org"),
        ("{email}", "2 @ 3.5", nil),
        // Accents, possessives and letters of any alphabet.
        ("café", "CAFE", "CAFE"),
        ("cafe", "café", "café"),
        ("trump", "Trump's", "Trump's"),
        ("лёгкое", "ЛЕГКОЕ", "ЛЕГКОЕ"),
        ("*肺炎*", "胸部の肺炎です", "胸部の肺炎です"),
        ("🔞", "an 🔞 image", "🔞"),
    ])
    func `a phrase finds`(phrase: String, prompt: String, words: String?) throws {
        let text = PolicyText(refuse: #"["\#(phrase)"]"#)
        #expect(try text.refusal(of: prompt)?.words == words)
    }

    @Test(arguments: [
        "gr3en", "GR€EN", "gr33n", "g r e e n", "g.r.e.e.n", "g-r-e-e-n", "gr-een", "gr/een",
        "greeeen",
        "g*een", "grеen", "ｇｒｅｅｎ", "𝐠𝐫𝐞𝐞𝐧", "ɢʀᴇᴇɴ", "g\u{200B}re\u{AD}en", "g\u{336}r\u{336}een",
        "🅖🅡🅔🅔🅝",
        "an x g r e e n", "greeη",
    ])
    func `a disguised word is found`(prompt: String) throws {
        let text = PolicyText(refuse: #"["green"]"#)
        #expect(try text.refusal(of: prompt)?.rule == "hues")
    }

    @Test(arguments: ["67335", "g r e e", "g reen", "greed", "g. The reen", "gr, een"])
    func `other words are no disguise`(prompt: String) throws {
        let text = PolicyText(refuse: #"["green"]"#)
        #expect(try text.refusal(of: prompt) == nil)
    }

    @Test func `an exception excuses the words that it holds and no others`() throws {
        let text = PolicyText(refuse: #"["red"]"#, more: #", "except": ["red bone marrow"]"#)
        #expect(try text.refusal(of: "red bone marrow") == nil)
        #expect(try text.refusal(of: "r3d bone marrow") == nil)
        #expect(try text.refusal(of: "red marrow")?.words == "red")
        #expect(try text.refusal(of: "red bone marrow in red")?.words == "red")
    }

    @Test func `a context excuses the words of its rule wherever it stands`() throws {
        let text = PolicyText(refuse: #"["red"]"#, more: #", "unless": ["blood ... cells"]"#)
        #expect(try text.refusal(of: "red, and many blood stem cells") == nil)
        #expect(try text.refusal(of: "red cells")?.words == "red")
    }

    @Test func `a prompt of ten thousand words is read in seconds`() throws {
        let text = PolicyText(refuse: #"["red ... red ... red ... knee"]"#)
        let prompt = String(repeating: "red ", count: 10_000)
        let start = ContinuousClock.now
        let refusal = try text.refusal(of: prompt)
        #expect(refusal == nil)
        #expect(ContinuousClock.now - start < .seconds(60))
    }
}
