import Foundation
import ReaderStudy
import Testing

#if canImport(FoundationXML)
import FoundationXML
#endif

struct StudyPageTests {
    private func page(
        _ experiment: SeedExperiment = .ct,
        facts: StudyFacts? = nil,
        descriptions: [CaseDescription] = [],
        picture: [UInt8]? = nil
    ) throws -> String {
        let readings = try experiment.readings()
        let cases = try experiment.cases().map { item in
            var item = item
            item.picture = picture
            return item
        }
        let report = try StudyReport(
            readings: readings,
            cases: cases,
            descriptions: descriptions,
            settings: .init(bootstrapSampleCount: 100)
        )
        return StudyPage(
            report: report,
            facts: facts ?? experiment.facts,
            readings: readings,
            cases: cases,
            descriptions: descriptions
        ).html
    }

    @Test func `the page tells the published result with its interval`() throws {
        let html = try page()
        #expect(html.contains("Synthetic images called real by both readers"))
        #expect(html.contains("<b>3 of 20</b>"))
        #expect(html.contains("15.0\u{202F}% (95 % interval 3.2–37.9\u{202F}%)"))
        #expect(html.contains("Only synthetic images were shown."))
    }

    @Test func `the page needs nothing from elsewhere and runs nothing`() throws {
        let html = try page(picture: [1, 2, 3, 4])
        #expect(html.contains("data:image/png;base64,AQIDBA=="))
        for forbidden in [
            "<script", "http://", "https://", "src=\"/", "@import", "<link", " onload",
        ] {
            #expect(!html.contains(forbidden), "\(forbidden)")
        }
        #expect(
            html.contains(
                "content=\"default-src 'none'; img-src data:; style-src 'unsafe-inline'\""
            )
        )
    }

    @Test func `what people wrote is text, never markup`() throws {
        let html = try page(descriptions: [
            CaseDescription(
                reader: SeedExperiment.readers[0],
                caseID: "CT 1",
                text: "<script>alert('x')</script> & \"ribs\"",
                terms: ["<b>apex"]
            )
        ])
        #expect(!html.contains("<script"))
        #expect(
            html.contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &quot;ribs&quot;")
        )
        #expect(html.contains("[&lt;b&gt;apex]"))
    }

    @Test func `figures are well-formed and have a name`() throws {
        let html = try page()
        let figures = html.ranges(of: /<svg .*?<\/svg>/).map { String(html[$0]) }
        // Two votes bands fit in one figure of 20 columns; then matrix, table and two time panels.
        #expect(figures.count == 5)
        for figure in figures {
            let parser = XMLParser(data: Data(figure.utf8))
            #expect(parser.parse(), "\(figure.prefix(200))")
            #expect(figure.contains("role=\"img\" aria-label=\""))
        }
        #expect(figures[0].ranges(of: "class=\"vote-real\"").count == 12)
        #expect(figures[0].ranges(of: "class=\"vote-uncertain\"").count == 4)
    }

    @Test func `votes on many images stand in bands of like length`() throws {
        let readings = try StudyReadings(
            (0..<61).map { index in
                Reading(
                    reader: "Dr Roe",
                    caseID: "case-\(index)",
                    truth: .fake,
                    answer: index < 7 ? .real : .fake,
                    seconds: 1,
                    position: index
                )
            }
        )
        let cases = readings.cases.map { ReportedCase(caseID: $0, truth: .fake) }
        let html = StudyPage(
            report: try StudyReport(readings: readings, cases: cases),
            facts: SeedExperiment.ct.facts,
            readings: readings,
            cases: cases
        ).html
        let bands = html.components(separatedBy: "<svg").filter {
            $0.contains("61 synthetic images: ")
        }
        #expect(bands.count == 2)
        #expect(bands.first?.contains("61 synthetic images: 1 to 31") == true)
        #expect(bands.last?.contains("61 synthetic images: 32 to 61") == true)
        // Those called real come first; the line over a band of synthetic images has the colour of fake.
        #expect(bands.first?.ranges(of: "class=\"vote-real\"").count == 7)
        #expect(bands.first?.ranges(of: "class=\"vote-fake\"").count == 31 - 7 + 1)
        #expect(bands.last?.ranges(of: "class=\"vote-fake\"").count == 30 + 1)
    }

    @Test func `a forced look and early looks are told`() throws {
        var facts = SeedExperiment.ct.facts
        facts.closingDate = nil
        #expect(try page(facts: facts).contains("The study is still open. This look was forced"))
        facts = SeedExperiment.ct.facts
        facts.earlyLooks = [.init(date: "2026-01-20T08:00:00Z", answerCount: 12)]
        let html = try page(facts: facts)
        #expect(html.contains("Results were looked at once before the study was closed."))
        #expect(html.contains("(first on 2026-01-20, after 12 answers)"))
    }

    @Test func `the methods paragraph has the study's numbers`() throws {
        var facts = SeedExperiment.ct.facts
        facts.confidenceLevels = 5
        facts.order = ReadingOrder.Design(seed: 7, blockCount: 2, repeatCount: 4, repeatSpacing: 10)
        facts.washoutDays = 14
        facts.preparation = StudyFacts.Preparation(
            realSource: nil,
            syntheticSource: "the folder ct",
            side: 256,
            windowPercentiles: [0.5, 99.5],
            softwareVersion: "0.1.0",
            models: ["CT 1": "radiograph-mini"]
        )
        let readings = try SeedExperiment.ct.readings()
        let report = try StudyReport(
            readings: readings,
            cases: SeedExperiment.ct.cases(),
            settings: .init(bootstrapSampleCount: 100)
        )
        let text = MethodsText(of: report, facts: facts).paragraph
        for sentence in [
            "2 readers took synthetic radiological images for real ones; no real image was shown",
            "closed on 2026-01-30. No result was looked at before the closing.",
            "0 real images and 20 synthetic images were read.",
            "Synthetic images came from the folder ct, made by radiograph-mini.",
            "resampled to 256 x 256 pixels of one grey channel, windowed from the 0.5th to the 99.5th",
            "as real, uncertain, fake with confidence from 1 to 5.",
            "drawn from the seed 7 in 2 sessions with the same share of either kind, at least 14 days apart",
            "no answer was missing",
            "from 100 bootstrap samples",
            "measured on 4 images shown again at least 10 positions later",
        ] {
            #expect(text.contains(sentence), "\(sentence)")
        }
        #expect(!text.contains("DeLong"))
    }
}
