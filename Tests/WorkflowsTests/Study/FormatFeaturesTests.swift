import Foundation
import Imaging
import Testing
import Workflows

struct FormatFeaturesTests {
    private func value(_ name: String, _ features: FormatFeatures, _ names: [String]) -> Double? {
        names.firstIndex(of: name).map { features.values[$0] }
    }

    @Test func `a white square in a black frame has the features of one`() throws {
        let image = try PixelImage(
            width: 10,
            height: 10,
            grey: (0..<100).map { index in
                let (x, y) = (index % 10, index / 10)
                return (1...8).contains(x) && (1...8).contains(y) ? 255 : 0
            }
        )
        let features = FormatFeatures(original: image, format: .png, byteCount: 400)
        let expected: [(String, Double)] = [
            ("width", log2(10)), ("height", log2(10)), ("bytes per pixel", 2), ("JPEG", 0),
            ("bits", 8), ("colour", 1), ("share of black", 0.36), ("share of white", 0.64),
            ("grey levels in use", 2.0 / 256), ("border mean", 0), ("border spread", 0),
            ("border darker than inside", 0.64),
        ]
        #expect(features.values.count == FormatFeatures.originalNames.count)
        for (name, wanted) in expected {
            let found = try #require(value(name, features, FormatFeatures.originalNames), "\(name)")
            #expect(abs(found - wanted) < 1e-12, "\(name)")
        }
    }

    @Test func `detail and block edges follow their formulas`() throws {
        // Columns alternate 0 and 100: every Laplacian inside is ±200, the variance 2500.
        let stripes = try PixelImage(
            width: 16,
            height: 16,
            grey: (0..<256).map { $0 % 2 == 0 ? 0 : 100 }
        )
        let energy = 14.0 * 14 * 200 * 200 / 256
        let names = FormatFeatures.matchedNames
        let striped = FormatFeatures(matched: stripes, byteCount: 256)
        let detail = try #require(value("fine detail", striped, names))
        #expect(abs(detail - log2((energy + 1e-3) / (2500 + 1e-3))) < 1e-12)
        #expect(value("block edges", striped, names) == 0)
        #expect(value("bytes per pixel", striped, names) == 0)
        // Blocks of 8: the only step of 80 lies on the grid.
        let blocks = try PixelImage(
            width: 16,
            height: 16,
            grey: (0..<256).map { $0 % 16 < 8 ? 20 : 100 }
        )
        let edges = value("block edges", FormatFeatures(matched: blocks, byteCount: 1), names)
        #expect(try abs(#require(edges) - log2(80.1 / 0.1)) < 1e-9)
    }
}
