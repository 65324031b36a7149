/// The version of Skiagraph, written here only.
public enum SoftwareVersion {
    /// The version as `skiagraph --version` prints it and as files carry it.
    public static let current = "0.1.0"
}
