import EventStore
import Infusion
import InfusionApplication
import InfusionJournal
import InfusionKnowledge
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
    let keyring: MasterKeyring
    let sites: SitesFile
    let logger: Logger

    func run() async throws {
        let (missing, settings) = try await read()
        guard missing.isEmpty else {
            throw ConfigurationProblem(
                "FERROVIA_DATABASE_URL: the schema is older than this program (no \(missing[0])); "
                    + "run ferrovia migrate")
        }
        try await requireKeys()
        try await requirePathways()
        for (name, value) in settings where value == "off" {
            logger.critical(
                "\(name) is off: acknowledged events can be lost in a crash or a power cut",
                metadata: ["setting": "\(name)"])
        }
    }

    /// With another key file, patients would be out of reach, nobody would find them by their
    /// numbers, and they would be registered a second time.
    private func requireKeys() async throws {
        let custody = KeyCustody(
            keys: PostgresSubjectDirectory(pool: pool), keyring: keyring, random: .system)
        var problems: [String] = []
        for tenant in try await TenantDirectory(pool: pool).list() {
            let closed = try await custody.inUse(tenant: tenant.id).filter { !$0.value }
            problems += closed.keys.sorted().map {
                "FERROVIA_MASTER_KEY_FILE does not open what '\($0)' wrapped for \(tenant.name); "
                    + "see ferrovia keys status"
            }
        }
        guard problems.isEmpty else { throw ConfigurationProblem(problems: problems) }
    }

    /// What a site has set for itself is held against the shipped pathways where the file is read; a tenant
    /// whose own accept less would have it decide by another number than the file says.
    private func requirePathways() async throws {
        let log = PostgresEventStore(pool: pool)
        let knowledge = ActivatedKnowledge(log: log)
        var problems: [String] = []
        for tenant in try await TenantDirectory(pool: pool).list() {
            do throws(EventLogError) {
                let pathways = try await knowledge.knowledge(of: tenant.id, at: nil).pathways
                let beyond = try await sites.sites(of: tenant.id).flatMap { $0.beyond(pathways) }
                problems += beyond.map {
                    "FERROVIA_SITES_FILE: \($0), by the pathways \(pathways.version) of \(tenant.name)"
                }
            } catch {
                // Of this tenant nothing is decided until it can be read; of the others all.
                logger.critical(
                    "what is in force for a tenant cannot be read: \(error)",
                    metadata: ["tenant": "\(tenant.name)"])
            }
        }
        guard problems.isEmpty else { throw ConfigurationProblem(problems: problems) }
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
