import Foundation
import GRDB

/// One reader study: its definition, its images, its readers and their answers.
///
/// Several programs can have the same study open: the server takes answers while the lead asks for
/// the progress. Every method that writes is one transaction that is on disk when it returns. All
/// times are parameters.
public struct StudyStore: Sendable {
    /// Where the study lies.
    public let folder: StudyFolder
    /// What is fixed.
    public let definition: StudyDefinition
    let database: DatabasePool

    /// Opens a study.
    ///
    /// - Throws: `StudyStoreError.notFound`, `.newerVersion` or `.database`.
    public init(opening name: String, in workspace: String) throws(StudyStoreError) {
        let folder = try StudyFolder(study: name, workspace: workspace)
        guard FileManager.default.fileExists(atPath: folder.database) else {
            throw .notFound(
                name: name,
                path: StudyFolder.studies(of: workspace),
                known: try StudyFolder.studies(in: workspace)
            )
        }
        try self.init(folder: folder)
    }

    /// Opens the database of a folder, and writes the definition into one that is new.
    init(folder: StudyFolder, defining new: StudyDefinition? = nil) throws(StudyStoreError) {
        self.folder = folder
        do {
            database = try Self.pool(at: folder.database)
            let migrator = StudySchema.migrator
            guard try !database.read(migrator.hasBeenSuperseded) else {
                throw StudyStoreError.newerVersion(path: folder.database)
            }
            try migrator.migrate(database)
            if let new {
                let text = try String(decoding: JSONEncoder().encode(new), as: UTF8.self)
                try database.write { database in
                    try database.execute(
                        sql: "INSERT INTO study (id, definition) VALUES (1, ?)",
                        arguments: [text]
                    )
                }
            }
            definition = try database.read { database in
                let text = try String.fetchOne(database, sql: "SELECT definition FROM study")
                return try JSONDecoder().decode(
                    StudyDefinition.self,
                    from: Data((text ?? "").utf8)
                )
            }
        } catch {
            throw StudyStoreError(error, path: folder.database)
        }
    }

    private static func pool(at path: String) throws -> DatabasePool {
        var configuration = Configuration()
        configuration.busyMode = .timeout(10)
        let pool = try DatabasePool(path: path, configuration: configuration)
        // An answer must outlive a power cut too, which SQLite's usual setting in WAL mode allows to
        // take the last transactions.
        try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
        return pool
    }

    /// Reads in one transaction.
    func read<Value: Sendable>(
        _ body: @Sendable (Database) throws -> Value
    ) async throws(StudyStoreError) -> Value {
        do {
            return try await database.read(body)
        } catch {
            throw StudyStoreError(error, path: folder.database)
        }
    }

    /// Writes in one transaction, which is on disk at the end.
    func write<Value: Sendable>(
        _ body: @Sendable (Database) throws -> Value
    ) async throws(StudyStoreError) -> Value {
        do {
            return try await database.write(body)
        } catch {
            throw StudyStoreError(error, path: folder.database)
        }
    }
}

extension StudyStoreError {
    /// Names the database where the error does not come from here.
    init(_ error: any Error, path: String) {
        switch error {
        case let error as StudyStoreError: self = error
        case let error as DatabaseError:
            self = .database(path: path, message: error.message ?? "\(error.resultCode)")
        default: self = .database(path: path, message: "\(error)")
        }
    }
}
