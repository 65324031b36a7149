import Testing

@testable import Commands

struct TerminalTextTests {
    @Test func `nothing in a text can move the cursor or turn words around`() {
        #expect(TerminalText.line("a\u{1B}[2Jb\r\nc\u{7}") == "a [2Jb  c ")
        #expect(TerminalText.line("left\u{202E}right\u{2028}end") == "leftright end")
        #expect(TerminalText.line("Röntgen, 手") == "Röntgen, 手")
    }

    @Test func `a cut shows`() {
        #expect(TerminalText.line("abcdef", upTo: 6) == "abcdef")
        #expect(TerminalText.line("abcdefg", upTo: 6) == "abcde…")
    }

    @Test func `columns are as wide as their widest cell`() {
        let table = TerminalText.table([["ID", "NAME"], ["10", "x"], ["7"], ["8", "", ""]])
        #expect(table == "ID  NAME\n10  x\n7\n8\n")
        #expect(TerminalText.table([]) == "")
    }
}
