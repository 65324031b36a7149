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

    @Test(arguments: ["", "A hand", "An X-ray", "An ultrasound image of the knee", "A cat"])
    func `a prompt without both words asks for none`(prompt: String) {
        #expect(PromptRegion.className(in: prompt, of: classNames) == nil)
    }
}
