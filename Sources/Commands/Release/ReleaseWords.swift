public import ArgumentParser
public import Release

extension ReleaseLicense: ExpressibleByArgument {}

/// What a release says of itself.
struct ReleaseWords: ParsableArguments {
    @Option(help: "Title, 6 to 50 characters (default: from the name).")
    var title: String?

    @Option(help: "What the data set is for.")
    var summary: String?

    @Option(help: "Who publishes it.")
    var creator: String?

    @Option(help: "What others may do with it.")
    var license = ReleaseLicense.ccBy

    @Option(help: "Web address at which it is published.")
    var url: String?

    @Option(help: "Account that publishes it at Kaggle.")
    var kaggleOwner: String?

    @Option(help: "Edition.")
    var releaseVersion = "1.0.0"

    func description(name: String) throws(ReleaseError) -> ReleaseDescription {
        try ReleaseDescription(
            name: name,
            version: releaseVersion,
            title: title,
            summary: summary,
            creator: creator,
            license: license,
            url: url,
            kaggleOwner: kaggleOwner
        )
    }
}
