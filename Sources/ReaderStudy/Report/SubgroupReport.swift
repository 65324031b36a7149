/// The same figures for the images that share a property.
public struct SubgroupReport: Sendable, Equatable, Encodable {
    /// The property, such as "modality".
    public let attribute: String
    /// Its value, such as "CT".
    public let value: String
    /// The real images of the group.
    public let realCount: Int
    /// The fake images of the group.
    public let fakeCount: Int
    /// Each reader's figures.
    public let readers: [ReaderReport]
    /// How far readers agree.
    public let agreement: AgreementReport
    /// Readers together.
    public let comparison: ComparisonReport

    /// Describes every value of every property that more than one value of occurs, by alphabet.
    ///
    /// - Parameters:
    ///   - cases: the study's images.
    ///   - study: the readings.
    ///   - margin: the margin of equivalence tests.
    ///   - bootstrap: draws cases.
    ///   - seed: the draws' seed.
    /// - Returns: one report a value.
    /// - Throws: `StudyError`, which checked readings do not cause.
    static func reports(
        of cases: [ReportedCase],
        in study: StudyReadings,
        margin: Double,
        bootstrap: Bootstrap,
        seed: UInt64
    ) throws(StudyError) -> [SubgroupReport] {
        var reports: [SubgroupReport] = []
        for attribute in Set(cases.flatMap(\.attributes.keys)).sorted() {
            let groups = Dictionary(grouping: cases) { $0.attributes[attribute] ?? "" }
                .filter { !$0.key.isEmpty }
            // One value says nothing that the whole does not; a value an image names the image.
            guard groups.count > 1, groups.count < cases.count else { continue }
            for (value, members) in groups.sorted(by: { $0.key < $1.key }) {
                let names = Set(members.map(\.caseID))
                let part = study.selecting { names.contains($0) }
                guard !part.readings.isEmpty else { continue }
                var readers: [ReaderReport] = []
                for reader in part.readers {
                    readers.append(try ReaderReport(of: reader, in: part, margin: margin))
                }
                reports.append(
                    SubgroupReport(
                        attribute: attribute,
                        value: value,
                        realCount: members.count { $0.truth == .real },
                        fakeCount: members.count { $0.truth == .fake },
                        readers: readers,
                        agreement: AgreementReport(of: part, bootstrap: bootstrap, seed: seed),
                        comparison: try ComparisonReport(of: part)
                    )
                )
            }
        }
        return reports
    }
}
