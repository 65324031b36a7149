import Foundation
import Imaging

/// The expected values that `Scripts/make-imaging-goldens.py` writes.
enum Goldens {
    /// An image in JSON: samples in base64, little-endian.
    struct Image: Decodable {
        var width: Int
        var height: Int
        var channelCount: Int
        var bitDepth: Int
        var samples: Data

        func pixels() throws -> PixelImage {
            let bytes = [UInt8](samples)
            let values: PixelImage.Samples =
                bitDepth == 8
                ? .uint8(bytes)
                : .uint16(
                    stride(from: 0, to: bytes.count, by: 2).map { index in
                        UInt16(bytes[index]) | UInt16(bytes[index + 1]) << 8
                    }
                )
            return try PixelImage(
                width: width,
                height: height,
                channelCount: channelCount,
                samples: values
            )
        }
    }

    static func path(_ name: String) -> String {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("Goldens/imaging/\(name)").path
    }

    static func bytes(_ name: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(fileURLWithPath: path(name))))
    }

    static func json<Value: Decodable>(_ name: String) throws -> Value {
        try JSONDecoder().decode(Value.self, from: Data(bytes(name)))
    }
}

/// Runs a test in a new folder that is removed afterwards.
func withTemporaryFolder(_ work: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory
        .appendingPathComponent("imaging-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try work(folder)
}

extension PixelImage {
    /// The samples as integers.
    var values: [Int] {
        switch samples {
        case .uint8(let values): values.map(Int.init)
        case .uint16(let values): values.map(Int.init)
        }
    }

    /// The largest difference of two samples, or nil where the layouts differ.
    func largestDifference(from other: PixelImage) -> Int? {
        guard layout == other.layout else { return nil }
        return zip(values, other.values).map { abs($0 - $1) }.max()
    }
}
