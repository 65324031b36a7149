public import Foundation
import Imaging
import ReaderStudy
public import StudyStore

/// Unblinds a study and writes its report: a page, figures as JSON, answers as CSV and for iMRMC.
public struct ReportStudy: Sendable {
    /// A part of a report.
    public enum Document: String, Sendable, CaseIterable {
        /// The page.
        case html
        /// Facts, figures, answers and the methods paragraph.
        case json
        /// The answers in long format.
        case csv
        /// The first answers as iMRMC reads them.
        case imrmc

        /// The name of its file.
        public var fileName: String {
            switch self {
            case .html: "report.html"
            case .json: "report.json"
            case .csv: "readings.csv"
            case .imrmc: "readings.imrmc"
            }
        }
    }

    let store: StudyStore
    let settings: StudyReport.Settings
    let showsImages: Bool

    /// Prepares a report.
    ///
    /// - Parameters:
    ///   - store: the study.
    ///   - equivalenceMargin: the deviation from an accuracy of one half that does not matter.
    ///   - showsImages: whether the page holds the images, which makes it large.
    public init(_ store: StudyStore, equivalenceMargin: Double = 0.15, showsImages: Bool = true) {
        self.store = store
        self.showsImages = showsImages
        settings = StudyReport.Settings(
            equivalenceMargin: equivalenceMargin,
            seed: store.definition.order.seed
        )
    }

    /// Writes all parts into a folder.
    ///
    /// - Parameters:
    ///   - folder: a folder that is not there yet, or empty.
    ///   - now: the time of the report.
    ///   - forced: who looks and why while the study is open; the look is recorded.
    ///   - progress: is told the share of the figures that is done.
    /// - Returns: the paths of the files, the page first.
    /// - Throws: `StudyStoreError.open` for an open study whose look is not forced, `StudyError` without
    ///   an answer, `StudyFailure` or a file error.
    public func write(
        to folder: String,
        at now: Date,
        forced: StudyStore.ForcedLook? = nil,
        progress: (Double) -> Void = { _ in }
    ) async throws -> [String] {
        // Before unblinding: a look that leaves no report would be recorded for nothing.
        try requireEmpty(folder)
        let study = try await unblinded(at: now, forced: forced, hasPictures: showsImages)
        let report = try figures(of: study, progress)
        let texts = try Document.allCases.map { ($0, try text(of: $0, study) { report }) }
        return try texts.map { document, text in
            let path = folder + "/" + document.fileName
            try File.create(path, Array(text.utf8))
            return path
        }
    }

    /// One part as text.
    ///
    /// - Parameters:
    ///   - document: which one.
    ///   - now: the time of the report.
    ///   - forced: who looks and why while the study is open; the look is recorded.
    /// - Returns: what the part's file would hold.
    /// - Throws: as `write` does.
    public func text(
        of document: Document,
        at now: Date,
        forced: StudyStore.ForcedLook? = nil
    ) async throws -> String {
        let hasPictures = document == .html && showsImages
        let study = try await unblinded(at: now, forced: forced, hasPictures: hasPictures)
        return try text(of: document, study) { try figures(of: study) }
    }

    private func unblinded(
        at now: Date,
        forced: StudyStore.ForcedLook?,
        hasPictures: Bool
    ) async throws -> UnblindedStudy {
        try await UnblindedStudy(store, at: now, forced: forced, hasPictures: hasPictures)
    }

    private func figures(
        of study: UnblindedStudy,
        _ progress: (Double) -> Void = { _ in }
    ) throws(StudyError) -> StudyReport {
        try StudyReport(
            readings: study.readings,
            cases: study.cases,
            descriptions: study.descriptions,
            impressions: study.impressions,
            settings: settings,
            progress: progress
        )
    }

    private func text(
        of document: Document,
        _ study: UnblindedStudy,
        report: () throws -> StudyReport
    ) throws -> String {
        switch document {
        case .html:
            StudyPage(
                report: try report(),
                facts: study.facts,
                readings: study.readings,
                cases: study.cases,
                descriptions: study.descriptions
            ).html
        case .json:
            try ReportJSON.text(
                of: try report(),
                facts: study.facts,
                readings: study.readings,
                descriptions: study.descriptions
            )
        case .csv:
            ReadingTable.csv(
                of: study.readings,
                cases: study.cases,
                descriptions: study.descriptions
            )
        case .imrmc: IMRMCFile.text(title: study.facts.title, of: study.readings)
        }
    }

    private func requireEmpty(_ folder: String) throws {
        try OutputFolder.create(folder)
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: folder)
        } catch {
            throw StudyFailure.file(path: folder, reason: error.localizedDescription)
        }
        guard names.isEmpty else { throw StudyFailure.reportExists(path: folder) }
    }
}
