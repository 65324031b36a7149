import Testing

@testable import Workflows

struct CaptionTemplateTests {
    private static let full = ImageFacts(
        modality: "XR",
        anatomy: "knee",
        view: "PA",
        side: "left",
        finding: "fracture",
        sex: "F",
        age: "54"
    )

    @Test(arguments: [
        ("8", "an 8"), ("9", "a 9"), ("11", "an 11"), ("18", "an 18"), ("19", "a 19"),
        ("79", "a 79"),
        ("80", "an 80"), ("81", "an 81"), ("90", "a 90"),
    ])
    func `the article goes with the age`(age: String, words: String) throws {
        let template = try CaptionTemplate("Hand of a {age}-year-old")
        #expect(template.caption(ImageFacts(age: age), window: nil) == "Hand of \(words)-year-old")
    }

    @Test func `the standard template says what is known`() throws {
        let template = try CaptionTemplate(CaptionTemplate.standard)
        func caption(_ facts: ImageFacts) -> String? { template.caption(facts, window: nil) }
        #expect(
            caption(Self.full)
                == "X-ray of the left knee of a 54-year-old woman showing fracture, PA view"
        )
        #expect(caption(ImageFacts(modality: "CT", anatomy: "chest")) == "CT slice of the chest")
        #expect(
            caption(ImageFacts(modality: "MR", anatomy: "brain", sex: "M", age: "9"))
                == "MR slice of the brain of a 9-year-old boy"
        )
        #expect(caption(ImageFacts(modality: "PT")) == "PT image")
        #expect(caption(ImageFacts(anatomy: "knee")) == nil)
    }

    @Test(arguments: [
        ("{modality} {window}", "XR BONE"), ("[{view} view of ]a {anatomy}", "PA view of a knee"),
        ("plain words", "Plain words"), ("[{sex} ]{image}", "Female X-ray"),
    ])
    func `a template of one's own is filled in`(text: String, expected: String) throws {
        #expect(try CaptionTemplate(text).caption(Self.full, window: "BONE") == expected)
    }

    @Test(arguments: [
        ("{PatientName}", "there is no field {PatientName}"), ("{image", "a brace opens"),
        ("[{image}", "a bracket opens"), ("{image}]", "a bracket closes"),
    ])
    func `a template with a mistake is refused`(text: String, words: String) {
        let error = #expect(throws: DataSetError.self) { try CaptionTemplate(text) }
        #expect("\(error as Any)".contains(words))
    }
}
