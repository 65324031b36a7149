public import ArgumentParser

/// `skiagraph archive`: what was asked for, what became of it, and where the files are.
public struct ArchiveCommand: ParsableCommand {
    /// Name, help and subcommands.
    public static let configuration = CommandConfiguration(
        commandName: "archive",
        abstract: "Look into the archive of a workspace, check it, take images out.",
        discussion: """
            A workspace is a folder with a database and the files of the images. An image is named by \
            its number, or by 12 or more digits of the SHA-256 of its file or pixels.
            """,
        subcommands: [
            ArchiveList.self, ArchiveSearch.self, ArchiveCount.self, ArchiveShow.self,
            ArchiveImport.self, ArchiveVerify.self, ArchiveReproduce.self, ArchiveExport.self,
            ArchiveRemove.self,
        ]
    )

    /// Makes the command; the argument parser needs it.
    public init() {}
}
