import Glibc

/// Folders that files are written into.
package enum Folder {
    /// Makes a folder and those above it; those that are there are left as they are.
    ///
    /// - Returns: the system's error number, or nil where there is a folder now.
    package static func create(_ folder: String) -> Int32? {
        var path = folder.hasPrefix("/") ? "" : "."
        for component in folder.split(separator: "/") {
            path += "/\(component)"
            guard mkdir(path, 0o777) == 0 || errno == EEXIST else { return errno }
        }
        var status = stat()
        guard stat(path.isEmpty ? "/" : path, &status) == 0 else { return errno }
        return status.st_mode & S_IFMT == S_IFDIR ? nil : ENOTDIR
    }
}
