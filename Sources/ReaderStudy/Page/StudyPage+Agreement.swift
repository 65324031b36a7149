extension StudyPage {
    var agreementSection: String? {
        guard report.readers.count > 1 else { return nil }
        let everybody = report.readers.count == 2 ? "both" : "all"
        let unanimity = HTML.table(
            ["Called by \(everybody)", "Of all images", "Of real images", "Of synthetic images"],
            report.agreement.unanimity.compactMap(\.value).map { row in
                [
                    row.answer.rawValue, counted(.value(row.all)), counted(row.real),
                    counted(row.fake),
                ]
            }
        )
        let agreement = report.agreement
        let coefficients = HTML.table(
            [
                "", "Pairs alike", "Fleiss’ κ", "Gwet’s AC1", "Krippendorff’s α, nominal",
                "α, ordinal",
            ],
            [
                [
                    "All readers",
                    HTML.cell(agreement.percentAgreement) { found in
                        HTML.cell(
                            NumberText.percent(found.value),
                            found.interval.value.map(NumberText.percents) ?? ""
                        )
                    },
                    HTML.cell(agreement.fleissKappa), HTML.cell(agreement.gwetAC1),
                    HTML.cell(agreement.nominalAlpha), HTML.cell(agreement.ordinalAlpha),
                ]
            ]
        )
        return HTML.section(
            "Agreement of readers",
            lead: "Cohen’s κ by pair; on the diagonal, each reader against their own repeats. "
                + "Intervals come from \(report.settings.bootstrapSampleCount) bootstrap samples of images.",
            "<div class=\"row\">\(figures)</div>" + unanimity + "<h3>Coefficients</h3>"
                + coefficients
                + HTML.details("Pairs of readers", pairsTable)
        )
    }

    var comparisonSection: String? {
        guard report.readers.count > 1 else { return nil }
        let comparison = report.comparison
        let rows: [(String, Outcome<ComparisonReport.MeanFigure>, isArea: Bool)] = [
            ("Area under the ROC curve", comparison.area, true),
            ("Right answers", comparison.accuracy, false),
            ("Sensitivity", comparison.sensitivity, false),
            ("Specificity", comparison.specificity, false),
        ]
        let means = HTML.table(
            ["Mean over readers", "Value", "Degrees of freedom", "Against 0.5"],
            rows.map { name, figure, isArea in
                [
                    name,
                    HTML.cell(figure) { figure in
                        isArea
                            ? HTML.cell(
                                NumberText.decimal(figure.value, 2),
                                NumberText.interval(figure.interval, 2)
                            )
                            : HTML.cell(
                                NumberText.percent(figure.value),
                                NumberText.percents(figure.interval)
                            )
                    },
                    HTML.cell(figure) { NumberText.decimal($0.degreesOfFreedom, 1) },
                    HTML.cell(figure) { Markup.escaped(NumberText.pValue($0.pValue)) },
                ]
            }
        )
        return HTML.section(
            "Readers together, and compared",
            lead:
                "Obuchowski and Rockette’s intervals hold for other readers and other images like these. "
                + "Everybody answered \(NumberText.counted(comparison.completeCount, "image")); "
                + "uncertain counts as wrong.",
            means + "<h3>Differences between readers</h3>" + differences + generators
        )
    }

    private var differences: String {
        let comparison = report.comparison
        let cochran = HTML.cell(comparison.cochranQ) {
            Markup.escaped(
                "Q = \(NumberText.decimal($0.statistic, 2)), \(NumberText.pValue($0.pValue))"
            )
        }
        var tests: [[String]] = []
        for (name, pairs) in [
            ("Right answers (McNemar, exact)", comparison.mcNemar),
            ("Suspicion (Wilcoxon)", comparison.wilcoxon),
        ] {
            tests += pairs.map { pair in
                [
                    name, Markup.escaped("\(pair.first) and \(pair.second)"),
                    HTML.cell(pair.pValue) { Markup.escaped(NumberText.pValue($0)) },
                    pair.adjusted.map { Markup.escaped(NumberText.pValue($0)) } ?? "–",
                ]
            }
        }
        return "<p>All readers right equally often (Cochran): \(cochran).</p>"
            + (tests.isEmpty
                ? "" : HTML.table(["Test", "Readers", "Unadjusted", "Adjusted (Holm)"], tests))
    }

    private var generators: String {
        guard let comparison = report.generators.value else { return "" }
        let test =
            "F(\(NumberText.decimal(comparison.numeratorDegreesOfFreedom, 0)), "
            + "\(NumberText.decimal(comparison.denominatorDegreesOfFreedom, 1))) = "
            + "\(NumberText.decimal(comparison.fStatistic, 2)), \(NumberText.pValue(comparison.pValue))"
        return "<h3>Generators</h3>"
            + HTML.table(
                ["Generator", "Mean area under the curve"],
                zip(comparison.generators, comparison.means).map {
                    [Markup.escaped($0), NumberText.decimal($1, 2)]
                }
            ) + "<p>\(Markup.escaped(test)), all against the same real images.</p>"
    }

    private var figures: String {
        guard report.readers.count <= 8 else { return "" }
        let tables = report.agreement.pairs.prefix(3).map {
            AgreementFigure.table(of: $0, names: ($0.first, $0.second))
        }
        return AgreementFigure.matrix(of: report, names: names) + tables.joined(separator: "\n")
    }

    private var pairsTable: String {
        HTML.table(
            ["Readers", "Alike", "κ", "κ, linear weights", "κ, quadratic weights"],
            report.agreement.pairs.map { pair in
                [
                    Markup.escaped("\(pair.first) and \(pair.second)"), HTML.cell(pair.agreement),
                    HTML.cell(pair.kappa), HTML.cell(pair.linearKappa),
                    HTML.cell(pair.quadraticKappa),
                ]
            }
        )
    }

    private func counted(_ share: Outcome<ShareReport>) -> String {
        HTML.cell(share) { share in
            HTML.cell(
                NumberText.count(share.successes, of: share.trials),
                "\(NumberText.percent(share.value)) (\(NumberText.percents(share.interval)))"
            )
        }
    }
}
