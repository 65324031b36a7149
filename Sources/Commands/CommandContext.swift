import Foundation
import Workflows

/// The surroundings of a command: where its words go and how it was called.
struct CommandContext: Sendable {
    /// Takes results.
    var output: TextStream
    /// Takes everything else.
    var errors: TextStream
    /// The columns of the terminal that `errors` is, or nil where it is none.
    var terminalWidth: Int?
    /// The words of the command line, the program's name first.
    var arguments: [String]
    /// Whether Ctrl-C stops the command in an orderly way.
    var trapsSignals: Bool

    /// The surroundings of the running process.
    static var process: CommandContext {
        CommandContext(
            output: TextStream(descriptor: STDOUT_FILENO),
            errors: TextStream(descriptor: STDERR_FILENO),
            terminalWidth: isatty(STDERR_FILENO) == 1 ? width(of: STDERR_FILENO) : nil,
            arguments: CommandLine.arguments,
            trapsSignals: true
        )
    }

    /// The command line that goes on with this one.
    ///
    /// - Parameter seed: the seed that was drawn because the command line has none.
    /// - Returns: words quoted for a shell.
    func resumeCommand(seed: UInt64?) -> String {
        let words = arguments + (seed.map { ["--seed", "\($0)"] } ?? [])
        return words.map(Self.quoted).joined(separator: " ")
    }

    /// A word as a POSIX shell takes it.
    static func quoted(_ word: String) -> String {
        let isPlain = word.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                true
            default: "-_./,:=+@%".utf8.contains(byte)
            }
        }
        guard !isPlain || word.isEmpty else { return word }
        return "'\(word.replacing("'", with: "'\\''"))'"
    }

    private static func width(of descriptor: Int32) -> Int {
        var size = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return Int(size.ws_col)
    }
}
