import Foundation
import FoundationXML
import Imaging
import Testing

struct ProvenanceTests {
    private var provenance: Provenance {
        Provenance(
            prompt: "An X-ray of the hand",
            seed: .max,
            index: 3,
            inferenceStepCount: 25,
            guidanceScale: 7.5,
            scheduler: "DPMSolverMultistepScheduler",
            width: 256,
            height: 192,
            model: "radiograph-mini",
            modelSHA256: String(repeating: "ab", count: 32),
            dtype: "float32",
            device: "cpu",
            softwareVersion: "0.1.0"
        )
    }

    @Test(
        arguments: [
            "An X-ray of the hand", "", "a < b && c > \"d\" 'e' ]]>", "手 🦴 é",
            "line\nbreak\ttab \u{0}\u{1B}[31m\u{FFFE} end", String(repeating: "long ", count: 2000),
        ])
    func `a PNG gives back what was written`(prompt: String) throws {
        try withTemporaryFolder { folder in
            var written = provenance
            written.prompt = prompt
            written.negativePrompt = "blurry \u{0}, text"
            written.digitalSourceType = .compositeWithTrainedAlgorithmicMedia
            written.parentSHA256 = String(repeating: "cd", count: 32)
            let image = try PixelImage(width: 2, height: 1, grey: [1, 2])
            let path = folder + "/image.png"
            try image.writePNG(to: path, text: written.pngText())
            #expect(try Provenance(readingPNG: path) == written)
            #expect(try PixelImage.read(path: path) == image)
        }
    }

    @Test func `the JSON is compact and in a fixed order`() throws {
        let json = try #require(provenance.pngText().first)
        #expect(json.keyword == "skiagraph")
        let expected = """
            {"device":"cpu","digital_source_type":"trainedAlgorithmicMedia","dtype":"float32",\
            "guidance":7.5,"height":192,"index":3,"model":"radiograph-mini",\
            "model_sha256":"\(String(repeating: "ab", count: 32))",\
            "prompt":"An X-ray of the hand","scheduler":"DPMSolverMultistepScheduler",\
            "seed":18446744073709551615,"software_version":"0.1.0","steps":25,"width":256}
            """
        #expect(json.value == expected)
    }

    @Test(
        arguments: [
            ("An X-ray of the hand", "An X-ray of the hand"),
            ("a < b && \"c\" ]]> <script>", "a < b && \"c\" ]]> <script>"),
            ("手 🦴", "手 🦴"),
            ("bell\u{7} nul\u{0} escape\u{1B} \u{FFFF}end", "bell nul escape end"),
        ])
    func `the XMP packet is well-formed and states source, prompt and tool`(
        prompt: String,
        expected: String
    ) throws {
        var provenance = provenance
        provenance.prompt = prompt
        let reader = XMPReader()
        let parser = XMLParser(data: Data(provenance.xmpPacket.utf8))
        parser.shouldProcessNamespaces = true
        parser.delegate = reader
        #expect(parser.parse())
        let iptc = "http://iptc.org/std/Iptc4xmpExt/2008-02-29/"
        let uri = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"
        #expect(reader.texts[iptc + "DigitalSourceType"] == uri)
        #expect(reader.texts["http://ns.adobe.com/xap/1.0/CreatorTool"] == "Skiagraph 0.1.0")
        #expect(reader.texts["http://www.w3.org/1999/02/22-rdf-syntax-ns#li"] == expected)
    }

    @Test func `a PNG of another program has no provenance`() throws {
        let path = Goldens.path("text.png")
        #expect(throws: ImagingError.inFile(path: path, .noProvenance)) {
            try Provenance(readingPNG: path)
        }
    }

    @Test(arguments: ["", "{}", "[1]", "{\"prompt\":7}", String(repeating: "[", count: 10_000)])
    func `provenance that does not parse is named`(json: String) throws {
        let text = [PNGText(keyword: "skiagraph", value: json)]
        let error = #expect(throws: ImagingError.self) { try Provenance(text: text) }
        guard case .malformedProvenance = error else {
            Issue.record("expected malformed provenance, got \(String(describing: error))")
            return
        }
    }

    @Test func `a guidance scale that is no number cannot be written`() {
        var broken = provenance
        broken.guidanceScale = .nan
        #expect(throws: ImagingError.self) { try broken.pngText() }
    }
}

/// Collects the text of each element under its namespace and name.
private final class XMPReader: NSObject, XMLParserDelegate {
    var texts: [String: String] = [:]
    private var text = ""

    func parser(
        _ parser: XMLParser,
        didStartElement elementName: String,
        namespaceURI: String?,
        qualifiedName: String?,
        attributes: [String: String]
    ) {
        text = ""
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }

    func parser(
        _ parser: XMLParser,
        didEndElement elementName: String,
        namespaceURI: String?,
        qualifiedName: String?
    ) {
        texts[(namespaceURI ?? "") + elementName] = text
        text = ""
    }
}
