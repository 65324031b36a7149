import Testing

@testable import Server

struct FormFieldsTests {
    @Test func `fields are decoded as browsers encode them`() throws {
        let form = try FormFields(
            encoded: "text=a+b%2B%C3%A9%0D%0Ac&regions=left+lung&regions=heart&empty=&flag"
        )
        #expect(form["text"] == "a b+é\nc")
        #expect(form.all("regions") == ["left lung", "heart"])
        #expect(form["empty"] == nil)
        #expect(form["flag"] == nil)
        #expect(form["absent"] == nil)
        #expect(form.all("absent").isEmpty)
    }

    @Test(arguments: ["a=%", "a=%2", "a=%zz", "a=%FF", "%FF=a", "=a&b=%C3"])
    func `what is not encoded text is refused`(_ text: String) {
        #expect(throws: PageError.unreadableForm) { try FormFields(encoded: text) }
    }
}
