import Testing

@testable import Commands

struct CommandContextTests {
    @Test func `the command to go on with is quoted for a shell`() throws {
        var context = CommandContext.process
        context.arguments = ["skiagraph", "generate", "A patient's hand", "", "-n", "2"]
        let command = context.resumeCommand(seed: 7)
        let words = try Program.run("/bin/sh", ["-c", "printf '%s\\n' \(command)"]).output
        #expect(words == "skiagraph\ngenerate\nA patient's hand\n\n-n\n2\n--seed\n7\n")
    }

    @Test func `a given seed is not repeated`() {
        var context = CommandContext.process
        context.arguments = ["skiagraph", "generate", "Hand", "--seed", "7"]
        #expect(context.resumeCommand(seed: nil) == "skiagraph generate Hand --seed 7")
    }
}
