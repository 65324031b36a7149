// swift-tools-version: 6.1
import PackageDescription

// Measurements of the library beside diffusers; see README.md. Apart, so that the library needs nothing of it.
let package = Package(
    name: "benchmarks",
    dependencies: [.package(name: "skiagraph", path: "..")],
    targets: [
        .executableTarget(
            name: "worker",
            dependencies: [.product(name: "Skiagraph", package: "skiagraph")],
            swiftSettings: [.swiftLanguageMode(.v6)]
        )
    ],
    cxxLanguageStandard: .cxx20
)
