import Foundation
import ReaderStudy
import Testing

struct ExportTests {
    private func study() throws -> StudyReadings {
        try StudyReadings([
            Reading(
                reader: "A, senior",
                caseID: "1",
                truth: .fake,
                answer: .real,
                confidence: 4,
                seconds: 2.5,
                position: 0
            ),
            Reading(
                reader: "B",
                caseID: "1",
                truth: .fake,
                answer: .fake,
                confidence: 2,
                seconds: 3,
                position: 1
            ),
            Reading(
                reader: "B",
                caseID: "2",
                truth: .real,
                answer: .uncertain,
                seconds: 7,
                position: 0
            ),
            Reading(
                reader: "B",
                caseID: "1",
                truth: .fake,
                answer: .real,
                confidence: 1,
                seconds: 1,
                position: 2,
                repetition: 1
            ),
        ])
    }

    @Test func `the table has one row a reading, quoted where it must be`() throws {
        let text = try ReadingTable.csv(
            of: study(),
            cases: [
                ReportedCase(
                    caseID: "1",
                    truth: .fake,
                    source: "=1+1",
                    attributes: ["modality": "CT"]
                )
            ],
            descriptions: [
                CaseDescription(
                    reader: "B",
                    caseID: "1",
                    text: "odd \"ribs\"\nleft",
                    terms: ["apex", "hilum"]
                )
            ]
        )
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(
            lines[0] == "reader,treatment,case,truth,rating,answer,confidence,correct,seconds,"
                + "position,repetition,source,modality,description,terms"
        )
        #expect(lines[1] == "\"A, senior\",1,1,1,-4,real,4,0,2.5,0,0,'=1+1,CT,,")
        #expect(lines[2] == "B,1,1,1,2,fake,2,1,3,1,0,'=1+1,CT,\"odd \"\"ribs\"\"")
        #expect(lines[3] == "left\",apex; hilum")
        #expect(lines[4] == "B,1,2,0,0,uncertain,,0,7,0,0,,,,")
        #expect(lines[5].hasPrefix("B,1,1,1,-1,real,1,0,1,2,1,"))
    }

    @Test func `the iMRMC file has sizes, truths and first scores`() throws {
        let text = try IMRMCFile.text(title: "Ribs: a study\nBEGIN DATA:", of: study())
        #expect(
            text == """
                Ribs  a study BEGIN DATA\u{20}
                Scores grow with the suspicion that an image is fake; fake images are the signal.
                NR: 2
                N0: 1
                N1: 1
                NM: 1
                reader 1 is A, senior
                reader 2 is B
                case 1 is 1
                case 2 is 2
                BEGIN DATA:
                -1,1,0,1
                -1,2,0,0
                1,1,1,-4
                2,1,1,2
                2,2,1,0

                """
        )
    }

    @Test func `the JSON holds every figure, or the reason for its absence`() throws {
        let study = try SeedExperiment.ct.readings()
        let report = try StudyReport(
            readings: study,
            cases: SeedExperiment.ct.cases(),
            settings: .init(bootstrapSampleCount: 100)
        )
        let text = try ReportJSON.text(of: report, facts: SeedExperiment.ct.facts, readings: study)
        let document = try #require(
            JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
        )
        let figures = try #require(document["report"] as? [String: Any])
        let agreement = try #require(figures["agreement"] as? [String: Any])
        let unanimity = try #require(agreement["unanimity"] as? [[String: Any]])
        let all = try #require(unanimity[0]["all"] as? [String: Any])
        #expect(all["successes"] as? Double == 3 && all["trials"] as? Int == 20)
        let readers = try #require(figures["readers"] as? [[String: Any]])
        let area = try #require(readers[0]["area"] as? [String: Any])
        #expect(Array(area.keys) == ["undefined"])
        #expect((document["readings"] as? [Any])?.count == 40)
    }

    @Test func `terms are counted once a description, by truth`() {
        let counts = TermCount.counts(
            in: [
                CaseDescription(
                    reader: "A",
                    caseID: "1",
                    text: "The ribs, the RIBS are blurred",
                    terms: ["Apex"]
                ),
                CaseDescription(reader: "B", caseID: "1", text: "blurred"),
                CaseDescription(reader: "A", caseID: "2", text: "ground-glass - apex"),
                CaseDescription(reader: "A", caseID: "unknown", text: "ribs"),
            ],
            truth: { ["1": .fake, "2": .real][$0] }
        )
        #expect(counts.map(\.term) == ["apex", "blurred", "ground-glass", "ribs"])
        #expect(counts.map(\.fake) == [1, 2, 0, 1])
        #expect(counts.map(\.real) == [1, 0, 1, 0])
    }
}
