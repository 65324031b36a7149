public import Foundation

/// Finds the folder of a model by name or path.
///
/// A name is looked for in the folder that the environment variable `SKIAGRAPH_MODELS` names, then in
/// every `PretrainedModels` beside or above the program, then in the current folder.
public struct ModelLocator: Sendable {
    /// The model of requests that name none.
    public static let defaultModel = "radiograph-mini"

    private let modelsFolder: String?
    private let executable: String
    private let currentFolder: String

    /// Makes a locator.
    ///
    /// - Parameters:
    ///   - environment: of which `SKIAGRAPH_MODELS` is read.
    ///   - executable: the program's path; the running one's where nil.
    ///   - currentFolder: where relative names begin.
    public init(
        environment: [String: String] = ProcessInfo.processInfo.environment,
        executable: String? = nil,
        currentFolder: String = FileManager.default.currentDirectoryPath
    ) {
        modelsFolder = environment["SKIAGRAPH_MODELS"].flatMap { $0.isEmpty ? nil : $0 }
        self.executable =
            executable
            ?? (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? "/"
        self.currentFolder = currentFolder
    }

    /// The folder of a model.
    ///
    /// - Parameter model: a name, or a path, which has a slash or is a folder's with a model.
    /// - Returns: a path; that it holds a whole model is for the reader to find out.
    /// - Throws: `WorkflowError.unknownModel` with the places searched and the names found there.
    public func folder(of model: String) throws(WorkflowError) -> String {
        guard !model.contains("/"), model != ".", model != ".." else { return model }
        let places = searchedFolders
        for place in places where !model.isEmpty {
            let candidate = "\(place)/\(model)"
            if Self.isModel(candidate) { return candidate }
        }
        throw .unknownModel(
            name: model,
            searched: places,
            available: Set(places.flatMap(Self.models(in:))).sorted()
        )
    }

    var searchedFolders: [String] {
        var places = modelsFolder.map { [$0] } ?? []
        var components = executable.split(separator: "/").dropLast()
        while true {
            let place = "/" + (components + ["PretrainedModels"]).joined(separator: "/")
            if Self.isFolder(place) { places.append(place) }
            guard components.popLast() != nil else { break }
        }
        return places + [currentFolder]
    }

    private static func isFolder(_ path: String) -> Bool {
        var isDirectory: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory)
            && isDirectory.boolValue
    }

    private static func isModel(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: "\(path)/model_index.json")
    }

    private static func models(in folder: String) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.filter { isModel("\(folder)/\($0)") }
    }
}
