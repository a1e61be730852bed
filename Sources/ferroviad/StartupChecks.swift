import Logging
import Postgres
import PostgresEventStore
import Schema

/// The database does not answer, which is nobody's setting: worth another start.
struct DatabaseUnreachable: Error, CustomStringConvertible {
    /// `EX_UNAVAILABLE` of sysexits(3).
    static let exitCode: Int32 = 69
    let error: PostgresError
    var description: String { "the database cannot be reached: \(error)" }
}

/// What must hold before the first request: the schema fits, and what is acknowledged is durable.
struct StartupChecks {
    let pool: PostgresPool
    let logger: Logger

    func run() async throws {
        let (missing, settings) = try await read()
        guard missing.isEmpty else {
            throw ConfigurationProblem(
                "FERROVIA_DATABASE_URL: the schema is older than this program (no \(missing[0])); "
                    + "run ferrovia migrate")
        }
        for (name, value) in settings where value == "off" {
            logger.critical(
                "\(name) is off: acknowledged events can be lost in a crash or a power cut",
                metadata: ["setting": "\(name)"])
        }
    }

    private func read() async throws -> ([String], [(String, String)]) {
        do {
            return try await pool.withConnection { connection in
                let applied = try await connection.query(
                    "SELECT name FROM event_log.migrations WHERE kind = 'migration'"
                ).decode(String.self)
                let settings = try await connection.query(
                    """
                    SELECT name, setting FROM pg_catalog.pg_settings
                    WHERE name IN ('fsync', 'synchronous_commit', 'full_page_writes') ORDER BY name
                    """
                ).decode((String, String).self)
                let missing = Schema.migrations.map(\.name).filter { !applied.contains($0) }
                return (missing, settings)
            }
        } catch let error as PostgresError where error.isAboutTheWay {
            throw DatabaseUnreachable(error: error)
        } catch let error as PostgresError {
            throw ConfigurationProblem("FERROVIA_DATABASE_URL: \(error)")
        } catch {
            throw ConfigurationProblem("FERROVIA_DATABASE_URL: the database could not be asked")
        }
    }
}

extension PostgresError {
    /// No server, or one that is starting, stopping or full; not one that refuses who we are or what
    /// we ask for.
    fileprivate var isAboutTheWay: Bool {
        guard let sqlState else {
            return [.connectionFailed, .connectionLost, .deadlineExceeded].contains(code)
        }
        return ["08", "53", "57"].contains(sqlState.conditionClass)
    }
}
