import Archive
import Foundation
import Imaging

/// A release while it is written: a hidden folder that gets its name when it is complete.
final class ReleaseFolder {
    /// Where the release will be.
    let folder: String
    /// Where its tar file will be.
    let tar: String
    private let name: String
    private let staging: String
    private(set) var hashes: [String: String] = [:]

    /// Prepares a release beside what is there already.
    ///
    /// - Throws: `ReleaseError.exists` or `.folder`.
    init(_ name: String, in destination: String) throws(ReleaseError) {
        self.name = name
        folder = "\(destination)/\(name)"
        tar = "\(folder).tar"
        let suffix = String(UInt32.random(in: 0 ... .max), radix: 36)
        staging = "\(destination)/.\(name).\(getpid()).\(suffix).partial"
        for path in [folder, tar] where access(path, F_OK) == 0 { throw .exists(path: path) }
        if let number = Folder.create(destination) {
            throw .folder(path: destination, errorNumber: number)
        }
        guard mkdir(staging, 0o777) == 0 else { throw .folder(path: staging, errorNumber: errno) }
    }

    /// Writes a file of the release.
    func add(_ path: String, _ bytes: [UInt8]) throws(ReleaseError) {
        let parent = path.lastIndex(of: "/").map { "/\(path[..<$0])" } ?? ""
        if let number = Folder.create(staging + parent) {
            throw .folder(path: staging + parent, errorNumber: number)
        }
        do { try File.create("\(staging)/\(path)", bytes) } catch { throw .file(error) }
        hashes[path] = ReleaseHash.of(bytes)
    }

    /// Lists the hashes of all files.
    ///
    /// - Returns: the hash of the list.
    func seal() throws(ReleaseError) -> String {
        let list = HashList(hashes: hashes).text
        try add(HashList.fileName, Array(list.utf8))
        return ReleaseHash.of(Array(list.utf8))
    }

    /// Writes the tar file, takes the right to write away, and gives folder and tar file their names.
    func publish(at time: Timestamp) throws(ReleaseError) {
        let partialTar = "\(staging).tar"
        defer { unlink(partialTar) }
        try TarWriter.write(
            hashes.keys.sorted().map { (path: "\(name)/\($0)", file: "\(staging)/\($0)") },
            to: partialTar,
            modified: time.milliseconds / 1_000
        )
        guard link(partialTar, tar) == 0 else { throw failure(tar) }
        do throws(ReleaseError) {
            try protect()
            guard access(folder, F_OK) != 0, rename(staging, folder) == 0 else {
                throw failure(folder)
            }
        } catch {
            unlink(tar)
            throw error
        }
    }

    /// Deletes what was not published.
    func removeStaging() {
        guard access(staging, F_OK) == 0 else { return }
        for folder in folders { chmod(folder, 0o755) }
        do { try FileManager.default.removeItem(atPath: staging) } catch {
            // It stays as a hidden folder, which is nobody's release.
        }
    }

    private var folders: Set<String> {
        hashes.keys.reduce(into: [staging]) { folders, path in
            if let slash = path.lastIndex(of: "/") {
                folders.insert("\(staging)/\(path[..<slash])")
            }
        }
    }

    /// Takes the right to write away.
    private func protect() throws(ReleaseError) {
        for path in hashes.keys { try change("\(staging)/\(path)", to: 0o444) }
        for folder in folders { try change(folder, to: 0o555) }
    }

    private func change(_ path: String, to mode: mode_t) throws(ReleaseError) {
        guard chmod(path, mode) == 0 else { throw .folder(path: path, errorNumber: errno) }
    }

    private func failure(_ path: String) -> ReleaseError {
        let number = errno
        return access(path, F_OK) == 0
            ? .exists(path: path) : .folder(path: path, errorNumber: number)
    }
}
