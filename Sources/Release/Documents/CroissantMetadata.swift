import Archive
import Foundation

/// A release's metadata.json: Croissant 1.1 with the fields of its RAI vocabulary 1.0.
struct CroissantMetadata {
    private let facts: ReleaseFacts
    private let manifestSHA256: String

    init(_ facts: ReleaseFacts, manifestSHA256: String) {
        self.facts = facts
        self.manifestSHA256 = manifestSHA256
    }

    func json() throws -> [UInt8] {
        let data = try JSONSerialization.data(
            withJSONObject: document,
            options: [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        )
        return Array(data) + [0x0A]
    }

    private var document: [String: Any] {
        let description = facts.description
        var document: [String: Any] = [
            "@context": CroissantContext.terms,
            "@type": "sc:Dataset",
            "conformsTo": [
                "http://mlcommons.org/croissant/1.1", "http://mlcommons.org/croissant/RAI/1.0",
            ],
            "name": description.name,
            "alternateName": description.title,
            "description": description.summary,
            "version": description.version,
            "license": description.license.url,
            "creator": ["@type": "sc:Organization", "name": description.creator],
            "datePublished": facts.day,
            "citeAs": facts.citation,
            "keywords": facts.keywords,
            "isLiveDataset": false,
            "distribution": distribution,
            "recordSet": [imageRecords],
        ]
        document["url"] = description.url
        document.merge(responsibleAI) { first, _ in first }
        return document
    }

    private var responsibleAI: [String: Any] {
        [
            "rai:dataCollection": facts.collection,
            "rai:dataCollectionType": ["Software Collection"],
            "rai:dataAnnotationProtocol": [facts.annotation],
            "rai:dataAnnotationAnalysis": facts.statistics.pairs.map(\.sentence),
            "rai:annotationsPerItem": "\(facts.statistics.rule.voteCount) or more expert votes",
            "rai:annotatorDemographics": facts.statistics.reviewers.map(\.reviewer.credentials),
            "rai:machineAnnotationTools": [facts.memorization],
            "rai:dataLimitations": facts.limitations,
            "rai:dataBiases": facts.biases,
            "rai:dataUseCases": facts.uses,
            "rai:personalSensitiveInformation": [facts.privacy],
            "rai:dataReleaseMaintenancePlan":
                "The release is never changed; corrections are a release of a higher version.",
        ]
    }

    private var distribution: [[String: Any]] {
        [
            [
                "@type": "cr:FileObject", "@id": "manifest.csv", "name": "manifest.csv",
                "description": "One row an image, with its labels, request and checks.",
                "contentUrl": "manifest.csv", "encodingFormat": "text/csv",
                "sha256": manifestSHA256,
            ],
            [
                "@type": "cr:FileSet", "@id": "image-files", "name": "image-files",
                "description": "The images, with their provenance inside.",
                "encodingFormat": "image/png", "includes": "images/*.png",
            ],
        ]
    }

    private var imageRecords: [String: Any] {
        let name: [String: Any] = [
            "@type": "cr:Field", "@id": "images/file_name", "name": "file_name",
            "description": "The file's name in the folder images.", "dataType": "sc:Text",
            "source": [
                "fileObject": ["@id": "manifest.csv"], "extract": ["column": "file_name"],
                "transform": ["regex": "^(?:.*/)?([^/]+)$"],
            ] as [String: Any],
            "references": [
                "fileSet": ["@id": "image-files"], "extract": ["fileProperty": "filename"],
            ],
        ]
        let image: [String: Any] = [
            "@type": "cr:Field", "@id": "images/image", "name": "image",
            "description": "The picture.", "dataType": "sc:ImageObject",
            "source": [
                "fileSet": ["@id": "image-files"], "extract": ["fileProperty": "content"],
            ],
        ]
        let columns = facts.images.first?.row.dropFirst() ?? []
        return [
            "@type": "cr:RecordSet", "@id": "images", "name": "images",
            "description": "The images with what is known of them.",
            "key": ["@id": "images/file_name"],
            "field": [name, image] + columns.map { Self.field($0.name) },
        ]
    }

    private static func field(_ column: String) -> [String: Any] {
        [
            "@type": "cr:Field", "@id": "images/\(column)", "name": column,
            "description": ManifestColumn.descriptions[column] ?? column,
            "dataType": ManifestColumn.dataTypes[column] ?? "sc:Text",
            "source": [
                "fileObject": ["@id": "manifest.csv"], "extract": ["column": column],
            ],
        ]
    }
}
