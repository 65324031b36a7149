/// The JSON-LD context of Croissant 1.1, as its specification recommends it.
enum CroissantContext {
    static var terms: [String: Any] {
        var terms: [String: Any] = [
            "@language": "en", "@vocab": "https://schema.org/",
            "cr": "http://mlcommons.org/croissant/", "rai": "http://mlcommons.org/croissant/RAI/",
            "dct": "http://purl.org/dc/terms/", "sc": "https://schema.org/",
            "conformsTo": "dct:conformsTo",
            "data": ["@id": "cr:data", "@type": "@json"],
            "examples": ["@id": "cr:examples", "@type": "@json"],
            "dataType": ["@id": "cr:dataType", "@type": "@vocab"],
            "description": ["@container": "@language"], "name": ["@container": "@language"],
        ]
        for word in words { terms[word] = "cr:\(word)" }
        return terms
    }

    private static let words = [
        "arrayShape", "citeAs", "column", "containedIn", "equivalentProperty", "extract", "field",
        "fileObject", "fileProperty", "fileSet", "format", "includes", "isArray", "isLiveDataset",
        "jsonPath", "key", "md5", "parentField", "path", "recordSet", "references", "regex",
        "repeated",
        "replace", "samplingRate", "separator", "source", "subField", "transform",
    ]
}
