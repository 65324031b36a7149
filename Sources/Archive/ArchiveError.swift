/// What is wrong with an archive.
public enum ArchiveError: Error {}
