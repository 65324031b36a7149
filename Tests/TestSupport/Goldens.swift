public import Foundation
public import Tensors
public import Testing

/// The expected values and tiny models of Tests/Goldens.
public enum Goldens {
    /// Tests/Goldens itself.
    public static let folder = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Goldens")

    /// The folder of a tiny model, such as `tiny-sd1`.
    public static func model(_ name: String) -> URL { folder.appending(path: "models/\(name)") }

    /// Opens a file of tensors.
    ///
    /// - Parameter path: relative to Tests/Goldens, with its extension.
    /// - Returns: the file, from which tensors are read by name.
    /// - Throws: the error of a file that cannot be read.
    public static func tensors(_ path: String) throws -> GoldenTensors {
        GoldenTensors(
            path: path,
            file: try SafetensorsFile(path: folder.appending(path: path).path)
        )
    }
}

/// One file of expected values.
public struct GoldenTensors {
    let path: String
    let file: SafetensorsFile

    /// The tensor of that name; a missing one fails the test.
    public subscript(name: String) -> Tensor {
        get throws { try file.tensor(named: name) }
    }

    /// The names of all tensors.
    public var keys: [String] { file.keys }

    /// Whether there is a tensor of that name.
    public func contains(_ name: String) -> Bool { file.keys.contains(name) }
}

/// Expects `|actual − expected| <= atol + rtol · |expected|` of every element; reports the worst
/// one.
///
/// - Parameters:
///   - actual: what the code under test gave.
///   - expected: a tensor of the same shape.
///   - atol: the absolute tolerance.
///   - rtol: the tolerance relative to the expected element.
///   - comment: what is compared.
///   - sourceLocation: where a failure is reported.
/// - Throws: `TorchError` where one of them has no values.
public func expectClose(
    _ actual: Tensor,
    _ expected: Tensor,
    atol: Double = 1e-4,
    rtol: Double = 0,
    _ comment: @autoclosure () -> String = "",
    sourceLocation: SourceLocation = #_sourceLocation
) throws {
    let (found, wanted) = (actual.shape, expected.shape)
    guard found == wanted else {
        Issue.record(
            "\(comment()): shape \(found), expected \(wanted)",
            sourceLocation: sourceLocation
        )
        return
    }
    let pairs = zip(try actual.array(), try expected.array())
    var worst = (excess: -Double.infinity, index: 0, actual: Float(0), expected: Float(0))
    var failureCount = 0
    for (index, (actual, expected)) in pairs.enumerated() {
        let difference = Double((actual - expected).magnitude)
        let excess = difference - atol - rtol * Double(expected.magnitude)
        let isClose = excess <= 0 || actual == expected  // equal infinities differ by no number
        guard !isClose else { continue }
        failureCount += 1
        if !(excess <= worst.excess) { worst = (excess, index, actual, expected) }
    }
    guard failureCount > 0 else { return }
    Issue.record(
        """
        \(comment()): \(failureCount) of \(wanted.reduce(1, *)) elements differ; the worst is \
        \(coordinates(worst.index, wanted)): \(worst.actual), expected \(worst.expected)
        """,
        sourceLocation: sourceLocation
    )
}

/// The position of a row-major index in a shape.
private func coordinates(_ index: Int, _ shape: [Int]) -> [Int] {
    var (rest, result) = (index, [Int]())
    for size in shape.reversed() {
        result.insert(rest % size, at: 0)
        rest /= size
    }
    return result
}
