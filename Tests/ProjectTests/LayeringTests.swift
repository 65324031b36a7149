import Testing

struct LayeringTests {
    @Test(arguments: Layering.skiagraph.layers.map(\.module))
    func `imports point down the table`(module: String) throws {
        for file in try Checkout.swiftFiles(below: "Sources/\(module)") {
            let violations = Layering.skiagraph.violations(in: try Checkout.text(file), of: module)
            #expect(
                violations.isEmpty,
                "\(file) imports \(violations), which the table of layers does not allow"
            )
        }
    }

    @Test func `the table has one row for every folder of Sources`() throws {
        let modules = Layering.skiagraph.layers.map(\.module).sorted()
        #expect(try Checkout.folders(in: "Sources") == modules)
    }

    @Test func `a row allows only rows above it`() {
        var above: Set<String> = [
            "ArgumentParser", "AsyncHTTPClient", "Crypto", "GRDB", "HTTPTypes", "Hummingbird",
            "HummingbirdCore", "HummingbirdTLS", "Logging", "Mustache", "NIOCore", "NIOHTTP1",
            "NIOSSL",
        ]
        for layer in Layering.skiagraph.layers {
            #expect(above.isSuperset(of: layer.imports), "\(layer.module) imports upward")
            above.insert(layer.module)
        }
    }

    @Test func `Package.swift declares the same dependencies`() throws {
        let manifest = Layering.dependencies(inManifest: try Checkout.text("Package.swift"))
        let table = Layering.skiagraph.layers.map { ($0.module, Set($0.imports)) }
        #expect(manifest == Dictionary(uniqueKeysWithValues: table))
    }

    @Test(arguments: Layering.skiagraph.layers.filter { !$0.imports.isEmpty }.map(\.module))
    func `the README shows the row`(module: String) throws {
        let imports = Layering.skiagraph.layers.first { $0.module == module }?.imports ?? []
        let row = "| \(module) | \(imports.joined(separator: ", ")) |"
        #expect(try Checkout.text("README.md").contains(row), "README.md lacks a row \(row)")
    }

    @Test(arguments: [
        ("import Models", ["Models"]),
        ("public import struct Workflows.GenerateImages", ["Workflows"]),
        ("    @preconcurrency @testable package import Imaging", ["Imaging"]),
        ("import Tensors\nimport Foundation", []),
        ("// import Models\nlet text = \"\"\"\nimport Models\n\"\"\"", []),
        ("let importance = 1\nfunc imports() {}", []),
    ])
    func `a planted import is found`(source: String, expected: [String]) {
        #expect(Layering.skiagraph.violations(in: source, of: "Layers") == expected)
    }

    @Test func `manifest entries are read with their products`() {
        let manifest = """
            .target(name: "A", dependencies: ["B", .product(name: "P", package: "swift-p")]),
            .target(
                name: "B", linkerSettings: [.linkedLibrary("png")]),
            .target(name: "Support", dependencies: ["A"], path: "Tests/Support"),
            .testTarget(name: "ATests", dependencies: ["A"]),
            """
        #expect(Layering.dependencies(inManifest: manifest) == ["A": ["B", "P"], "B": []])
    }
}
