// swift-tools-version: 6.1
import PackageDescription

/// The folder that `Scripts/setup` fills with libtorch; `.deps` is a link to it.
let libtorch = Context.environment["LIBTORCH_DEPS"] ?? Context.packageDirectory + "/.deps"

/// Every module, bottom layer first, with the modules it may import.
///
/// `LayeringTests` holds the sources to it.
let package = Package(
    name: "skiagraph",
    products: [
        .library(
            name: "Skiagraph",
            targets: [
                "Tensors", "Layers", "Schedulers", "Models", "Imaging", "Pipelines", "Training",
                "Evaluation", "ReaderStudy", "PromptPolicy", "DICOM", "Archive", "StudyStore",
                "Release", "Workflows", "Server",
            ]
        ),
        .executable(name: "skiagraph", targets: ["skiagraph"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.86.0"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.30.0"),
    ],
    targets: [
        .target(
            name: "CTorch",
            cxxSettings: [
                .unsafeFlags([
                    "-isystem", "\(libtorch)/torch/include",
                    "-isystem", "\(libtorch)/torch/include/torch/csrc/api/include",
                ])
            ],
            linkerSettings: [
                .unsafeFlags([
                    "-L\(libtorch)/torch/lib",
                    "-Xlinker", "-rpath", "-Xlinker", "\(libtorch)/torch/lib",
                    "-Xlinker", "-rpath-link", "-Xlinker", "\(libtorch)/nvidia/cu13/lib",
                ]),
                .linkedLibrary("torch_cpu"), .linkedLibrary("c10"),
            ]
        ),
        .target(name: "Tensors", dependencies: ["CTorch"]),
        .target(name: "Layers", dependencies: ["Tensors"]),
        .target(name: "Schedulers", dependencies: ["Tensors"]),
        .target(name: "Models", dependencies: ["Layers", "Tensors"]),
        .target(
            name: "CImageCodecs",
            linkerSettings: [
                .linkedLibrary("png"), .linkedLibrary("jpeg"), .linkedLibrary("tiff"),
            ]
        ),
        .target(name: "Imaging", dependencies: ["CImageCodecs"]),
        .target(name: "ReaderStudy"),
        .target(name: "PromptPolicy", resources: [.embedInCode("clinical.json")]),
        .target(
            name: "CDCMTK",
            linkerSettings: [
                .linkedLibrary("dcmjpeg"), .linkedLibrary("dcmjpls"), .linkedLibrary("dcmdata"),
                .linkedLibrary("oflog"), .linkedLibrary("ofstd"), .linkedLibrary("openjp2"),
                .linkedLibrary("z"),
            ]
        ),
        .target(
            name: "DICOM",
            dependencies: [
                "CDCMTK", "Imaging", .product(name: "Crypto", package: "swift-crypto"),
            ]
        ),
        .target(
            name: "Archive",
            dependencies: [
                "Imaging",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "GRDB", package: "GRDB.swift"),
            ]
        ),
        .target(
            name: "StudyStore",
            dependencies: [
                "ReaderStudy",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "GRDB", package: "GRDB.swift"),
            ]
        ),
        .target(
            name: "Release",
            dependencies: [
                "Archive", "DICOM", "PromptPolicy", "Imaging",
                .product(name: "Crypto", package: "swift-crypto"),
            ]
        ),
        .target(
            name: "Pipelines",
            dependencies: ["Models", "Schedulers", "Layers", "Tensors", "Imaging"]
        ),
        .target(
            name: "Training",
            dependencies: ["Pipelines", "Models", "Schedulers", "Layers", "Tensors", "Imaging"]
        ),
        .target(
            name: "Evaluation",
            dependencies: ["Pipelines", "Models", "Schedulers", "Layers", "Tensors", "Imaging"]
        ),
        .target(
            name: "Workflows",
            dependencies: [
                "Training", "Evaluation", "Pipelines", "Models", "Schedulers", "Layers", "Tensors",
                "Imaging", "ReaderStudy", "PromptPolicy", "DICOM", "Archive", "StudyStore",
                "Release",
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
            ]
        ),
        .target(
            name: "Server",
            dependencies: [
                "StudyStore", "ReaderStudy",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "HummingbirdTLS", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Mustache", package: "swift-mustache"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ],
            resources: [.embedInCode("Web")]
        ),
        .target(
            name: "Commands",
            dependencies: [
                "Workflows", "Server", "Release", "StudyStore", "Archive", "DICOM", "PromptPolicy",
                "ReaderStudy", "Imaging",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]
        ),
        .executableTarget(name: "skiagraph", dependencies: ["Commands"]),
        .target(
            name: "TestSupport",
            dependencies: ["Tensors"],
            path: "Tests/TestSupport"
        ),
        .testTarget(name: "TensorsTests", dependencies: ["Tensors", "TestSupport"]),
        .testTarget(name: "LayersTests", dependencies: ["Layers", "Tensors", "TestSupport"]),
        .testTarget(
            name: "SchedulersTests",
            dependencies: ["Schedulers", "Tensors", "TestSupport"]
        ),
        .testTarget(name: "ModelsTests", dependencies: ["Models", "Tensors", "TestSupport"]),
        .testTarget(name: "ImagingTests", dependencies: ["Imaging", "CImageCodecs"]),
        .testTarget(name: "ReaderStudyTests", dependencies: ["ReaderStudy"]),
        .testTarget(
            name: "PromptPolicyTests",
            dependencies: ["PromptPolicy"],
            exclude: ["prompts.tsv"]
        ),
        .testTarget(
            name: "ArchiveTests",
            dependencies: [
                "Archive", "Imaging",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "GRDB", package: "GRDB.swift"),
            ],
            exclude: ["OldArchives"]
        ),
        .testTarget(
            name: "StudyStoreTests",
            dependencies: [
                "StudyStore", "ReaderStudy", "Imaging",
                .product(name: "GRDB", package: "GRDB.swift"),
            ]
        ),
        .testTarget(name: "DICOMTests", dependencies: ["DICOM", "Imaging", "TestSupport"]),
        .testTarget(
            name: "ReleaseTests",
            dependencies: ["Release", "Archive", "Imaging"],
            exclude: ["load_release.py"]
        ),
        .testTarget(
            name: "PipelinesTests",
            dependencies: [
                "Pipelines", "Models", "Schedulers", "Tensors", "Imaging", "TestSupport",
            ]
        ),
        .testTarget(
            name: "TrainingTests",
            dependencies: [
                "Training", "Schedulers", "Models", "Layers", "Tensors", "Imaging", "TestSupport",
            ],
            exclude: ["read-events.py"]
        ),
        .testTarget(
            name: "EvaluationTests",
            dependencies: ["Evaluation", "Tensors", "Imaging", "TestSupport"]
        ),
        .testTarget(
            name: "WorkflowsTests",
            dependencies: [
                "Workflows", "Training", "Pipelines", "Models", "DICOM", "Tensors", "Imaging",
                "ReaderStudy", "StudyStore", "TestSupport",
            ]
        ),
        .testTarget(
            name: "ServerTests",
            dependencies: [
                "Server", "StudyStore", "ReaderStudy", "Imaging",
                .product(name: "Logging", package: "swift-log"),
            ]
        ),
        .testTarget(
            name: "CommandsTests",
            dependencies: [
                "Commands", "Archive", "StudyStore", "ReaderStudy", "Imaging", "TestSupport",
            ]
        ),
        .testTarget(name: "ProjectTests"),
    ],
    cxxLanguageStandard: .cxx20
)

for target in package.targets where !["CTorch", "CImageCodecs", "CDCMTK"].contains(target.name) {
    target.swiftSettings = [
        .swiftLanguageMode(.v6),
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    ]
}
