import DICOM
import Testing

struct DICOMUIDTests {
    /// The expected value is Python's: `int(hashlib.sha256(...).hexdigest()[:32], 16)` with the version
    /// and variant bits of RFC 9562 set.
    @Test func `a derived UID is a UUID of version 8 below 2.25`() {
        let uid = DICOMUID(derivedFrom: "abc", as: .instance)
        #expect(uid.description == "2.25.331656090521326866145669600957142064096")
    }

    @Test func `roles and texts give different UIDs`() {
        let uids: Set<DICOMUID> = [
            DICOMUID(derivedFrom: "a", as: .instance), DICOMUID(derivedFrom: "a", as: .series),
            DICOMUID(derivedFrom: "a", as: .study), DICOMUID(derivedFrom: "b", as: .instance),
        ]
        #expect(uids.count == 4)
    }

    @Test(arguments: [
        "", "1", "1..2", "1.02", "1.2.", ".1.2", "1.a", "1.2 ", "1.²",
        "2.25.1234567890123456789012345678901234567890123456789012345678901234",
    ])
    func `what breaks the rules is no UID`(text: String) {
        #expect(DICOMUID(text) == nil)
    }

    @Test(arguments: ["1.2", "2.25.0", "1.2.840.10008.5.1.4.1.1.7"])
    func `a UID is taken as it is`(text: String) {
        #expect(DICOMUID(text)?.description == text)
    }
}
