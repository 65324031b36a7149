import Foundation
import Models
import Testing
import Training

struct CaptionWriterTests {
    /// Captions of one image in other words than the set's.
    private func captions(of image: LabelledImage, count: Int = 300) -> [String] {
        var generator = SplitMix64(state: 7)
        let writer = CaptionWriter(verbatimShare: 0)
        return (0..<count).map { _ in writer.caption(for: image, using: &generator) }
    }

    @Test(arguments: CaptionCases.all)
    func `the same state of the generator gives the same caption`(image: LabelledImage) {
        for seed in 0..<50 as Range<UInt64> {
            var first = SplitMix64(state: seed)
            var second = SplitMix64(state: seed)
            let caption = CaptionWriter().caption(for: image, using: &first)
            #expect(caption == CaptionWriter().caption(for: image, using: &second))
            #expect(first.state == second.state)
        }
        #expect(Set(captions(of: image)).count > 20)
    }

    @Test(arguments: CaptionCases.all)
    func `only an image labelled normal is called normal`(image: LabelledImage) {
        let claims: Set = ["normal", "unremarkable", "healthy", "findings"]
        let claimed = captions(of: image).filter {
            !claims.isDisjoint(with: CaptionCases.words(of: $0))
        }
        #expect(claimed.isEmpty == (image.finding != "no finding"))
    }

    @Test(arguments: CaptionCases.all)
    func `a side is only ever the side of the set's caption`(image: LabelledImage) {
        for side in LabelledImage.Side.allCases where !image.sides.contains(side) {
            #expect(
                !captions(of: image).contains { CaptionCases.words(of: $0).contains(side.rawValue) }
            )
        }
        for side in image.sides {
            #expect(
                captions(of: image).contains { CaptionCases.words(of: $0).contains(side.rawValue) }
            )
        }
    }

    @Test(arguments: CaptionCases.all)
    func `no caption states a label of another image`(image: LabelledImage) {
        // Each word may only appear where the set's own words hold one of the words beside it.
        let grounds: [String: [String]] = [
            "benign": ["benign"], "malignant": ["malignant"], "cancer": ["malignant", "cancer"],
            "glioma": ["glioma"], "meningioma": ["meningioma"], "pituitary": ["pituitary"],
            "bacterial": ["bacterial"], "viral": ["viral"],
            "pneumonia": ["pneumonia", "pneumocystis", "covid"], "covid": ["covid"],
            "effusion": ["effusion"], "pneumothorax": ["pneumothorax"], "mass": ["mass"],
            "nodule": ["nodule"], "heart": ["cardiomegaly"], "mild": ["mild"], "severe": ["severe"],
            "moderate": ["moderate"], "doubtful": ["doubtful"],
            "without": ["without", "no"], "implant": ["implant"], "prosthesis": ["implant"],
            "replacement": ["implant"], "depuy": ["depuy"], "zimmer": ["zimmer"],
            "axial": ["axial"], "transverse": ["axial"], "coronal": ["coronal"],
            "sagittal": ["sagittal"], "pa": ["pa"], "ap": ["ap"], "posteroanterior": ["pa"],
            "anteroposterior": ["ap"], "linear": ["linear"], "convex": ["convex"],
            "window": ["window"], "contrast": ["contrast"], "t1": ["t1"],
        ]
        let known = CaptionCases.words(
            of: [image.prompt, image.finding ?? "", image.view ?? ""].joined(separator: " ")
        )
        for caption in captions(of: image) {
            for word in CaptionCases.words(of: caption) {
                guard let needed = grounds[word] else { continue }
                #expect(!needed.filter(known.contains).isEmpty, "\(caption)")
            }
        }
    }

    @Test(arguments: CaptionCases.slices)
    func `what is known of the patient only is never said to be seen`(image: LabelledImage) {
        guard let finding = image.finding, finding.contains("lung"), image.modality == "CT" else {
            return
        }
        let seeing: Set = ["showing", "shows", "demonstrating"]
        for caption in captions(of: image) {
            #expect(seeing.isDisjoint(with: CaptionCases.words(of: caption)), "\(caption)")
            #expect(!caption.contains("with lung") || caption.contains(" of a "), "\(caption)")
        }
    }

    @Test func `contrast is stated as the label has it`() {
        for image in CaptionCases.slices where image.finding?.contains("contrast") == true {
            let isWithout = image.finding?.contains("no contrast") == true
            let stated = captions(of: image).filter { $0.contains("contrast") }
            #expect(!stated.isEmpty)
            #expect(stated.allSatisfy { $0.contains("without") == isWithout })
        }
    }

    @Test(arguments: CaptionCases.all)
    func `articles agree with the sound of the next word`(image: LabelledImage) {
        let vowelSounds = [
            "x-ray", "x", "xr", "mri", "mr", "ap", "axial", "ultrasound", "unremarkable",
            "abdominal", "abdomen", "implant", "infiltrate", "enlarged", "anteroposterior",
        ]
        for caption in captions(of: image) {
            let words = caption.lowercased().split { $0 == " " || $0 == "," }.map(String.init)
            for (article, next) in zip(words, words.dropFirst())
            where article == "a" || article == "an" {
                #expect((article == "an") == vowelSounds.contains(next), "\(caption)")
            }
            #expect(!caption.contains("  ") && !caption.hasSuffix(" "), "\(caption)")
        }
    }

    @Test(arguments: [
        ("XR", "hand", "An X-ray of the hand"), ("XR", "knee", "An X-ray of the knee"),
        ("XR", "shoulder", "An X-ray of the shoulder"), ("XR", "chest", "An X-ray of the chest"),
        ("XR", "chest", "A chest X-ray showing pneumonia"),
        ("XR", "chest", "A normal chest X-ray, PA view"),
        ("CT", "chest", "An axial CT slice of the chest"),
        ("CT", "abdomen", "An axial CT slice of the abdomen"),
        ("CT", "head", "An axial CT slice of the head"),
        ("MR", "brain", "An axial MRI slice of the brain"),
        ("MR", "breast", "An axial MRI slice of the breast"),
        ("US", "breast", "A breast ultrasound image showing a malignant tumour"),
        ("US", "lung", "A lung ultrasound image"),
    ])
    func `training sees the plainest prompts word for word`(
        modality: String,
        anatomy: String,
        prompt: String
    ) {
        let images = CaptionCases.all.filter { $0.modality == modality && $0.anatomy == anatomy }
        #expect(images.contains { captions(of: $0, count: 3000).contains(prompt) })
    }

    @Test func `an image with labels of another vocabulary keeps the set's caption`() {
        let images = [
            CaptionCases.image("XR", "hand", finding: "boxer's fracture", prompt: "A broken hand"),
            CaptionCases.image("NM", "thyroid", prompt: "A thyroid scintigram"),
            CaptionCases.image("XR", "hand", prompt: "An X-ray of the left and the right hand"),
        ]
        for image in images {
            #expect(Set(captions(of: image)) == [image.prompt])
        }
    }

    @Test func `shares set how often each kind of caption is written`() {
        var generator = SplitMix64(state: 1)
        let knee = CaptionCases.knees[2]
        let writer = CaptionWriter(verbatimShare: 0.5, briefShare: 0.3)
        let captions = (0..<4000).map { _ in writer.caption(for: knee, using: &generator) }
        let verbatim = captions.filter { $0 == knee.prompt }.count
        let brief = captions.filter { ["An X-ray of the knee", "A knee X-ray"].contains($0) }.count
        #expect(1900..<2200 ~= verbatim)
        #expect(1080..<1320 ~= brief)
    }

    @Test(arguments: CaptionCases.all)
    func `the embedded model has one token for every word of every caption`(
        image: LabelledImage
    ) throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let tokenizer = try CLIPTokenizer(
            folder: root.appendingPathComponent("PretrainedModels/radiograph-mini/tokenizer").path
        )
        for caption in [image.prompt] + captions(of: image, count: 100) {
            let encoding = tokenizer.encode(caption)
            let words = tokenizer.decode(encoding.ids, skipsSpecialTokens: true).split(
                separator: " "
            )
            #expect(encoding.tokenCount == words.count + 2, "\(caption)")
            #expect(encoding.truncatedText == nil)
        }
    }
}
