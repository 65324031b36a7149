/// Which module may import which: the architecture as a table, bottom layer first.
struct Layering: Sendable {
    /// Our modules and what each may import of ours and of our dependencies.
    let layers: [(module: String, imports: [String])]

    /// Modules that come with the toolchain and that everybody may import.
    let systemModules: Set<String> = [
        "Dispatch", "Foundation", "FoundationEssentials", "Glibc", "Swift", "Synchronization",
    ]

    /// The project's table.
    static let skiagraph = Layering(layers: [
        ("CTorch", []),
        ("Tensors", ["CTorch"]),
        ("Layers", ["Tensors"]),
        ("Schedulers", ["Tensors"]),
        ("Models", ["Layers", "Tensors"]),
        ("CImageCodecs", []),
        ("Imaging", ["CImageCodecs"]),
        ("ReaderStudy", []),
        ("PromptPolicy", []),
        ("CDCMTK", []),
        ("DICOM", ["CDCMTK", "Imaging", "Crypto"]),
        ("Archive", ["Imaging", "Crypto", "GRDB"]),
        ("StudyStore", ["ReaderStudy", "Crypto", "GRDB"]),
        ("Release", ["Archive", "DICOM", "PromptPolicy", "Imaging", "Crypto"]),
        ("Pipelines", ["Models", "Schedulers", "Layers", "Tensors", "Imaging"]),
        ("Training", ["Pipelines", "Models", "Schedulers", "Layers", "Tensors", "Imaging"]),
        ("Evaluation", ["Pipelines", "Models", "Schedulers", "Layers", "Tensors", "Imaging"]),
        (
            "Workflows",
            [
                "Training", "Evaluation", "Pipelines", "Models", "Schedulers", "Layers", "Tensors",
                "Imaging", "ReaderStudy", "PromptPolicy", "DICOM", "Archive", "StudyStore",
                "Release",
                "AsyncHTTPClient", "Crypto", "NIOCore", "NIOHTTP1",
            ]
        ),
        (
            "Server",
            [
                "StudyStore", "ReaderStudy", "Crypto", "HTTPTypes", "Hummingbird",
                "HummingbirdCore", "HummingbirdTLS", "Logging", "Mustache", "NIOCore", "NIOSSL",
            ]
        ),
        (
            "Commands",
            [
                "Workflows", "Server", "Release", "StudyStore", "Archive", "DICOM", "PromptPolicy",
                "ReaderStudy", "Imaging", "ArgumentParser",
            ]
        ),
        ("skiagraph", ["Commands"]),
    ])

    /// The modules that a source file of `module` imports without leave.
    func violations(in source: String, of module: String) -> [String] {
        let allowed = layers.first { $0.module == module }?.imports ?? []
        return Self.imports(of: source).filter {
            !allowed.contains($0) && !systemModules.contains($0)
        }
    }

    /// The modules named by a source file's import lines, in order.
    static func imports(of source: String) -> [String] {
        let attribute = /^@\w+(\([^)]*\))?\s+/
        let importLine =
            /^((public|package|internal|fileprivate|private)\s+)?import\s+((struct|class|enum|protocol|typealias|func|let|var)\s+)?(?<module>\w+)/
        var modules: [String] = []
        var isInsideString = false
        for line in source.split(whereSeparator: \.isNewline) {
            let quotes = line.ranges(of: "\"\"\"").count
            if !quotes.isMultiple(of: 2) { isInsideString.toggle() }
            guard !isInsideString else { continue }
            var rest = line.drop(while: \.isWhitespace)
            while let match = rest.prefixMatch(of: attribute) {
                rest = rest[match.range.upperBound...]
            }
            if let match = rest.prefixMatch(of: importLine) { modules.append(String(match.module)) }
        }
        return modules
    }

    /// The modules of a `Package.swift` (tests left out) and what it lets them depend on.
    static func dependencies(inManifest manifest: String) -> [String: Set<String>] {
        // A declaration runs to the next one; a list of dependencies holds no nested list.
        let declaration = /\.(?<kind>target|executableTarget|testTarget)\(\s*name:\s*"(?<name>\w+)"/
        let list = /dependencies:\s*\[(?<items>[^\]]*)\]/
        let item = /(\.product\(\s*name:\s*)?"(?<name>\w+)"(,\s*package:[^)]*\))?/
        let starts = manifest.matches(of: declaration)
        let ends = starts.dropFirst().map(\.range.lowerBound) + [manifest.endIndex]
        var dependencies: [String: Set<String>] = [:]
        for (start, end) in zip(starts, ends) where start.kind != "testTarget" {
            let body = manifest[start.range.upperBound..<end]
            guard !body.contains("path: \"Tests/") else { continue }
            let items = body.firstMatch(of: list)?.items ?? ""
            dependencies[String(start.name)] = Set(items.matches(of: item).map { String($0.name) })
        }
        return dependencies
    }
}
