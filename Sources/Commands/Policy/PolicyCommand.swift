public import ArgumentParser
import PromptPolicy
import Workflows

/// `skiagraph policy`: which prompts are refused.
public struct PolicyCommand: ParsableCommand {
    /// Name, help and subcommands.
    public static let configuration = CommandConfiguration(
        commandName: "policy",
        abstract: "Show and test the policy that decides which prompts are refused.",
        subcommands: [PolicyShow.self, PolicyTest.self]
    )

    /// Makes the command; the argument parser needs it.
    public init() {}
}

/// Which policy is meant.
struct PolicyOptions: ParsableArguments {
    @Option(
        name: .customLong("policy"),
        help: ArgumentHelp("Policy file (default: the built-in policy).", valueName: "file")
    )
    var path: String?

    func policy() throws -> PromptPolicy { try PromptPolicy.read(path: path) }
}
