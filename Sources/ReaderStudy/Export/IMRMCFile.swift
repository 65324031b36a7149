/// The first readings as an input file of iMRMC, which RJafroc reads too.
///
/// Readers and cases are numbered from 1, as RJafroc demands; the lines before the data say who and what
/// they are. The row of reader -1 and modality 0 gives a case's truth, 1 for fake images.
///
/// - SeeAlso: the user manual of iMRMC, section "Input file".
public enum IMRMCFile {
    /// Writes the file.
    ///
    /// - Parameters:
    ///   - title: the study's title, on the first line.
    ///   - study: the readings.
    /// - Returns: the file's text.
    public static func text(title: String, of study: StudyReadings) -> String {
        let readers = study.readers
        let cases = study.cases
        let reader = Dictionary(zip(readers, 1...)) { first, _ in first }
        let number = Dictionary(zip(cases, 1...)) { first, _ in first }
        let isFake = cases.map { study.truth(of: $0) == .fake }
        let firsts = study.readings.filter { $0.repetition == 0 }
        var lines = [
            oneLine(title),
            "Scores grow with the suspicion that an image is fake; fake images are the signal.",
            "NR: \(readers.count)",
            "N0: \(isFake.count { !$0 })",
            "N1: \(isFake.count { $0 })",
            "NM: 1",
        ]
        lines += readers.enumerated().map { "reader \($0 + 1) is \(oneLine($1))" }
        lines += cases.enumerated().map { "case \($0 + 1) is \(oneLine($1))" }
        lines.append("BEGIN DATA:")
        lines += isFake.enumerated().map { "-1,\($0 + 1),0,\($1 ? 1 : 0)" }
        lines += firsts.map { reading in
            let score = ReadingTable.number(reading.suspicion)
            return "\(reader[reading.reader] ?? 0),\(number[reading.caseID] ?? 0),1,\(score)"
        }
        return lines.map { $0 + "\n" }.joined()
    }

    /// Text that cannot be taken for a line of the format.
    private static func oneLine(_ text: String) -> String {
        text.split(whereSeparator: \.isNewline).joined(separator: " ").replacing(":", with: " ")
    }
}
