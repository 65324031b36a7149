import Foundation

/// What an inquisitive reader tries.
enum Probe {
    /// Addresses that have to lead nowhere.
    static let absent = [
        "/study.sqlite", "/images", "/study/images", "/study/images/", "/studies", "/studies/lungs",
        "/key", "/truth", "/results", "/report", "/export", "/readers", "/readers/1", "/answers",
        "/study/results", "/study/cases", "/study/readers", "/admin", "/api", "/v1", "/metrics",
        "/.git/config", "/.env", "/robots.txt", "/archive", "/workspace", "/assets", "/assets/",
        "/assets/..%2fstudy.sqlite", "/assets/%2e%2e/%2e%2e/study.sqlite",
        "/assets/reading.mustache",
        "/assets/style.css.map", "//study.sqlite", "/study/images/x/y", "/study/answers/x",
        "/study/draft/x", "/session/x", "/study%00", "/%2e%2e/%2e%2e/etc/passwd", "/debug",
        "/health",
    ]

    /// Those, and the ones that the server has.
    static let paths =
        absent + [
            "/", "/study", "/paused", "/session", "/session/end", "/study/answers", "/study/draft",
            "/study/pause", "/study/screen", "/study/disclosure", "/assets/style.css",
            "/assets/reading.js", "/study?reader=2", "/study?key", "/study#2",
            "/../study.sqlite", "/study/../study.sqlite", "/study/images/..",
        ]

    /// The chunks of a PNG file.
    static func chunks(of file: Data) -> [(type: String, length: Int)] {
        let bytes = [UInt8](file)
        var chunks: [(type: String, length: Int)] = []
        var place = 8
        while place + 12 <= bytes.count {
            let length = bytes[place..<place + 4].reduce(0) { $0 << 8 | Int($1) }
            let type = String(decoding: bytes[place + 4..<place + 8], as: UTF8.self)
            chunks.append((type, length))
            place += 12 + length
        }
        return chunks
    }

    /// How often a value of the second kind is larger than one of the first; half for a tie.
    static func areaUnderCurve(_ first: [Double], _ second: [Double]) -> Double {
        let wins = first.map { value in
            second.reduce(0.0) { $0 + ($1 > value ? 1 : $1 == value ? 0.5 : 0) }
        }.reduce(0, +)
        return wins / Double(first.count * second.count)
    }
}
