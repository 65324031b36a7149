import Evaluation
import Testing

struct PromptRegionTests {
    private let classNames = [
        "CT abdomen", "CT chest", "CT head", "MR brain", "MR breast", "US breast", "US lung",
        "XR chest", "XR hand", "XR knee", "XR shoulder",
    ]

    @Test(arguments: [
        ("An X-ray of the hand", "XR hand"),
        ("An X-ray of the left knee without osteoarthritis", "XR knee"),
        ("A chest X-ray showing pneumonia", "XR chest"),
        ("A normal chest X-ray, PA view", "XR chest"),
        ("An axial CT slice of the head", "CT head"),
        ("An axial chest CT slice of a patient with a benign lung lesion", "CT chest"),
        ("Abdominal CT", "CT abdomen"),
        ("An axial MRI slice of the brain", "MR brain"),
        ("An axial MRI slice of the breast", "MR breast"),
        ("A breast ultrasound image showing a malignant tumour", "US breast"),
        ("A lung ultrasound image", "US lung"),
    ])
    func `a prompt asks for its class`(prompt: String, expected: String) {
        #expect(PromptRegion.className(in: prompt, of: classNames) == expected)
    }

    @Test(arguments: [
        ("A normal chest X-ray, PA view", "XR chest normal"),
        ("An unremarkable radiograph of the chest", "XR chest normal"),
        ("A chest X-ray of a child showing bacterial pneumonia", "XR chest pneumonia"),
        ("A chest X-ray of a patient with COVID-19", "XR chest COVID-19"),
        ("a-chest-x-ray-showing-covid-19-pneumonia-s3.png", "XR chest COVID-19"),
    ])
    func `a prompt asks for a finding`(prompt: String, expected: String) {
        let classNames = ["XR chest COVID-19", "XR chest normal", "XR chest pneumonia"]
        #expect(PromptRegion.className(in: prompt, of: classNames) == expected)
    }

    @Test(arguments: [
        "A chest X-ray", "A chest X-ray without pneumonia", "A normal knee X-ray",
        "A normal chest X-ray showing pneumonia", "A normal chest CT slice",
    ])
    func `a prompt of no finding, or of two, asks for none`(prompt: String) {
        let classNames = ["XR chest COVID-19", "XR chest normal", "XR chest pneumonia"]
        #expect(PromptRegion.className(in: prompt, of: classNames) == nil)
    }

    @Test(arguments: ["", "A hand", "An X-ray", "An ultrasound image of the knee", "A cat"])
    func `a prompt without both words asks for none`(prompt: String) {
        #expect(PromptRegion.className(in: prompt, of: classNames) == nil)
    }
}
