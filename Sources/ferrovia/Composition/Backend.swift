import EventStore
import Foundation
import Infusion
import InfusionApplication
import InfusionJournal
import InfusionPostgres
import InfusionProjections
import Postgres
import PostgresEventStore

/// The stores of one tenant, and the use cases over them, as the administrator of the machine.
struct Backend {
    let pool: PostgresPool
    let tenant: TenantID
    let log: PostgresEventStore<InfusionProjector>
    let readModels: PostgresReadModels

    static func open(_ database: DatabaseOptions, tenant: String) async throws -> Backend {
        let pool = try database.pool()
        let id = try await Tenants.find(tenant, in: pool)
        return Backend(
            pool: pool, tenant: id,
            log: PostgresEventStore(
                pool: pool, projector: InfusionProjector(), logger: Quiet.logger),
            readModels: PostgresReadModels(pool: pool))
    }

    /// Who acts when a person runs the CLI: named, with every scope, by what the system calls them.
    var actor: Actor {
        Actor(
            subject: "cli:\(NSUserName())", tenant: tenant, role: .administrator,
            scopes: Set(Scope.allCases))
    }

    /// The use cases; needs the master key and the sites.
    func useCases(now: @escaping @Sendable () -> Instant = Backend.now) throws -> InfusionService {
        let keyring = try MasterKeyring.load(
            Environment.file("FERROVIA_MASTER_KEY_FILE", "the file of master keys"))
        let directory = PostgresSubjectDirectory(pool: pool)
        return InfusionService(
            log: log, readModels: readModels,
            vault: IdentityVault(
                keys: directory, index: directory, keyring: keyring, random: .system),
            sites: try Backend.sites(), formulary: .standard,
            ambient: Ambient(now: now, random: .system))
    }

    static func sites() throws -> SitesFile {
        do {
            return try SitesFile(json: Environment.file("FERROVIA_SITES_FILE", "the sites file"))
        } catch let problem as SitesFile.Problem {
            throw Console.fail("\(problem)", Exit.configuration)
        }
    }

    @Sendable static func now() -> Instant {
        Instant(microsecondsSinceUnixEpoch: Int64(Date().timeIntervalSince1970 * 1_000_000))
    }
}

extension SubjectCipher {
    /// Reads histories without reading identities: enough to fold, count and compare.
    static func unopened(_ stream: StreamID, tenant: TenantID) -> SubjectCipher {
        SubjectCipher(
            subject: DataSubject(tenant: tenant, patient: PatientID(stream.uuid)),
            access: .unreachable, random: .system)
    }
}
