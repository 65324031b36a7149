public import ArgumentParser

/// `skiagraph edit`: changes parts of a picture and leaves the rest as it is.
public struct Edit: AsyncParsableCommand {
    /// Name, help and subcommands.
    public static let configuration = CommandConfiguration(
        abstract: "Fill in, extend, remove, vary.",
        discussion: """
            What lies outside of the mask stays bit for bit as it is, in the source's own depth. The \
            source is a PNG, JPEG, TIFF or DICOM file; each result is a new file that names source, mask and request.
            """,
        subcommands: [
            EditInpaint.self, EditOutpaint.self, EditRemove.self, EditVary.self, EditRestyle.self,
        ]
    )

    /// Makes the command; the argument parser needs it.
    public init() {}
}
