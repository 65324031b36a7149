import Foundation
import Imaging
import Testing
import Training

@testable import Workflows

struct DataSetInspectionTests {
    private func image(
        _ number: Int,
        view: String? = nil,
        finding: String? = nil,
        sex: LabelledImage.Sex? = nil
    ) -> LabelledImage {
        LabelledImage(
            path: "\(number)",
            set: "s",
            modality: "XR",
            anatomy: "chest",
            view: view,
            finding: finding,
            sex: sex,
            prompt: "x"
        )
    }

    /// φ of a 2x2 table is (ad − bc) / √(product of the sums): (40·40 − 10·10) / 2500.
    @Test func `Cramér's V of two by two is φ`() throws {
        let cells = [
            ("PA", "normal", 40), ("PA", "mass", 10), ("AP", "normal", 10), ("AP", "mass", 40),
        ]
        let pairs = cells.flatMap { Array(repeating: ($0.0, $0.1), count: $0.2) }
        let v = try #require(DataSetWarnings.cramersV(pairs))
        #expect(abs(v - 0.6) < 1e-12)
        #expect(DataSetWarnings.cramersV(Array(repeating: ("PA", "mass"), count: 60)) == nil)
    }

    @Test func `what would mislead a model is told`() {
        let confounded = (0..<120).map {
            image(
                $0,
                view: $0 < 60 ? "PA" : "AP",
                finding: $0 < 60 ? "no finding" : "mass",
                sex: .female
            )
        }
        let texts = DataSetWarnings(confounded, unreadableCount: 0).texts
        #expect(texts.contains { $0.contains("confounded (Cramér's V 1.0 in 120 images)") })
        #expect(texts.contains { $0.contains("all 120 images") && $0.contains("(F)") })
        #expect(texts.contains("no image is to test with; evaluation needs some"))
        #expect(!texts.contains { $0.contains("only") })
        let small = DataSetWarnings(Array(confounded.prefix(49)), unreadableCount: 2).texts
        #expect(small.contains("only 49 images of the class XR chest no finding"))
        #expect(small.contains { $0.hasPrefix("2 images cannot be read") })
        let fair = (0..<120).map {
            image(
                $0,
                view: $0 % 2 == 0 ? "PA" : "AP",
                finding: $0 % 4 < 2 ? "mass" : "no finding",
                sex: $0 % 3 == 0 ? .female : .male
            )
        }
        #expect(DataSetWarnings(fair, unreadableCount: 0).texts.count == 1)
    }

    @Test func `an imported data set is counted and shown`() throws {
        let fixture = try DataFixture()
        for number in 0..<30 {
            try fixture.add(
                DataFixture.picture(number, width: number < 20 ? 64 : 80),
                as: "\(number).png"
            )
        }
        try fixture.importAll { $0.isCleared = true }
        let (inspection, cells) = try DataSetInspection.inspect(fixture.dataSet, sheetCount: 9)
        #expect(inspection.imageCount + inspection.holdoutCount == 30)
        #expect(inspection.holdoutCount > 0)
        #expect(cells.count == 9)
        let anatomy = try #require(inspection.tables.first { $0.name == "anatomy" })
        #expect(anatomy.counts == [.init(value: "hand", count: inspection.imageCount)])
        #expect(inspection.sizes.map(\.value) == ["64x64", "80x64"])
        #expect(abs(inspection.greyLevels.reduce(0, +) - 1) < 1e-9)
        // 110 ± 60, in ranges of four levels.
        #expect(inspection.greyLevels[..<12].allSatisfy { $0 == 0 })
        #expect(inspection.greyLevels[43...].allSatisfy { $0 == 0 })
        let sheet = try ContactSheet(cells: cells, columnCount: 3).image()
        let page = try inspection.html(sheet: sheet)
        #expect(page.contains("data:image/png;base64,"))
        #expect(
            !page.contains("http://") && !page.contains("https://") && !page.contains("<script")
        )
        #expect(page.contains("only \(inspection.imageCount) images of the class"))
    }

    @Test func `ages are counted by decades in their order`() throws {
        let fixture = try DataFixture()
        var rows = "file,age\n"
        for (number, age) in ["43", "104", "7", "48", "child", "12"].enumerated() {
            try fixture.add(DataFixture.picture(number), as: "\(number).png")
            rows += "sources/\(number).png,\(age)\n"
        }
        let labels = try fixture.write(rows, to: "labels.csv")
        try fixture.importAll { options in
            options.labels = labels
            options.split = try PatientSplit(shares: [1, 0, 0])
        }
        let tables = try DataSetInspection.inspect(fixture.dataSet).inspection.tables
        let ages = try #require(tables.first { $0.name == "age" })
        #expect(ages.counts.map(\.value) == ["0-9", "10-19", "40-49", "90 and more", "child"])
        #expect(ages.counts.map(\.count) == [1, 1, 2, 1, 1])
    }

    @Test func `an unreadable image is named, and the others are counted`() throws {
        let fixture = try DataFixture()
        for number in 0..<5 { try fixture.add(DataFixture.picture(number), as: "\(number).png") }
        try fixture.importAll { $0.split = try PatientSplit(shares: [1, 0, 0]) }
        let names = try fixture.files().keys.filter { $0.hasSuffix(".png") }.sorted()
        try Data("x".utf8).write(to: URL(filePath: "\(fixture.dataSet)/\(names[0])"))
        let inspection = try DataSetInspection.inspect(fixture.dataSet).inspection
        #expect(inspection.unreadable.map(\.path).allSatisfy { $0.hasSuffix(names[0]) })
        #expect(inspection.unreadable.count == 1)
        #expect(inspection.sizes == [.init(value: "64x64", count: 4)])
    }

    @Test func `markup in labels stays text`() throws {
        let fixture = try DataFixture()
        try fixture.add(DataFixture.picture(1), as: "a.png")
        try fixture.importAll {
            $0.anatomy = "<script>alert(1)</script>"
            $0.split = try PatientSplit(shares: [1, 0, 0])
        }
        let page = try DataSetInspection.inspect(fixture.dataSet).inspection.html(sheet: nil)
        #expect(page.contains("&lt;script&gt;") && !page.contains("<script"))
    }
}
