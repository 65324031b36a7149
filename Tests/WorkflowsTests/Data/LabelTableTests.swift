import Foundation
import Testing

@testable import Workflows

struct LabelTableTests {
    private let fixture: DataFixture

    init() throws { fixture = try DataFixture() }

    @Test(arguments: [
        "file,prompt,sex,patient,ignored\nsources/a.png,\"A hand, \"\"left\"\"\",female,7,x\n",
        "{\"file_name\": \"sources/a.png\", \"text\": \"A hand, \\\"left\\\"\", \"sex\": \"F\","
            + " \"patient\": 7}\n\n",
    ])
    func `CSV and JSON Lines say the same`(text: String) throws {
        let path = try fixture.write(text, to: "labels")
        let facts = try LabelTable(path: path).facts(of: "\(fixture.path)/./sources/a.png")
        #expect(facts == ImageFacts(sex: "F", prompt: "A hand, \"left\"", patient: "7"))
        #expect(try LabelTable(path: path).facts(of: "/other/a.png") == ImageFacts())
    }

    @Test(arguments: [
        ("89", "89"), ("90", "90"), ("91", "90"), ("104", "90"), ("child (1-5 y)", "child (1-5 y)"),
    ])
    func `the oldest have one age`(stated: String, kept: String) throws {
        let path = try fixture.write("file,age\na.png,\(stated)\n", to: "labels")
        #expect(try LabelTable(path: path).facts(of: "\(fixture.path)/a.png").age == kept)
    }

    @Test(arguments: [
        ("name,prompt\na,b\n", "line 1: no column is called file"),
        ("file,prompt\na\n", "line 2: 1 fields, the first row has 2"),
        ("file,sex\na.png,x\n", "line 2: sex is \"x\""),
        ("{\"file\": 1", "line 1: this is no JSON"),
        ("{\"prompt\": \"x\"}", "line 1: there is no value in the column file"),
    ])
    func `a mistake is named with its line`(text: String, words: String) throws {
        let path = try fixture.write(text, to: "labels")
        let error = #expect(throws: DataSetError.self) { try LabelTable(path: path) }
        #expect("\(error as Any)".contains(words))
    }

    @Test func `a table that is not there is an error`() {
        #expect(throws: DataSetError.source(path: "/nowhere.csv", errorNumber: ENOENT)) {
            try LabelTable(path: "/nowhere.csv")
        }
    }

    @Test func `a caption beside the image is its caption`() throws {
        let path = try fixture.add(DataFixture.picture(1), as: "a.png")
        try Data("A hand\nwith a ring \n".utf8)
            .write(to: URL(filePath: fixture.sources + "/a.txt"))
        #expect(ImportSources.sidecar(of: path) == "A hand with a ring")
        #expect(try ImportSources.files([fixture.sources, path]) == [path])
    }
}
