public import Foundation
import GRDB
import ReaderStudy

extension StudyStore {
    /// Makes a study with its images, its readers and each reader's order, whole or not at all.
    ///
    /// Images keep nothing but their pixels and are brought to one length; see `PreparedPNG`. Equal
    /// definitions, cases and reader names give equal orders.
    ///
    /// - Parameters:
    ///   - definition: what is fixed from now on.
    ///   - cases: at least 1; the list's order is part of what the seed draws from.
    ///   - readers: names, each once; more can be added while the study is open.
    ///   - workspace: the folder in whose folder `studies` the study will lie.
    ///   - who: the person who makes the study, for its log.
    ///   - now: the time, for its log.
    ///   - image: the PNG file of a case, prepared so that the format is that of all others.
    /// - Returns: the study, opened.
    /// - Throws: `StudyStoreError`, or what `image` throws.
    public static func create(
        _ definition: StudyDefinition,
        cases: [StudyCase],
        readers: [String],
        in workspace: String,
        by who: String,
        at now: Date,
        image: (StudyCase) async throws -> [UInt8]
    ) async throws -> StudyStore {
        try definition.validate(caseCount: cases.count)
        let folder = try StudyFolder(study: definition.name, workspace: workspace)
        let files = FileManager.default
        guard !files.fileExists(atPath: folder.path) else {
            throw StudyStoreError.exists(name: definition.name, path: folder.path)
        }
        // Not a valid name, so nothing takes an unfinished study for a study.
        let partial = StudyFolder(path: "\(folder.path).partial-\(Secret.token(byteCount: 4))")
        try files.makingFolder(partial.images)
        do {
            let names = try await writeImages(cases, to: partial, image)
            try await fill(partial, definition, cases, names, readers, by: who, at: now)
            try files.moveFolder(partial.path, to: folder.path)
        } catch {
            // The first error is the one to tell.
            try? files.removeItem(atPath: partial.path)
            throw error
        }
        return try StudyStore(folder: folder)
    }

    private static func fill(
        _ folder: StudyFolder,
        _ definition: StudyDefinition,
        _ cases: [StudyCase],
        _ files: [String],
        _ readers: [String],
        by who: String,
        at now: Date
    ) async throws(StudyStoreError) {
        let store = try StudyStore(folder: folder, defining: definition)
        try await store.write { database in
            for (item, file) in zip(cases, files) {
                try database.execute(
                    sql: """
                        INSERT INTO image (caseID, truth, source, modality, anatomy, finding, sex, file)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                        """,
                    arguments: [
                        item.caseID, item.truth.rawValue, item.source, item.modality, item.anatomy,
                        item.finding, item.sex, file,
                    ]
                )
            }
            try Self.record(.created, by: who, at: now, note: definition.name, in: database)
            for reader in readers {
                try store.insertReader(reader, in: database)
            }
        }
        do {
            try store.database.close()
        } catch {
            throw StudyStoreError(error, path: folder.database)
        }
    }

    /// Writes each image under a random name, all of one length.
    private static func writeImages(
        _ cases: [StudyCase],
        to folder: StudyFolder,
        _ image: (StudyCase) async throws -> [UInt8]
    ) async throws -> [String] {
        var names: [String] = []
        var first: PreparedPNG?
        var length = 0
        for item in cases {
            let prepared = try await PreparedPNG(image(item), of: item)
            if let first, let known = cases.first {
                for (trait, expected) in zip(prepared.traits, first.traits)
                where trait.value != expected.value {
                    throw StudyStoreError.imagesDiffer(
                        caseID: item.caseID,
                        other: known.caseID,
                        property: trait.property,
                        found: trait.value,
                        expected: expected.value
                    )
                }
            }
            first = first ?? prepared
            length = max(length, PreparedPNG.paddedLength(forBareLength: prepared.bareLength))
            let name = Secret.token(byteCount: 16) + ".png"
            names.append(name)
            try Data(prepared.file(length: prepared.bareLength + 12)).writing(folder, name)
        }
        for (item, name) in zip(cases, names) {
            let file = try Data.reading(folder, name)
            try Data(PreparedPNG([UInt8](file), of: item).file(length: length)).writing(
                folder,
                name
            )
        }
        return names
    }
}

extension PreparedPNG {
    /// Reads the file of a case.
    fileprivate init(_ file: [UInt8], of item: StudyCase) throws(StudyStoreError) {
        do {
            try self.init(file)
        } catch {
            throw .image(caseID: item.caseID, problem: error.text)
        }
    }
}

extension Data {
    fileprivate func writing(_ folder: StudyFolder, _ name: String) throws(StudyStoreError) {
        let path = folder.images + "/" + name
        do {
            try write(to: URL(filePath: path))
        } catch {
            throw .file(path: path, operation: "write", reason: error.localizedDescription)
        }
    }

    static func reading(_ folder: StudyFolder, _ name: String) throws(StudyStoreError) -> Data {
        let path = folder.images + "/" + name
        do {
            return try Data(contentsOf: URL(filePath: path))
        } catch {
            throw .file(path: path, operation: "read", reason: error.localizedDescription)
        }
    }
}

extension FileManager {
    fileprivate func makingFolder(_ path: String) throws(StudyStoreError) {
        do {
            // Readers' answers concern nobody else on the machine.
            try createDirectory(
                atPath: path,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
        } catch {
            throw .file(path: path, operation: "create", reason: error.localizedDescription)
        }
    }

    fileprivate func moveFolder(_ path: String, to target: String) throws(StudyStoreError) {
        do {
            try moveItem(atPath: path, toPath: target)
        } catch {
            throw .file(path: target, operation: "create", reason: error.localizedDescription)
        }
    }
}
