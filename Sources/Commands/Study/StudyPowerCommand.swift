import ArgumentParser
import ReaderStudy

/// `skiagraph study power`: how many images a study needs, or how sure one of a given size is.
struct StudyPowerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "power",
        abstract: "Compute the images that a study needs, or the power that it has.",
        discussion: """
            For one reader power is exact: of the binomial test against chance, or with --margin of two \
            one-sided tests that the reader is within the margin of chance. For several readers studies \
            are simulated whose readers and images differ, and tested as the report tests them.

            EXAMPLES:
              skiagraph study power --accuracy 0.7
              skiagraph study power --accuracy 0.5 --margin 0.15 --power 0.9
              skiagraph study power --readers 4 --accuracy 0.65 --images 60
            """
    )

    @Option(help: "Share of right answers that readers are thought to give.")
    var accuracy: Double

    @Option(help: ArgumentHelp("Readers.", valueName: "n"))
    var readers = 1

    @Option(
        help: ArgumentHelp(
            "Images, real and synthetic (default: as many as needed).",
            valueName: "n"
        )
    )
    var images: Int?

    @Option(help: "Power that is wanted.")
    var power = 0.8

    @Option(help: "Level of the test.")
    var alpha = 0.05

    @Option(help: "Show equivalence with chance within this margin (one reader only).")
    var margin: Double?

    @Option(help: "How much readers differ: their deviation on the probit scale.")
    var readerDeviation = 0.2

    @Option(help: "How much images differ: their deviation on the probit scale.")
    var caseDeviation = 0.5

    @Option(help: ArgumentHelp("Simulated studies.", valueName: "n"))
    var simulations = 1000

    @Option(help: "Seed of the simulation.")
    var seed: UInt64 = 0

    @Flag(help: "Print one JSON object.")
    var json = false

    private struct Answer: Encodable {
        let readers: Int
        let images: Int
        let accuracy: Double
        let alpha: Double
        let margin: Double?
        let power: Double
        /// The simulation's uncertainty; nil where the power is exact.
        let interval: [Double]?
    }

    func validate() throws {
        guard readers >= 1 else {
            throw ValidationError("--readers is \(readers); it must be 1 or more")
        }
        guard margin == nil || readers == 1 else {
            throw ValidationError("--margin is for one reader; leave --readers or --margin out")
        }
        guard (100...100_000).contains(simulations) else {
            throw ValidationError("--simulations is \(simulations); it must be 100 to 100000")
        }
    }

    func run() async throws {
        try await complaining { () async throws in
            let answer = try readers == 1 ? exact() : simulated()
            if json { try JSONLine.write(answer) } else { TextStream.output.write(text(answer)) }
        }
    }

    private func exact() throws(StudyError) -> Answer {
        let aim = margin.map { BinomialPower.Aim.equivalence(margin: $0) } ?? .difference
        let design = try BinomialPower(aim, accuracy: accuracy, alpha: alpha)
        let count = if let images { images } else { try design.caseCount(power: power) }
        return answer(count, power: try design.power(caseCount: count), interval: nil)
    }

    private func simulated() throws(StudyError) -> Answer {
        let design = try StudyPower(
            readerCount: readers,
            caseCount: images ?? 2,
            accuracy: accuracy,
            readerDeviation: readerDeviation,
            caseDeviation: caseDeviation,
            alpha: alpha
        )
        let found =
            if images == nil {
                try design.sampleSize(power: power, studyCount: simulations, seed: seed)
            } else {
                try design.simulatedPower(studyCount: simulations, seed: seed)
            }
        let interval = try found.power.clopperPearson()
        return answer(
            found.caseCount,
            power: found.power.value,
            interval: [interval.lower, interval.upper]
        )
    }

    private func answer(_ count: Int, power: Double, interval: [Double]?) -> Answer {
        Answer(
            readers: readers,
            images: count,
            accuracy: accuracy,
            alpha: alpha,
            margin: margin,
            power: power,
            interval: interval
        )
    }

    private func text(_ answer: Answer) -> String {
        let goal = margin.map { "shows equivalence within \($0) of chance" } ?? "rejects chance"
        let sure = answer.interval.map { ends in
            " (\(Self.percent(ends[0])) to \(Self.percent(ends[1])), \(simulations) simulations)"
        }
        return
            "\(answer.images) images and \(readers) \(readers == 1 ? "reader" : "readers") with an "
            + "accuracy of \(accuracy): a study \(goal) with a power of "
            + "\(Self.percent(answer.power))\(sure ?? "")\n"
    }

    private static func percent(_ share: Double) -> String {
        "\((share * 1000).rounded() / 10) %"
    }
}
