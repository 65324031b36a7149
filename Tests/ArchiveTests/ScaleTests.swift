import Archive
import Foundation
import Testing

/// An archive of 100,000 records answers within a tenth of a second.
struct ScaleTests {
    @Test func `lists, searches and counts take less than 100 ms`() throws {
        let workspace = try TemporaryArchive()
        try workspace.fill(count: 100_000)
        let archive = workspace.archive
        let page = try measure("list, newest") { try archive.images(limit: 50) }
        #expect(page.count == 50 && page[0].id == 100_000)
        for text in [
            "anatomy=knee review=accepted", "kind=synthetic outcome=refused", "view=none",
            "fracture",
            "hand", "x-ray", "hand anatomy=knee", "nothinglikethis", "since=2026-01-05",
        ] {
            let query = try ImageQuery(parsing: text)
            _ = try measure("list \(text)") { try archive.images(query, limit: 50) }
            _ = try measure("count \(text)") { try archive.count(query) }
        }
        let account = try measure("account") { try archive.account() }
        #expect(account.count() == 100_000)
        #expect(account.count(outcome: .refused) == 2_000)
        #expect(account.refusals.map(\.count) == [2_000])
        _ = try measure("account of hands") {
            try archive.account(of: ImageQuery(parsing: "anatomy=hand"))
        }
        _ = try measure("record by hash") {
            try archive.record(String(repeating: "0", count: 60) + "1234")
        }
        try archive.register(Reviewer(name: "Ada", credentials: "radiologist"))
        _ = try measure("queue") { try archive.queue(for: "Ada", limit: 50) }
    }

    /// The result; that it took short enough is an expectation.
    ///
    /// The processor time of this thread is gated, which other work on the machine does not lengthen;
    /// databases are read on the thread that asks.
    private func measure<Value>(_ name: String, _ work: () throws -> Value) throws -> Value {
        var value = try work()
        var shortest = Duration.seconds(3600)
        for _ in 0..<5 {
            let start = Self.threadTime
            value = try work()
            shortest = min(shortest, Self.threadTime - start)
        }
        if ProcessInfo.processInfo.environment["SKIAGRAPH_TIMES"] != nil {
            print("\(name): \(shortest / .milliseconds(1)) ms")
        }
        #expect(shortest > .microseconds(20), "\(name) ran on another thread")
        #expect(shortest < .milliseconds(100), "\(name) took \(shortest)")
        return value
    }

    private static var threadTime: Duration {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }
}

extension TemporaryArchive {
    /// Makes records without files: of hands, knees and chests, some refused or failed.
    fileprivate func fill(count: Int) throws {
        try tamper(
            """
            CREATE TEMP TABLE n AS WITH RECURSIVE n (i) AS
                (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < \(count)) SELECT i FROM n;
            INSERT INTO file SELECT printf('%064x', i), 20000, 'PNG' FROM n;
            INSERT INTO image (
                kind, outcome, review, modality, anatomy, view, finding, recorded_at, file_sha256,
                pixel_sha256, width, height, channel_count, bit_depth, reason_code, reason, provenance)
            SELECT 'synthetic', outcome,
                CASE WHEN outcome <> 'done' THEN 'unreviewed' WHEN i % 3 = 0 THEN 'accepted'
                    WHEN i % 3 = 1 THEN 'rejected' ELSE 'unreviewed' END,
                'XR', anatomy, CASE i % 2 WHEN 0 THEN 'PA' ELSE 'lateral' END,
                CASE WHEN i % 10 = 0 THEN 'fracture' END,
                strftime('%Y-%m-%dT%H:%M:%fZ', '2026-01-01', '+' || (i * 5) || ' seconds'),
                CASE outcome WHEN 'done' THEN printf('%064x', i) END,
                CASE outcome WHEN 'done' THEN printf('%064x', i + 1000000) END,
                CASE outcome WHEN 'done' THEN 256 END, CASE outcome WHEN 'done' THEN 256 END,
                CASE outcome WHEN 'done' THEN 1 END, CASE outcome WHEN 'done' THEN 8 END,
                CASE outcome WHEN 'refused' THEN 'identity/name' WHEN 'failed' THEN 'not-finite' END,
                CASE outcome WHEN 'done' THEN NULL ELSE 'a reason in words' END,
                json_object('prompt', 'An X-ray of the ' || anatomy
                    || CASE WHEN i % 10 = 0 THEN ' with a fracture' ELSE '' END || ', number ' || i,
                    'seed', i, 'index', 0, 'steps', 25, 'guidance', 5.0, 'scheduler', 'dpmpp-2m',
                    'width', 256, 'height', 256, 'model', 'radiograph-mini',
                    'model_sha256', printf('%064x', 7), 'dtype', 'float32', 'device', 'cpu',
                    'software_version', '0.1.0', 'digital_source_type', 'trainedAlgorithmicMedia')
            FROM (SELECT i, CASE i % 50 WHEN 0 THEN 'refused' WHEN 1 THEN 'failed' ELSE 'done' END
                AS outcome, CASE i % 3 WHEN 0 THEN 'hand' WHEN 1 THEN 'knee' ELSE 'chest' END
                AS anatomy FROM n);
            """
        )
    }
}
