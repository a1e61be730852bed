public import Postgres

/// Why a database was not migrated. Nothing was changed.
public enum MigrationError: Error, Sendable, CustomStringConvertible {
    /// The file of an applied migration is not what it was. Migrations are frozen: add another one.
    case changedMigration(String, applied: String, found: String)
    /// The database knows a migration that this binary does not: it belongs to a newer one.
    case newerDatabase(migration: String)
    /// The role the service is to log in as does not exist; only the operator knows how it
    /// authenticates.
    case noSuchLoginRole(String)
    /// A file could not be applied.
    case failed(String, PostgresError)

    public var description: String {
        switch self {
        case .changedMigration(let name, let applied, let found):
            """
            migration \(name) has been changed since it was applied (digest \(applied.prefix(12))… \
            then, \(found.prefix(12))… now); migrations are frozen: restore the file, add a new one
            """
        case .newerDatabase(let name):
            "the database has migration \(name), which this program does not know: it is too old"
        case .noSuchLoginRole(let name):
            """
            there is no role "\(name)" for the service to log in as; create it, as \
            CREATE ROLE "\(name.replacing("\"", with: "\"\""))" LOGIN PASSWORD '…' does, and migrate again
            """
        case .failed(let name, let error):
            "\(name).sql could not be applied: \(error)"
        }
    }
}
