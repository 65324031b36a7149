import Foundation

/// A file of prompts: one a line; blank lines and lines that begin with # are left out.
struct PromptsFile {
    /// The prompts, in the file's order.
    let prompts: [String]

    /// Reads a file, or the standard input where the path is "-".
    init(path: String) throws(CommandError) {
        let handle: FileHandle
        if path == "-" {
            handle = .standardInput
        } else {
            let descriptor = open(path, O_RDONLY | O_CLOEXEC)
            guard descriptor >= 0 else { throw .promptsFile(path: path, errorNumber: errno) }
            handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        }
        guard let data = try? handle.readToEnd() ?? Data() else {
            throw .promptsFile(path: path, errorNumber: EIO)
        }
        guard let text = String(bytes: data, encoding: .utf8) else {
            throw .promptsNotText(path: path)
        }
        prompts = Self.prompts(in: text)
        guard !prompts.isEmpty else { throw .noPromptsInFile(path: path) }
    }

    static func prompts(in text: String) -> [String] {
        text.split(whereSeparator: \.isNewline)
            .map { $0.trimmingCharacters(in: .whitespaces) }
            .filter { !$0.isEmpty && !$0.hasPrefix("#") }
    }
}
