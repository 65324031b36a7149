import Foundation
import ReaderStudy
import StudyStore
import Testing

struct AnswerRequestTests {
    @Test func `double clicks and retries record an answer once`() async throws {
        let study = try await ServedStudy()
        try await study.serving { site in
            let browser = try await study.beginReading(at: site)
            let form = browser.hiddenFields.merging(["label": "real"]) { $1 }
            let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<20 {
                    group.addTask { try await browser.post("/study/answers", form).status }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(statuses == Array(repeating: 303, count: 20))
            try await browser.open("/study")
            #expect(browser.heading == "Image 2 of 6")
            // A retry that comes when the next image is shown already.
            #expect(try await browser.post("/study/answers", form).status == 303)
        }
        #expect(try await study.results().readings.map(\.reading.answer) == [.real])
    }

    @Test func `a second window cannot answer an image again`() async throws {
        let study = try await ServedStudy()
        try await study.serving { site in
            let browser = try await study.beginReading(at: site)
            let window = browser.secondWindow()
            try await window.open("/study")
            try await browser.submit("/study/answers", ["label": "real"])
            let late = try await window.submit("/study/answers", ["label": "fake"])
            #expect(late.status == 409)
            #expect(late.text.contains("The first one stays"))
        }
        #expect(try await study.results().readings.map(\.reading.answer) == [.real])
    }

    @Test(arguments: [
        (["label": "perhaps"], 422, "the label is not one that the page offers"),
        ([:], 422, "the answer is nothing; it must be one of real, fake, uncertain"),
        (["label": "real"], 422, "the confidence is nothing; it must be 1 to 5"),
        (["label": "real", "confidence": "6"], 422, "the confidence is 6; it must be 1 to 5"),
        (["label": "real", "confidence": "two"], 422, "not one that the page offers"),
        (["label": "real", "confidence": "2", "seconds": "-1"], 422, "the time is -1.0"),
        (["label": "real", "confidence": "2", "regions": "moon"], 422, "not in the study's list"),
        (["label": "real", "confidence": "2", "key": "short"], 422, "the key is 5 bytes"),
        (["label": "real", "confidence": "2", "image": ""], 400, "could not read"),
        (["label": "real", "confidence": "2", "csrf": ""], 403, "earlier sign-in"),
    ])
    func `an answer that does not fit is refused with the reason, and none is recorded`(
        _ fields: [String: String],
        _ status: Int,
        _ reason: String
    ) async throws {
        let study = try await ServedStudy(pairs: 1) {
            $0.confidenceLevels = 5
            $0.asksDescription = true
        }
        try await study.serving { site in
            let browser = try await study.beginReading(at: site)
            let response = try await browser.submit("/study/answers", fields)
            #expect(response.status == status)
            #expect(response.text.replacing("&#39;", with: "'").contains(reason))
            let form = browser.hiddenFields.merging(fields) { $1 }
            let toScript = try await browser.post(
                "/study/answers",
                form,
                headers: ["Accept": "*/*"]
            )
            #expect(toScript["Content-Type"] == "text/plain; charset=utf-8")
            #expect(toScript.text.contains(reason))
            try await browser.open("/study")
            #expect(browser.heading == "Image 1 of 2")
        }
        #expect(try await study.store.progress().map(\.answered) == [0, 0])
    }

    @Test func `a description of 4000 characters of any script is kept, a longer one is not`()
        async throws
    {
        let study = try await ServedStudy { $0.asksDescription = true }
        let longest = String(repeating: "肺", count: 4000)
        try await study.serving { site in
            let browser = try await study.beginReading(at: site)
            let tooLong = ["label": "real", "description": longest + "!"]
            #expect(try await browser.submit("/study/answers", tooLong).status == 422)
            let fields = ["label": "real", "description": longest]
            #expect(try await browser.submit("/study/answers", fields).status == 200)
            #expect(browser.heading == "Image 2 of 6")
        }
        #expect(try await study.results().readings.map(\.description) == [longest])
    }
}
