import Foundation
import ReaderStudy
import StudyStore
import Testing

struct StudyStepsTests {
    @Test func `a reader is led from consent to the end and judges each image once`() async throws {
        let study = try await ServedStudy(pairs: 2) {
            $0.checksScreen = true
            $0.impressionCount = 2
            $0.confidenceLevels = 5
        }
        try await study.serving { site in
            let browser = try await study.signIn(at: site)
            #expect(try await browser.open("/study").text.contains("I agree to take part"))
            try await browser.submit("/study/consent")
            #expect(browser.heading == "Check your screen")
            try await browser.submit("/study/screen", ["dark": "yes", "bright": "no"])
            for number in 1...2 {
                #expect(browser.heading == "Image \(number) of 2")
                try await browser.submit("/study/answers", ["quality": "\(number)"])
            }
            #expect(browser.heading == "What this study is about")
            #expect(try await browser.open("/study").text.contains("made by a computer model"))
            try await browser.submit("/study/disclosure")
            for number in 1...4 {
                #expect(browser.heading == "Image \(number) of 4")
                try await browser.submit(
                    "/study/answers",
                    ["label": "fake", "confidence": "\(number)"]
                )
            }
            #expect(browser.heading == "All images are answered")
        }
        let progress = try await study.store.progress()
        #expect(progress.map(\.answered) == [6, 0])
        #expect(progress.map(\.hasPoorScreen) == [true, false])
        let results = try await study.results()
        #expect(results.impressions.map(\.quality) == [1, 2])
        #expect(results.readings.map(\.reading.confidence) == [1, 2, 3, 4])
        #expect(Set(results.readings.map(\.reading.caseID)) == Set(study.cases.map(\.caseID)))
    }

    @Test func `the purpose stays hidden until first impressions are given`() async throws {
        let study = try await ServedStudy { $0.impressionCount = 3 }
        try await study.serving { site in
            let browser = try await study.signIn(at: site)
            var seen = try await browser.open("/study").text
            seen += try await browser.submit("/study/consent").text
            seen += try await browser.submit("/study/disclosure").text
            for asset in ["reading.js", "answer.js", "viewer.js", "style.css"] {
                seen += try await browser.request("GET", "/assets/\(asset)").text
            }
            #expect(browser.heading == "Image 1 of 3")
            for word in ["fake", "synthetic", "computer model", "generated", "artificial"] {
                #expect(!seen.lowercased().contains(word), "\(word)")
            }
        }
    }

    @Test func `what was entered waits on another device`() async throws {
        let study = try await ServedStudy {
            $0.confidenceLevels = 3
            $0.asksDescription = true
            $0.regionTerms = ["heart", "left lung"]
        }
        let entered = [
            "label": "real", "confidence": "2", "description": "Two \"ribs\" & a <clip>\nor three",
            "regions": "left lung", "seconds": "12.5",
        ]
        try await study.serving { site in
            let laptop = try await study.beginReading(at: site)
            try await laptop.submit("/study/answers", ["label": "fake", "confidence": "1"])
            let place = laptop.imagePath
            let paused = try await laptop.submit("/study/pause", entered)
            #expect(paused.text.contains("Your place and what you entered are kept"))

            // The tablet has the same cookie, as after signing in with the same code.
            let tablet = laptop.secondWindow()
            let page = try await tablet.open("/study").text
            #expect(tablet.heading == "Image 2 of 6")
            #expect(tablet.imagePath == place)
            #expect(page.contains(#"value="real" data-key="1" checked"#))
            #expect(page.contains(#"value="2" data-key="2" checked"#))
            #expect(page.contains(#"value="left lung" checked"#))
            #expect(!page.contains(#"value="heart" checked"#))
            #expect(page.contains("Two &quot;ribs&quot; &amp; a &lt;clip&gt;\nor three"))
            #expect(page.contains(#"data-seconds="12.5""#))
        }
    }

    @Test func `answers can be changed where the study allows it, and only there`() async throws {
        for allowed in [true, false] {
            let study = try await ServedStudy { $0.allowsRevision = allowed }
            try await study.serving { site in
                let browser = try await study.beginReading(at: site)
                let first = try #require(browser.hiddenFields["image"])
                let firstPicture = try #require(browser.imagePath)
                let next = try await browser.submit("/study/answers", ["label": "real"])
                #expect(next.text.contains("/study/answers/\(first)") == allowed)
                let back = try await browser.open("/study/answers/\(first)")
                let picture = try await browser.request("GET", firstPicture)
                #expect(back.status == (allowed ? 200 : 404))
                #expect(picture.status == (allowed ? 200 : 404))
                guard allowed else { return }
                try await browser.submit("/study/answers", ["label": "fake"])
                #expect(browser.heading == "Image 2 of 6")
            }
            let record = try #require(try await study.results().readings.first)
            #expect(record.reading.answer == (allowed ? .fake : .real))
            #expect(record.revisionCount == (allowed ? 1 : 0))
        }
    }

    @Test func `the next session opens when the washout is over`() async throws {
        let study = try await ServedStudy(pairs: 1) {
            $0.order.blockCount = 2
            $0.washoutDays = 14
        }
        try await study.serving { site in
            let browser = try await study.beginReading(at: site)
            let page = try await browser.submit("/study/answers", ["label": "real"])
            #expect(browser.heading == "This session is done")
            // 14 days after 2026-05-28T20:26:40Z.
            #expect(page.text.contains("2026-06-11 20:26:40"))
            study.clock.update { $0 += 14 * 86_400 + 1 }
            let later = try await study.signIn(at: site)
            try await later.open("/study")
            #expect(later.heading == "Image 2 of 2")
        }
    }

    @Test func `a closed study shows no image and takes no answer`() async throws {
        let study = try await ServedStudy()
        try await study.serving { site in
            let browser = try await study.beginReading(at: site)
            let picture = try #require(browser.imagePath)
            try await study.store.close(by: "lead", at: ServedStudy.start)
            let refused = try await browser.submit("/study/answers", ["label": "real"])
            #expect(refused.status == 409)
            #expect(refused.text.contains("takes no more answers"))
            #expect(try await browser.request("GET", picture).status == 404)
            #expect(try await browser.open("/study").text.contains("The study is closed"))
        }
        #expect(try await study.store.results().readings.isEmpty)
    }
}
