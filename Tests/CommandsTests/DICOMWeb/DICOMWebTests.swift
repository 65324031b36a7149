import Foundation
import Testing

/// Pushes themselves are tested with the use case; here is what the user types and sees.
struct DICOMWebTests {
    @Test(arguments: [
        (["--url", "nothing", "/tmp/a.dcm"], 64, "is no address of a DICOMweb service"),
        (["--url", "http://127.0.0.1:1/dicom-web"], 64, "no DICOM files to send"),
        (
            ["--url", "http://127.0.0.1:1/dicom-web", "/nowhere.dcm"], 74,
            "1 of 1 images were not stored"
        ),
    ])
    func `what cannot be pushed has its code`(more: [String], code: Int32, words: String) throws {
        let outcome = try Program.run(Program.path, ["dicomweb", "push", "--retries", "0"] + more)
        #expect(outcome.exitCode == code, "\(outcome.errors)")
        #expect(outcome.errors.contains(words))
    }

    @Test func `a password alone is not clear`() throws {
        let outcome = try Program.run(
            "/usr/bin/env",
            [
                "SKIAGRAPH_DICOMWEB_PASSWORD=secret", Program.path, "dicomweb", "push", "--url",
                "https://example.org/dicom-web", "/tmp/a.dcm",
            ]
        )
        #expect(outcome.exitCode == 64)
        #expect(outcome.errors.contains("SKIAGRAPH_DICOMWEB_USER"))
        #expect(!outcome.errors.contains("secret"))
    }
}
