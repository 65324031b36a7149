import Testing
import Training

@testable import Workflows

struct ClassifierLabelTests {
    private func image(_ modality: String, _ anatomy: String, _ finding: String? = nil)
        -> LabelledImage
    {
        LabelledImage(
            path: "",
            set: "",
            modality: modality,
            anatomy: anatomy,
            finding: finding,
            prompt: "a picture"
        )
    }

    @Test(arguments: [
        ("CT", "pelvis", "CT abdomen"), ("CT", "abdomen", "CT abdomen"),
        ("XR", "pelvis", "XR pelvis"), ("MR", "brain", "MR brain"),
    ])
    func `pelvic slices count as abdomen`(modality: String, anatomy: String, expected: String) {
        let image = image(modality, anatomy, "no finding")
        #expect(ClassifierLabel.region.className(of: image) == expected)
    }

    @Test(arguments: [
        ("no finding", "XR chest normal"), ("pneumonia", "XR chest pneumonia"),
        ("bacterial pneumonia", "XR chest pneumonia"),
        ("effusion|viral pneumonia", "XR chest pneumonia"), ("COVID-19", "XR chest COVID-19"),
        ("COVID-19|pneumonia", "XR chest COVID-19"),
    ])
    func `findings are grouped`(finding: String, expected: String) {
        let image = image("XR", "chest", finding)
        #expect(ClassifierLabel.finding.className(of: image) == expected)
    }

    @Test(arguments: [nil, "", "effusion", "ARDS", "no finding|effusion"])
    func `what is not stated, or something else, is of no class`(finding: String?) {
        #expect(ClassifierLabel.finding.className(of: image("XR", "chest", finding)) == nil)
    }
}
