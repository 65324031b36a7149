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

    /// The images that share a property.
    struct Group {
        let attribute: String
        let value: String
        let members: [ReportedCase]
    }

    /// Every value of every property that more than one value of occurs, by alphabet.
    static func groups(of cases: [ReportedCase]) -> [Group] {
        Set(cases.flatMap(\.attributes.keys)).sorted().flatMap { attribute -> [Group] in
            let groups = Dictionary(grouping: cases) { $0.attributes[attribute] ?? "" }
                .filter { !$0.key.isEmpty }
            // One value says nothing that the whole does not; a value an image names the image.
            guard groups.count > 1, groups.count < cases.count else { return [] }
            return groups.sorted { $0.key < $1.key }.map { value, members in
                Group(attribute: attribute, value: value, members: members)
            }
        }
    }

    /// Describes a group; nil where nobody read one of its images.
    ///
    /// - Parameters:
    ///   - group: the images.
    ///   - study: the readings of all images.
    ///   - margin: the margin of equivalence tests.
    ///   - bootstrap: draws cases.
    ///   - seed: the draws' seed.
    /// - Throws: `StudyError`, which checked readings do not cause.
    init?(
        of group: Group,
        in study: StudyReadings,
        margin: Double,
        bootstrap: Bootstrap,
        seed: UInt64
    ) throws(StudyError) {
        let names = Set(group.members.map(\.caseID))
        let part = study.selecting { names.contains($0) }
        guard !part.readings.isEmpty else { return nil }
        var readers: [ReaderReport] = []
        for reader in part.readers {
            readers.append(try ReaderReport(of: reader, in: part, margin: margin))
        }
        attribute = group.attribute
        value = group.value
        realCount = group.members.count { $0.truth == .real }
        fakeCount = group.members.count { $0.truth == .fake }
        self.readers = readers
        agreement = AgreementReport(of: part, bootstrap: bootstrap, seed: seed)
        comparison = try ComparisonReport(of: part)
    }
}
