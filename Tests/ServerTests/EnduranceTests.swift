import Foundation
import ReaderStudy
import StudyStore
import Testing

/// What becomes of answers when the server is killed, and of waiting times when many read at once.
///
/// `make endurance` runs these with the optimized program and larger numbers.
@Suite(.serialized) struct EnduranceTests {
    @Test func `no kill loses an acknowledged answer or records one twice`() async throws {
        let killCount = Self.setting("SKIAGRAPH_KILLS", else: 5)
        let study = try await ServedStudy(pairs: killCount * 4, readers: ["Anna"], imageSide: 8) {
            $0.asksDescription = true
        }
        let reader = ScriptedReader(
            code: try await study.store.invite("Anna", by: "lead", at: Date())
        )
        var generator = SeededGenerator(seed: 42, stream: "kills")
        var countsAtKills: [Int] = []
        for _ in 0..<killCount {
            let server = try ServingProcess(study)
            // Somewhere within the next images, at any moment of an image's way.
            let count = reader.acknowledged.count + Int(generator.next(below: 8))
            let share = Double(generator.next(below: 1000)) / 1000
            let death = Task { [pace = reader.pace] in
                while pace.value.count < count { try await Task.sleep(for: .milliseconds(1)) }
                try await Task.sleep(for: pace.value.last * share)
                server.kill()
            }
            #expect(try await !reader.read(at: server.site), "all is read before the last kill")
            try await death.value
            countsAtKills.append(reader.acknowledged.count)
        }
        let server = try ServingProcess(study)
        #expect(try await reader.read(at: server.site))
        #expect(server.stop() == 0)
        let recorded = try await study.results().readings
        #expect(recorded.map(\.description) == reader.acknowledged)
        #expect(recorded.map(\.reading.position) == Array(0..<study.cases.count))
        #expect(recorded.allSatisfy { $0.revisionCount == 0 })
        print(
            """
            \(killCount) kills within \(countsAtKills.last ?? 0) answers, \
            \(reader.repeatCount) of which were sent again
            """
        )
    }

    @Test func `fifty readers at once wait little for page and image, and lose nothing`()
        async throws
    {
        let limit = Self.setting("SKIAGRAPH_MEDIAN_MS", else: 2000)
        let names = (1...50).map { "reader-\($0)" }
        let study = try await ServedStudy(pairs: 2, readers: names, imageSide: 256)
        var codes: [String] = []
        for name in names {
            codes.append(try await study.store.invite(name, by: "lead", at: Date()))
        }
        let server = try ServingProcess(study)
        let times = try await withThrowingTaskGroup(of: [Duration].self) { group in
            for code in codes {
                group.addTask {
                    let browser = Browser(site: server.site)
                    try await browser.submit("/session", ["code": code])
                    try await browser.submit("/study/consent")
                    var times: [Duration] = []
                    // A reader looks at each image for a while: never all at the same moment.
                    try await Task.sleep(for: .milliseconds(Int.random(in: 0...1000)))
                    while let image = browser.imagePath {
                        try await browser.submit("/study/answers", ["label": "fake"])
                        try await Task.sleep(for: .milliseconds(Int.random(in: 500...1500)))
                        let time = try await ContinuousClock().measure {
                            try await browser.open("/study")
                            guard let next = browser.imagePath else { return }
                            #expect(try await browser.request("GET", next).status == 200)
                        }
                        #expect(browser.imagePath != image)
                        times.append(time)
                    }
                    return times
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }.sorted()
        }
        #expect(server.stop() == 0)
        #expect(times.count == names.count * 4)
        let (median, slow) = (times[times.count / 2], times[times.count * 95 / 100])
        print("page and image: median \(median), 95 % within \(slow)")
        #expect(median < .milliseconds(limit))
        let recorded = try await study.results().readings
        #expect(recorded.count == names.count * 4)
        #expect(recorded.allSatisfy { $0.reading.answer == .fake })
    }

    private static func setting(_ name: String, else value: Int) -> Int {
        ProcessInfo.processInfo.environment[name].flatMap(Int.init) ?? value
    }
}
