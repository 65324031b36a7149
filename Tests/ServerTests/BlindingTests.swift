import Foundation
import ReaderStudy
import StudyStore
import Testing

/// A reader who knows HTTP holds a valid cookie and looks for anything that tells real from fake, or
/// that belongs to somebody else.
struct BlindingTests {
    @Test func `no route tells what an image is or who else reads`() async throws {
        let study = try await ServedStudy(readers: ["Anna", "Bertrand"])
        let secrets =
            study.cases.flatMap { [$0.caseID, $0.source] } + ["Bertrand", "clinic", "drawn"]
        try await study.serving { site in
            _ = try await study.beginReading("Bertrand", at: site)
            let browser = try await study.beginReading(at: site)
            let form = browser.hiddenFields.merging(["label": "real"]) { $1 }
            for path in Probe.paths {
                for method in ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"]
                {
                    let response =
                        method == "POST"
                        ? try await browser.post(path, form.merging(["image": "x"]) { $1 })
                        : try await browser.request(method, path)
                    let shown = response.text + response.headers.description
                    for secret in secrets where shown.contains(secret) {
                        Issue.record("\(method) \(path) shows \(secret)")
                    }
                    #expect(response.status != 500, "\(method) \(path)")
                    if Probe.absent.contains(path) {
                        #expect([404, 405, 400].contains(response.status), "\(method) \(path)")
                    }
                }
            }
        }
    }

    @Test func `only the image that is due is served; all other names look the same`() async throws
    {
        let study = try await ServedStudy()
        try await study.serving { site in
            let other = try await study.beginReading("Bert", at: site)
            let browser = try await study.beginReading(at: site)
            let answered = try #require(browser.imagePath)
            try await browser.submit("/study/answers", ["label": "real"])
            let due = try #require(browser.imagePath)
            let foreign = try #require(other.imagePath)
            #expect(try await browser.request("GET", due).status == 200)
            let name = due.dropFirst("/study/images/".count)
            let guesses =
                [answered, foreign]
                + [
                    name.uppercased(), "\(name)0", String(name.dropLast()), "\(name).png", "0", "1",
                    String(repeating: "0", count: 32), "patient-0", "%00", "%27%20OR%201=1--",
                    "..%2f..%2fstudy.sqlite", "..%2fimages", "*", "\(name)%00",
                ].map { "/study/images/\($0)" }
            var answers: Set<String> = []
            for guess in guesses {
                let response = try await browser.request("GET", guess)
                #expect(response.status == 404, "\(guess)")
                var headers = response.headers
                headers["Date"] = nil
                answers.insert("\(headers.sorted { $0.key < $1.key })" + response.text)
            }
            #expect(answers.count == 1)
        }
    }

    @Test func `names of images follow from nothing and are never the same`() async throws {
        // Two studies of one seed have one order, but no name in common.
        var names: [[String]] = []
        for _ in 0..<2 {
            let study = try await ServedStudy(pairs: 2)
            try await study.serving { site in
                for reader in ["Anna", "Bert"] {
                    let browser = try await study.beginReading(reader, at: site)
                    var seen: [String] = []
                    while let path = browser.imagePath {
                        seen.append(path)
                        try await browser.submit("/study/answers", ["label": "real"])
                    }
                    names.append(seen)
                }
            }
        }
        #expect(names.map(\.count) == [4, 4, 4, 4])
        #expect(Set(names.joined()).count == 16)
        for name in names.joined() {
            #expect(name.wholeMatch(of: /\/study\/images\/[0-9a-f]{32}/) != nil)
        }
    }

    @Test func `headers open no door`() async throws {
        let study = try await ServedStudy()
        try await study.serving { site in
            let other = try await study.beginReading("Bert", at: site)
            let browser = try await study.beginReading(at: site)
            let foreign = try #require(other.imagePath)
            let plain = try await browser.request("GET", foreign)
            for (name, value) in [
                ("X-Original-URL", foreign), ("X-Rewrite-URL", foreign), ("Range", "bytes=0-"),
                ("X-Forwarded-For", "127.0.0.1"), ("X-Real-IP", "127.0.0.1"),
                ("X-Forwarded-User", "Bert"), ("Authorization", "Basic QmVydDo="),
                ("X-HTTP-Method-Override", "POST"), ("Referer", "\(site)/study"),
                ("Cookie", "session=" + String(repeating: "0", count: 64)),
                ("Cookie", "\(browser.session ?? ""); reader=Bert; admin=1"),
            ] {
                let response = try await browser.request("GET", foreign, headers: [name: value])
                #expect([404, 303].contains(response.status), "\(name): \(value)")
                if response.status == 404 { #expect(response.body == plain.body) }
            }
        }
    }

    @Test func `files of all images are alike in length, header and chunks`() async throws {
        let study = try await ServedStudy(pairs: 4)
        var shapes: Set<String> = []
        var contents: Set<Data> = []
        try await study.serving { site in
            let browser = try await study.beginReading(at: site)
            while let path = browser.imagePath {
                let image = try await browser.request("GET", path)
                var headers = image.headers
                headers["Date"] = nil
                let ranged = try await browser.request(
                    "GET",
                    path,
                    headers: [
                        "Range": "bytes=0-9", "If-Modified-Since": "Sat, 01 Jan 2000 00:00:00 GMT",
                    ]
                )
                #expect(ranged.status == 200 && ranged.body == image.body)
                let chunks = Probe.chunks(of: image.body).map(\.type)
                shapes.insert("\(headers.sorted { $0.key < $1.key }) \(image.body.count) \(chunks)")
                contents.insert(image.body)
                try await browser.submit("/study/answers", ["label": "uncertain"])
            }
        }
        #expect(contents.count == 8)
        #expect(shapes.count == 1)
        #expect(shapes.first?.contains(#"["IHDR", "IDAT", "paDd", "IEND"]"#) == true)
    }

    @Test func `response times tell nothing of the truth`() async throws {
        let study = try await ServedStudy(pairs: 12, readers: ["Anna"])
        var times: [(position: Int, seconds: Double)] = []
        try await study.serving { site in
            let browser = try await study.beginReading(at: site)
            var position = 0
            while let path = browser.imagePath {
                for _ in 0..<5 {
                    let seconds = try await ContinuousClock().measure {
                        _ = try await browser.request("GET", path)
                    }
                    times.append((position, seconds / .seconds(1)))
                }
                try await browser.submit("/study/answers", ["label": "real"])
                position += 1
            }
        }
        let truths = try await study.results().readings.map(\.reading.truth)
        let real = times.filter { truths[$0.position] == .real }.map(\.seconds)
        let fake = times.filter { truths[$0.position] == .fake }.map(\.seconds)
        #expect(real.count == 60 && fake.count == 60)
        // By chance the area has a standard deviation of 0.053 here.
        let area = Probe.areaUnderCurve(real, fake)
        #expect(abs(area - 0.5) < 0.25, "times separate the classes with an AUC of \(area)")
    }
}
