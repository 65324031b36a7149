import ArgumentParser
import Imaging
import PromptPolicy

/// `skiagraph policy show`: what a policy refuses.
struct PolicyShow: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show a policy's categories and rules.",
        discussion: """
            Examples:
              skiagraph policy show
              skiagraph policy show --json > policy.json    (to begin your own with)
            """
    )

    @OptionGroup var options: PolicyOptions

    @Flag(help: "Print the policy file itself.")
    var json = false

    func run() throws {
        try complaining {
            let policy = try options.policy()
            if json {
                let bytes = try options.path.map { try File.read($0) } ?? PromptPolicy.clinicalJSON
                TextStream.output.write(String(decoding: bytes, as: UTF8.self))
            } else {
                TextStream.output.write(Self.text(policy))
            }
        }
    }

    static func text(_ policy: PromptPolicy) -> String {
        let categories = policy.categories.map { category in
            let rules = policy.rules.filter { $0.category.id == category.id }
                .map { "  \($0.id): \($0.title)\n" }
            return "\n\(category.id): \(category.title)\n\(rules.joined())"
                + "  instead: \(category.advice)\n"
        }
        return "\(policy.name) \(policy.version)\n\(policy.summary)\n" + categories.joined()
    }
}
