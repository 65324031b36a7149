/// Generators compared by how well readers tell their images from the same real ones.
public struct GeneratorComparison: Sendable, Equatable, Encodable {
    /// The generators, by alphabet.
    public let generators: [String]
    /// The mean area under the curve of each.
    public let means: [Double]
    /// The F test that all have the same area, with Hillis' degrees of freedom.
    public let fStatistic: Double
    /// Generators less 1.
    public let numeratorDegreesOfFreedom: Double
    /// Hillis' degrees of freedom.
    public let denominatorDegreesOfFreedom: Double
    /// The p-value.
    public let pValue: Double

    /// Compares the generators that the attribute `model` of fake images names.
    ///
    /// - Throws: `StudyError` for fewer than two generators, and where Obuchowski and Rockette's
    ///   analysis is not defined.
    init(of cases: [ReportedCase], in study: StudyReadings) throws(StudyError) {
        let models = Dictionary(grouping: cases.filter { $0.truth == .fake }) {
            $0.attributes["model"] ?? ""
        }.filter { !$0.key.isEmpty }
        let names = models.keys.sorted()
        try StudyError.check(names.count, atLeast: 2, "generators to compare")
        let complete = study.selecting(Set(CompletePanel(study).cases).contains)
        var ratings: [[ObuchowskiRockette.Ratings]] = []
        for name in names {
            let own = Set((models[name] ?? []).map(\.caseID))
            let part = complete.selecting { complete.truth(of: $0) == .real || own.contains($0) }
            ratings.append(CompletePanel(part).ratings)
        }
        let test = try ObuchowskiRockette(areasOf: ratings, design: .sharedReals).comparison()
        generators = names
        means = test.means
        fStatistic = test.fStatistic
        numeratorDegreesOfFreedom = test.numeratorDegreesOfFreedom
        denominatorDegreesOfFreedom = test.denominatorDegreesOfFreedom
        pValue = test.pValue
    }
}
