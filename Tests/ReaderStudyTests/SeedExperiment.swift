import ReaderStudy

/// The two published experiments: two radiologists, synthetic images only.
///
/// Ali, Murad and Shah (arXiv:2211.00902) tell how many images both called real: 3 of 20 CT and 5 X-rays.
/// The other votes are made up to fit; the paper does not list them. Nor does it state how many X-rays
/// were read, which is 20 here.
enum SeedExperiment: String, CaseIterable {
    case ct = "CT"
    case xray = "XR"

    static let readers = ["Radiologist A", "Radiologist B"]

    /// Both readers' answers, and on how many images.
    private var votes: [(Answer, Answer, Int)] {
        switch self {
        case .ct:
            [
                (.real, .real, 3), (.fake, .fake, 8), (.uncertain, .uncertain, 1),
                (.real, .fake, 4), (.fake, .real, 2), (.uncertain, .fake, 2),
            ]
        case .xray:
            [
                (.real, .real, 5), (.fake, .fake, 6), (.uncertain, .uncertain, 2),
                (.real, .uncertain, 3), (.fake, .real, 2), (.uncertain, .fake, 2),
            ]
        }
    }

    /// The readings, B in the reverse order of A.
    func readings() throws -> StudyReadings {
        let pairs = votes.flatMap { first, second, count in
            [(Answer, Answer)](repeating: (first, second), count: count)
        }
        return try StudyReadings(
            pairs.enumerated().flatMap { index, pair in
                [(0, pair.0, index), (1, pair.1, pairs.count - 1 - index)].map {
                    reader,
                    answer,
                    position in
                    Reading(
                        reader: Self.readers[reader],
                        caseID: "\(rawValue) \(index + 1)",
                        truth: .fake,
                        answer: answer,
                        seconds: 4 + Double((7 * index + 3 * reader) % 11),
                        position: position
                    )
                }
            }
        )
    }

    func cases() throws -> [ReportedCase] {
        try readings().cases.map {
            ReportedCase(caseID: $0, truth: .fake, attributes: ["modality": rawValue])
        }
    }

    var facts: StudyFacts {
        StudyFacts(
            name: "fake-lungs-\(rawValue.lowercased())",
            title: "Spot the fake lungs: \(rawValue)",
            reportDate: "2026-01-31T12:00:00Z",
            closingDate: "2026-01-30T12:00:00Z",
            order: ReadingOrder.Design(seed: 7)
        )
    }
}
