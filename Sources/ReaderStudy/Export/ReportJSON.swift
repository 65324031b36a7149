import Foundation

/// The whole report as JSON: facts, figures, readings and the methods paragraph.
public enum ReportJSON {
    private struct Document: Encodable {
        let facts: StudyFacts
        let report: StudyReport
        let readings: [Reading]
        let descriptions: [CaseDescription]
        let methods: String
    }

    /// Writes the document, keys sorted, so that equal studies give equal bytes.
    ///
    /// Where a statistic has no value, its place holds an object with the only key `undefined` and the
    /// reason; a number that is not finite becomes a string.
    public static func text(
        of report: StudyReport,
        facts: StudyFacts,
        readings: StudyReadings,
        descriptions: [CaseDescription] = []
    ) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "Infinity",
            negativeInfinity: "-Infinity",
            nan: "NaN"
        )
        let document = Document(
            facts: facts,
            report: report,
            readings: readings.readings,
            descriptions: descriptions,
            methods: MethodsText(of: report, facts: facts).paragraph
        )
        return String(decoding: try encoder.encode(document), as: UTF8.self) + "\n"
    }
}
