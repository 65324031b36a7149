import Foundation
import Glibc

/// The files to be imported, found below folders, in the order of their paths.
enum ImportSources {
    /// Lists files; of a folder all below it but hidden ones, captions and tables.
    ///
    /// - Throws: `DataSetError`.
    static func files(_ sources: [String]) throws(DataSetError) -> [String] {
        guard !sources.isEmpty else { throw .noSources }
        var files: [String] = []
        for source in sources {
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: source, isDirectory: &isFolder) else {
                throw .source(path: source, errorNumber: ENOENT)
            }
            guard isFolder.boolValue else {
                files.append(source)
                continue
            }
            let names: [String]
            do { names = try FileManager.default.subpathsOfDirectory(atPath: source) } catch {
                throw .source(path: source, errorNumber: EACCES)
            }
            files += names.filter(isCandidate).map { "\(source)/\($0)" }.filter(isRegular)
        }
        // A file that is named twice is one source.
        return Array(Set(files)).sorted()
    }

    /// The caption beside an image: its name with .txt in place of the extension.
    static func sidecar(of path: String) -> String? {
        let caption = URL(filePath: path).deletingPathExtension().path + ".txt"
        guard let text = try? String(contentsOfFile: caption, encoding: .utf8) else { return nil }
        let line = text.split(whereSeparator: \.isNewline).joined(separator: " ")
            .trimmingCharacters(in: .whitespaces)
        return line.isEmpty ? nil : line
    }

    private static let textual: Set = ["txt", "csv", "tsv", "json", "jsonl", "md", "xml", "html"]

    private static func isCandidate(_ name: String) -> Bool {
        let isHidden = name.split(separator: "/").contains { $0.hasPrefix(".") }
        let last = name.split(separator: "/").last.map(String.init) ?? name
        return !isHidden && last != "DICOMDIR"
            && !textual.contains(URL(filePath: last).pathExtension.lowercased())
    }

    private static func isRegular(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    }
}
