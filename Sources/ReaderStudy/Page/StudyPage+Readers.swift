extension StudyPage {
    var votesSection: String? {
        HTML.section(
            "Every vote",
            lead: "One column an image, sorted by how real it looked; one row a reader.",
            legend + VotesFigure.markup(of: readings, names: names)
        )
    }

    var readersSection: String? {
        let counts = HTML.table(
            [
                "Reader", "Real images: real · uncertain · fake",
                "Synthetic images: real · uncertain · fake",
            ]
                + ["Area under the curve", "Same answer again"],
            report.readers.map { reader in
                [Markup.escaped(reader.reader)]
                    + reader.table.map { row in
                        row.real + row.uncertain + row.fake == 0
                            ? "–" : "\(row.real) · \(row.uncertain) · \(row.fake)"
                    } + [
                        HTML.cell(reader.area) { area in
                            HTML.cell(
                                NumberText.decimal(area.value, 2),
                                NumberText.interval(area.interval, 2)
                            )
                        },
                        HTML.cell(reader.repeats) { repeats in
                            let share = repeats.agreement
                            return HTML.cell(
                                NumberText.count(share.successes, of: share.trials),
                                NumberText.percents(share.interval)
                            )
                        },
                    ]
            }
        )
        return HTML.section(
            "Readers",
            lead:
                "Fake is the positive class: sensitivity is the share of synthetic images that were "
                + "found out. Small print gives 95 % intervals.",
            counts
                + "<h3>Uncertain counted as wrong</h3>\(sharesTable(.wrong))"
                + HTML.details("Uncertain excluded", sharesTable(.excluded))
                + HTML.details("Uncertain counted as half right", sharesTable(.half))
                + HTML.details("Wilson’s intervals", wilsonTable)
        )
    }

    var rocSection: String? {
        ROCFigure.markup(of: report.readers, names: names).map { figure in
            HTML.section(
                "ROC curves",
                lead: "From sure it is real, through uncertain, to sure it is fake; "
                    + "each point is one cut of that scale.",
                figure
            )
        }
    }

    var timesSection: String? {
        let rows = report.readers.map { reader in
            [Markup.escaped(reader.reader)]
                + [
                    HTML.cell(reader.times) { times in
                        HTML.cell(
                            NumberText.seconds(times.median),
                            "half between \(NumberText.seconds(times.quartiles.lower)) and "
                                + NumberText.seconds(times.quartiles.upper)
                        )
                    },
                    HTML.cell(reader.times) { times in
                        HTML.cell(times.fatigue) { slope in
                            HTML.cell(
                                "\(NumberText.decimal(slope.value * 10, 2))\u{202F}s",
                                NumberText.interval(
                                    ConfidenceInterval(
                                        lower: slope.interval.lower * 10,
                                        upper: slope.interval.upper * 10,
                                        level: slope.interval.level
                                    ),
                                    2
                                )
                            )
                        }
                    },
                ]
        }
        return HTML.section(
            "Response times",
            lead:
                "Each dot is an answer, coloured by what was said; the line is Theil and Sen’s slope.",
            legend + "<div class=\"row\">"
                + TimesFigure.markup(of: readings, reports: report.readers, names: names)
                + "</div>"
                + HTML.table(["Reader", "Median", "Change per 10 images"], rows)
        )
    }

    var legend: String {
        let labels = facts.labels.sorted { $0.category < $1.category }.map { answer in
            "<li><i class=\"\(answer.rawValue)\"></i>called \(answer.rawValue)</li>"
        }
        return "<ul class=\"legend\">\(labels.joined())</ul>"
    }

    private func sharesTable(_ handling: AnswerTable.UncertainHandling) -> String {
        let margin = NumberText.decimal(report.settings.equivalenceMargin, 2)
        return HTML.table(
            [
                "Reader", "Right answers", "Sensitivity", "Specificity", "Against chance",
                "Within \(margin) of chance", "d′", "Criterion",
            ],
            report.readers.map { reader in
                let shares = reader.shares(handling)
                return [Markup.escaped(reader.reader)]
                    + (shares.map { shares in
                        [
                            HTML.cell(shares.accuracy), HTML.cell(shares.sensitivity),
                            HTML.cell(shares.specificity),
                            HTML.cell(shares.chance) { Markup.escaped(NumberText.pValue($0)) },
                            HTML.cell(shares.equivalence) {
                                Markup.escaped(NumberText.pValue($0.pValue))
                            },
                            HTML.cell(shares.signalDetection) { NumberText.decimal($0.dPrime, 2) },
                            HTML.cell(shares.signalDetection) {
                                NumberText.decimal($0.criterion, 2)
                            },
                        ]
                    } ?? [])
            }
        )
    }

    private var wilsonTable: String {
        func cell(_ share: Outcome<ShareReport>?) -> String {
            share.map { HTML.cell($0) { NumberText.percents($0.wilson) } } ?? "–"
        }
        return HTML.table(
            ["Reader", "Right answers", "Sensitivity", "Specificity"],
            report.readers.map { reader in
                let shares = reader.shares(.wrong)
                return [
                    Markup.escaped(reader.reader), cell(shares?.accuracy),
                    cell(shares?.sensitivity), cell(shares?.specificity),
                ]
            }
        )
    }
}
