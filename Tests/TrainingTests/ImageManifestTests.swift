import Foundation
import Testing
import Training

struct ImageManifestTests {
    private static let header = "file,modality,anatomy,view,finding,sex,age,prompt,licence,split"

    /// Calls the body with a set's folder that holds a manifest.
    private func withSet<Result>(_ text: String, _ body: (String) throws -> Result) throws -> Result
    {
        try withSet(Data(text.utf8), body)
    }

    private func withSet<Result>(_ data: Data, _ body: (String) throws -> Result) throws -> Result {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("manifest-\(UUID().uuidString)")
        let set = folder.appendingPathComponent("hands")
        try FileManager.default.createDirectory(at: set, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try data.write(to: set.appendingPathComponent("manifest.csv"))
        return try body(set.path)
    }

    @Test func `rows become images with absolute paths`() throws {
        let text = """
            \(Self.header)
            images/1.jpg,XR,hand,PA,,,,An X-ray of the hand,CC BY-SA 4.0,train
            images/2.jpg,XR,chest,AP,no finding,F,36,"A normal chest X-ray, AP view",CC0,test

            """
        try withSet(text) { folder in
            let manifest = try ImageManifest(folder: folder + "/")
            #expect(manifest.name == "hands")
            #expect(
                manifest.images == [
                    LabelledImage(
                        path: folder + "/images/1.jpg",
                        set: "hands",
                        modality: "XR",
                        anatomy: "hand",
                        view: "PA",
                        prompt: "An X-ray of the hand",
                        licence: "CC BY-SA 4.0",
                        split: .train
                    ),
                    LabelledImage(
                        path: folder + "/images/2.jpg",
                        set: "hands",
                        modality: "XR",
                        anatomy: "chest",
                        view: "AP",
                        finding: "no finding",
                        sex: .female,
                        age: "36",
                        prompt: "A normal chest X-ray, AP view",
                        licence: "CC0",
                        split: .test
                    ),
                ]
            )
        }
    }

    @Test func `quoted fields hold commas, quotes and line ends as RFC 4180 says`() throws {
        let prompt = "a \"\"large\"\" one,\r\nsecond line"
        let text =
            "\u{FEFF}" + Self.header + ",note\r\n"
            + "\"1.jpg\",XR,hand,,,,,\"\(prompt)\",,train,\"\"\r\n"
            + "2.jpg,XR,hand,,,,,ü,,train,x"
        try withSet(text) { folder in
            let images = try ImageManifest(folder: folder).images
            #expect(images.map(\.prompt) == ["a \"large\" one,\r\nsecond line", "ü"])
        }
    }

    @Test func `columns may come in any order`() throws {
        let text =
            "split,licence,prompt,age,sex,finding,view,anatomy,modality,file\n"
            + "test,,p,,,,,hand,XR,1.jpg\n"
        try withSet(text) { folder in
            let image = try #require(try ImageManifest(folder: folder).images.first)
            #expect(image.split == .test && image.modality == "XR" && image.prompt == "p")
        }
    }

    @Test(arguments: [
        ("a,b\n", "lacks the columns file, modality"),
        ("", "lacks the columns file"),
        (header + "\n1.jpg,XR\n", "line 2: 2 fields, the first row has 10"),
        (
            header + "\n1.jpg,XR,hand,,,,,p,,train\n2.jpg,XR,hand,,,,,p,,val\n",
            "line 3: split is \"val\""
        ),
        (header + "\n1.jpg,XR,hand,,,X,,p,,train\n", "line 2: sex is \"X\""),
        (header + "\n1.jpg,,hand,,,,,p,,train\n", "line 2: modality is \"\""),
        (header + "\n1.jpg,XR,hand,,,,,,,train\n", "line 2: prompt is \"\""),
        (header + "\n/etc/passwd,XR,hand,,,,,p,,train\n", "line 2: file is \"/etc/passwd\""),
        (header + "\n../1.jpg,XR,hand,,,,,p,,train\n", "line 2: file is \"../1.jpg\""),
        (header + "\n1.jpg,XR,hand,,,,,\"p,,train\n\n\n", "line 2: a double quote opens here"),
        (
            header + "\n1.jpg,XR,hand,,,,,\"p\nq\",,train\n2.jpg,X\"R,hand,,,,,p,,train\n",
            "line 4: a double quote within"
        ),
        (header + "\n1.jpg,XR,hand,,,,,\"p\"q,,train\n", "line 2: text follows the double quote"),
    ])
    func `a malformed manifest is an error that names the line`(text: String, words: String) throws
    {
        try withSet(text) { folder in
            let error = #expect(throws: ManifestError.self) { try ImageManifest(folder: folder) }
            let description = try #require(error).description
            #expect(description.contains(words), "\(description)")
            #expect(description.contains(folder + "/manifest.csv"))
        }
    }

    @Test func `text that is not UTF-8 is an error`() throws {
        let data =
            Data((Self.header + "\n1.jpg,XR,hand,,,,,").utf8) + [0xFF, 0xFE]
            + Data(",,train\n".utf8)
        try withSet(data) { folder in
            _ = #expect(
                throws: ManifestError.malformed(
                    path: folder + "/manifest.csv",
                    line: 2,
                    problem: "the text is not UTF-8"
                )
            ) { try ImageManifest(folder: folder) }
        }
    }

    @Test func `all sets of a folder are read in the order of their names`() throws {
        let row = "1.jpg,XR,hand,,,,,p,,train\n"
        try withSet(Self.header + "\n" + row) { folder in
            let parent = URL(fileURLWithPath: folder).deletingLastPathComponent()
            for name in ["feet", "notes"] {
                try FileManager.default.createDirectory(
                    at: parent.appendingPathComponent(name),
                    withIntermediateDirectories: false
                )
            }
            try Data((Self.header + "\n" + row + row).utf8)
                .write(to: parent.appendingPathComponent("feet/manifest.csv"))
            let manifests = try ImageManifest.all(under: parent.path)
            #expect(manifests.map(\.name) == ["feet", "hands"])
            #expect(manifests.map(\.images.count) == [2, 1])
            #expect(throws: ManifestError.noManifests(folder: folder)) {
                try ImageManifest.all(under: folder)
            }
        }
    }

    @Test func `only pictures whose mirror image is the same anatomy may be flipped`() {
        func allows(_ modality: String, _ anatomy: String, _ view: String?, _ prompt: String)
            -> Bool
        {
            CaptionCases.image(modality, anatomy, view: view, prompt: prompt).allowsHorizontalFlip
        }
        #expect(allows("XR", "hand", "PA", "An X-ray of the hand"))
        #expect(allows("US", "breast", nil, "A breast ultrasound image"))
        #expect(allows("MR", "brain", "axial", "An axial MRI slice of the brain"))
        #expect(allows("CT", "head", "axial", "An axial CT slice of the head"))
        #expect(!allows("XR", "hand", "PA", "An X-ray of the Left hand"))
        #expect(!allows("XR", "knee", "PA", "An X-ray of the right knee"))
        #expect(!allows("XR", "chest", "PA", "A chest X-ray"))
        #expect(!allows("CT", "chest", "axial", "An axial CT slice of the chest"))
        #expect(!allows("CT", "abdomen", "axial", "An axial CT slice of the abdomen"))
        #expect(!allows("MR", "breast", "axial", "An axial MRI slice of the breast"))
        #expect(!allows("MR", "brain", "sagittal", "A sagittal MRI slice of the brain"))
        #expect(!allows("XR", "skull", nil, "An X-ray of a kind that nobody judged"))
    }
}
