import Imaging
public import PromptPolicy

extension PromptPolicy {
    /// Reads a policy file, or takes the built-in policy where none is named.
    ///
    /// - Throws: `PolicyFailure`, or `ImagingError` where the file cannot be read.
    public static func read(path: String?) throws -> PromptPolicy {
        guard let path else { return .clinical }
        let bytes = try File.read(path)
        do throws(PolicyError) { return try PromptPolicy(json: bytes) } catch {
            throw PolicyFailure.file(path: path, error: error)
        }
    }
}

extension PolicyTable {
    /// Reads the table in a file and asks a policy about all its prompts.
    ///
    /// - Throws: `PolicyFailure`, or `ImagingError` where the file cannot be read.
    public static func outcomes(path: String, under policy: PromptPolicy) throws -> [Outcome] {
        guard let text = String(validating: try File.read(path), as: UTF8.self) else {
            throw PolicyFailure.notText(path: path)
        }
        do throws(PolicyError) {
            return try PolicyTable(text: text).outcomes(under: policy)
        } catch {
            throw PolicyFailure.file(path: path, error: error)
        }
    }
}
