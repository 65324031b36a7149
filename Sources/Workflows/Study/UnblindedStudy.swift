import Foundation
import Imaging
import ReaderStudy
import StudyStore

/// A study with its key: all that a report or an export is made from.
struct UnblindedStudy {
    let readings: StudyReadings
    let cases: [ReportedCase]
    let descriptions: [CaseDescription]
    let impressions: [ImpressionReport.Impression]
    let facts: StudyFacts

    /// Unblinds a study.
    ///
    /// - Parameters:
    ///   - store: the study.
    ///   - now: the time, for the report.
    ///   - forced: who looks and why while the study is open; the look is recorded.
    ///   - hasPictures: whether the images come along.
    /// - Throws: `StudyStoreError.open` for an open study whose look is not forced, `StudyFailure` or
    ///   `StudyError`.
    init(
        _ store: StudyStore,
        at now: Date,
        forced: StudyStore.ForcedLook?,
        hasPictures: Bool
    ) async throws {
        let preparation = try StudyPreparation.read(of: store.folder)
        let results = try await store.results(forced: forced)
        readings = try results.studyReadings()
        descriptions = results.readings.compactMap(CaseDescription.init)
        impressions = results.impressions.map {
            ImpressionReport.Impression(truth: $0.truth, quality: $0.quality)
        }
        facts = StudyFacts(
            store.definition,
            preparation,
            results,
            events: try await store.events(),
            isOpen: try await store.isOpen(),
            at: now
        )
        var cases: [ReportedCase] = []
        for item in try await store.cases() {
            // Encoded anew, without the zeros that bring all of a study's files to one length.
            let picture =
                hasPictures
                ? try PixelImage.decode(try await store.image(of: item.caseID)).encodedPNG() : nil
            cases.append(
                ReportedCase(item, model: preparation?.models[item.caseID], picture: picture)
            )
        }
        self.cases = cases
    }
}

extension ReportedCase {
    fileprivate init(_ item: StudyCase, model: String?, picture: [UInt8]?) {
        let attributes = [
            "modality": item.modality, "anatomy": item.anatomy, "finding": item.finding,
            "sex": item.sex, "model": model,
        ]
        self.init(
            caseID: item.caseID,
            truth: item.truth,
            source: item.source,
            attributes: attributes.compactMapValues(\.self),
            picture: picture
        )
    }
}

extension CaseDescription {
    /// The words of a reading; nil where there are none.
    fileprivate init?(_ record: ReadingRecord) {
        guard !record.description.isEmpty || !record.regions.isEmpty else { return nil }
        self.init(
            reader: record.reading.reader,
            caseID: record.reading.caseID,
            repetition: record.reading.repetition,
            text: record.description,
            terms: record.regions
        )
    }
}

extension StudyFacts {
    fileprivate init(
        _ definition: StudyDefinition,
        _ preparation: Preparation?,
        _ results: StudyResults,
        events: [StudyEvent],
        isOpen: Bool,
        at now: Date
    ) {
        self.init(
            name: definition.name,
            title: definition.title,
            reportDate: now.ISO8601Format(),
            closingDate: isOpen ? nil : events.last { $0.kind == .closed }?.at.ISO8601Format(),
            labels: definition.labels,
            confidenceLevels: definition.confidenceLevels,
            asksDescription: definition.asksDescription,
            allowsRevision: definition.allowsRevision,
            impressionCount: definition.impressionCount,
            checksScreen: definition.checksScreen,
            order: definition.order,
            washoutDays: definition.washoutDays,
            preparation: preparation,
            earlyLooks: events.filter { $0.kind == .forcedLook }.map { look in
                Look(
                    date: look.at.ISO8601Format(),
                    answerCount: results.readings.count { $0.answeredAt <= look.at }
                )
            },
            reopeningCount: events.count { $0.kind == .reopened }
        )
    }
}
