import Foundation
import Imaging

/// Checks a released folder by itself: that nothing was changed, added or taken away.
public struct VerifyRelease: Sendable {
    /// What a check has found.
    public struct Report: Sendable, Hashable, Encodable {
        /// Something that is not as it was released.
        public struct Problem: Sendable, Hashable, Encodable {
            /// What sort of problem it is.
            public enum Kind: String, Sendable, Encodable {
                /// A file of the list is not there.
                case missing
                /// A file has another content.
                case altered
                /// A file that the list does not name, or something that is no file.
                case added
                /// The tables and the files do not tell of the same images.
                case inconsistent
                /// The list of hashes is not the one that was noted.
                case seal
            }

            /// What sort of problem it is.
            public let kind: Kind
            /// The file's path in the release.
            public let path: String
            /// What was found.
            public let finding: String
        }

        /// The files that were hashed.
        public let fileCount: Int
        /// The images that the release says it has.
        public let imageCount: Int
        /// The SHA-256 of the list of hashes.
        public let seal: String
        /// What is not as it was released.
        public let problems: [Problem]

        enum CodingKeys: String, CodingKey {
            case seal, problems
            case fileCount = "files"
            case imageCount = "images"
        }
    }

    private let folder: String

    /// Prepares a check.
    public init(folder: String) { self.folder = folder }

    /// Hashes every file.
    ///
    /// - Parameter seal: the hash that was noted when the release was made; without it, one who changes a file and
    ///   the list alike is not found out.
    /// - Returns: what was found; damage is no error.
    /// - Throws: `ReleaseError` for a folder that is no release or cannot be read.
    public func callAsFunction(expecting seal: String? = nil) throws -> Report {
        let listPath = "\(folder)/\(HashList.fileName)"
        guard access(folder, F_OK) == 0 else {
            throw ReleaseError.folder(path: folder, errorNumber: errno)
        }
        guard access(listPath, F_OK) == 0 else {
            throw ReleaseError.notARelease(folder: folder, reason: "there is no SHA256SUMS in it")
        }
        let bytes: [UInt8]
        do { bytes = try File.read(listPath) } catch { throw ReleaseError.file(error) }
        guard let list = String(validating: bytes, as: UTF8.self).flatMap(HashList.init) else {
            throw ReleaseError.notARelease(
                folder: folder,
                reason: "its SHA256SUMS is not a list of hashes and paths inside the folder"
            )
        }
        let found = ReleaseHash.of(bytes)
        var problems: [Report.Problem] = []
        if let seal, seal.lowercased() != found {
            problems.append(
                .init(kind: .seal, path: HashList.fileName, finding: "its SHA-256 is \(found)")
            )
        }
        let others = try strangers(list)
        problems += others
        for (path, sha256) in list.hashes.sorted(by: { $0.key < $1.key }) {
            if let problem = try self.problem(path, sha256, others) { problems.append(problem) }
        }
        let tables = problems.isEmpty ? try ReleaseTables(folder: folder) : nil
        return Report(
            fileCount: list.hashes.count,
            imageCount: tables?.imageCount ?? list.hashes.keys.count { $0.hasPrefix("images/") },
            seal: found,
            problems: problems + (tables?.problems(list) ?? [])
        )
    }

    /// What lies in the folder and is not on the list, or is no plain file.
    private func strangers(_ list: HashList) throws -> [Report.Problem] {
        var problems: [Report.Problem] = []
        for path in try FileManager.default.subpathsOfDirectory(atPath: folder).sorted() {
            var status = stat()
            guard lstat("\(folder)/\(path)", &status) == 0 else {
                throw ReleaseError.folder(path: "\(folder)/\(path)", errorNumber: errno)
            }
            let kind = status.st_mode & S_IFMT
            if kind == S_IFREG {
                guard list.hashes[path] == nil, path != HashList.fileName else { continue }
                problems.append(
                    .init(kind: .added, path: path, finding: "the list does not name it")
                )
            } else if kind != S_IFDIR {
                problems.append(.init(kind: .added, path: path, finding: "it is no plain file"))
            } else if !list.hashes.keys.contains(where: { $0.hasPrefix("\(path)/") }) {
                problems.append(
                    .init(kind: .added, path: path, finding: "no file of the list is in it")
                )
            }
        }
        return problems
    }

    private func problem(
        _ path: String,
        _ sha256: String,
        _ strangers: [Report.Problem]
    ) throws -> Report.Problem? {
        guard !strangers.contains(where: { $0.path == path }) else { return nil }
        do throws(ReleaseError) {
            let found = try ReleaseHash.ofFile("\(folder)/\(path)")
            return found == sha256
                ? nil : .init(kind: .altered, path: path, finding: "its SHA-256 is \(found)")
        } catch .folder(_, ENOENT) {
            return .init(kind: .missing, path: path, finding: "it is not there")
        } catch {
            throw error
        }
    }
}
