/// All readings in long format, one a row, as R takes them.
///
/// The columns `reader`, `treatment`, `case`, `truth` and `rating` are those of MRMCaov; `truth` is 1
/// for fake images, `rating` the suspicion that an image is fake. Showings other than the first have a
/// `repetition` above 0: leave them out for MRMC analyses.
public enum ReadingTable {
    /// Writes the table.
    ///
    /// - Parameters:
    ///   - study: the readings.
    ///   - cases: the images, whose attributes become columns named for them.
    ///   - descriptions: what readers wrote.
    /// - Returns: CSV with a header.
    public static func csv(
        of study: StudyReadings,
        cases: [ReportedCase],
        descriptions: [CaseDescription] = []
    ) -> String {
        let details = Dictionary(cases.map { ($0.caseID, $0) }) { first, _ in first }
        let written = Dictionary(descriptions.map { (Showing($0), $0) }) { first, _ in first }
        let attributes = Set(cases.flatMap(\.attributes.keys)).sorted()
        let header =
            [
                "reader", "treatment", "case", "truth", "rating", "answer", "confidence", "correct",
                "seconds", "position", "repetition", "source",
            ] + attributes.map { columns.contains($0) ? "image_\($0)" : $0 }
            + ["description", "terms"]
        let rows = study.readings.map { reading in
            let detail = details[reading.caseID]
            let text = written[Showing(reading)]
            return [
                reading.reader, "1", reading.caseID, reading.truth == .fake ? "1" : "0",
                number(reading.suspicion), reading.answer.rawValue,
                reading.confidence.map(String.init) ?? "",
                reading.answer.rawValue == reading.truth.rawValue ? "1" : "0",
                number(reading.seconds), String(reading.position), String(reading.repetition),
                detail?.source ?? "",
            ] + attributes.map { detail?.attributes[$0] ?? "" }
                + [text?.text ?? "", text?.terms.joined(separator: "; ") ?? ""]
        }
        return CSV.table(header, rows)
    }

    private static let columns: Set<String> = [
        "reader", "treatment", "case", "truth", "rating", "answer", "confidence", "correct",
        "seconds", "position", "repetition", "source", "description", "terms",
    ]

    /// Whole numbers without a decimal point.
    static func number(_ value: Double) -> String {
        Int(exactly: value).map(String.init) ?? "\(value)"
    }

    private struct Showing: Hashable {
        let reader: String
        let caseID: String
        let repetition: Int

        init(_ reading: Reading) {
            (reader, caseID) = (reading.reader, reading.caseID)
            repetition = reading.repetition
        }

        init(_ description: CaseDescription) {
            (reader, caseID) = (description.reader, description.caseID)
            repetition = description.repetition
        }
    }
}
