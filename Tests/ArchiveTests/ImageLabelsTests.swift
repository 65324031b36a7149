import Archive
import Testing

struct ImageLabelsTests {
    @Test(
        arguments: [
            ("An X-ray of the hand", .init(modality: "XR", anatomy: "hand")),
            (
                "A normal chest X-ray, PA view",
                .init(modality: "XR", anatomy: "chest", view: "PA", finding: "no finding")
            ),
            (
                "A chest radiograph of a 60-year-old woman showing pneumonia",
                .init(modality: "XR", anatomy: "chest", finding: "pneumonia", sex: "female")
            ),
            (
                "Axial CT slice of the thorax with contrast, lung window",
                .init(modality: "CT", anatomy: "chest", view: "axial")
            ),
            (
                "An axial MRI slice of the brain with a glioma",
                .init(modality: "MR", anatomy: "brain", view: "axial", finding: "glioma")
            ),
            (
                "Lateral radiograph of the thoracic spine of a man",
                .init(modality: "XR", anatomy: "thoracic spine", view: "lateral", sex: "male")
            ),
            (
                "A knee X ray with mild osteoarthritis, AP",
                .init(modality: "XR", anatomy: "knee", view: "AP", finding: "mild osteoarthritis")
            ),
            ("sonogram, renal", .init(modality: "US", anatomy: "kidney")),
            ("A cat with a hat on", .init(finding: "hat on")),
            ("", .init()),
        ] as [(String, ImageLabels)]
    )
    func `a prompt's words become labels`(_ prompt: String, _ labels: ImageLabels) {
        #expect(ImageLabels(prompt: prompt) == labels)
    }
}
