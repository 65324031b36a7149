import GRDB

/// A value that a row of the database holds.
///
/// GRDB's own protocol cannot be used: it would make GRDB part of this module's interface.
protocol RowReadable {
    init(row: Row) throws
}

extension RowReadable {
    static func fetchAll(
        _ db: Database,
        sql: String,
        arguments: StatementArguments = StatementArguments()
    ) throws -> [Self] {
        try Array(Row.fetchCursor(db, sql: sql, arguments: arguments).map { try Self(row: $0) })
    }

    static func fetchOne(
        _ db: Database,
        sql: String,
        arguments: StatementArguments = StatementArguments()
    ) throws -> Self? {
        try Row.fetchOne(db, sql: sql, arguments: arguments).map { try Self(row: $0) }
    }
}

extension Row {
    /// A value of an enumeration; the schema allows no other, but a damaged file may have one.
    func value<Value: RawRepresentable<String>>(_ column: String) throws -> Value {
        let text: String? = self[column]
        guard let value = text.flatMap(Value.init(rawValue:)) else {
            throw ArchiveError.unreadableValue(column: column, found: text ?? "NULL")
        }
        return value
    }

    /// A moment, or nil where there is none.
    func optionalTime(_ column: String) throws -> Timestamp? {
        try (self[column] as String?) == nil ? nil : time(column)
    }

    /// A moment.
    func time(_ column: String) throws -> Timestamp {
        let text: String? = self[column]
        guard let time = text.flatMap(Timestamp.init) else {
            throw ArchiveError.unreadableValue(column: column, found: text ?? "NULL")
        }
        return time
    }
}
