import Foundation
import Testing

/// The expected values that `Scripts/make-study-goldens.py` writes.
struct Goldens: Decodable {
    struct Value: Decodable {
        var source: String
        var values: [Double]
    }

    var data: [String: [[Double?]]]
    var values: [String: Value]

    static func load() throws -> Goldens {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent()
            .appendingPathComponent("Goldens/readerstudy/statistics.json")
        return try JSONDecoder().decode(Goldens.self, from: Data(contentsOf: file))
    }

    /// The expected values of one name.
    static func values(_ name: String) throws -> [Double] {
        try #require(load().values[name], "no golden \(name)").values
    }

    /// Input rows of one name, nil where a value is missing.
    static func rows(_ name: String) throws -> [[Double?]] {
        try #require(load().data[name], "no data \(name)")
    }

    /// Input rows without missing values.
    static func full(_ name: String) throws -> [[Double]] {
        try rows(name).map { try $0.map { try #require($0) } }
    }

    /// Input rows of whole numbers.
    static func whole(_ name: String) throws -> [[Int]] {
        try full(name).map { $0.map { Int($0) } }
    }
}

/// Expects values to equal a golden one by one.
func expect(
    _ found: [Double],
    equal name: String,
    relative: Double = 1e-9,
    absolute: Double = 1e-12,
    sourceLocation: SourceLocation = #_sourceLocation
) throws {
    let expected = try Goldens.values(name)
    try #require(found.count == expected.count, sourceLocation: sourceLocation)
    for (index, (value, golden)) in zip(found, expected).enumerated() {
        #expect(
            abs(value - golden) <= absolute + relative * abs(golden),
            "\(name)[\(index)]: \(value), expected \(golden)",
            sourceLocation: sourceLocation
        )
    }
}

/// Whether two numbers agree within a tolerance.
func agree(_ first: Double, _ second: Double, within tolerance: Double = 1e-12) -> Bool {
    abs(first - second) <= tolerance
}
