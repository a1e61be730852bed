import ArgumentParser
import EventStore
import Foundation
import Infusion
import InfusionApplication
import InfusionJournal
import InfusionKnowledge
import InfusionPostgres
import Postgres
import PostgresEventStore

/// The use cases as the service composes them, in this process.
enum BenchService {
    static func make(
        pool: PostgresPool, sites: SitesFile, now: @escaping @Sendable () -> Instant
    ) throws -> InfusionService {
        let directory = PostgresSubjectDirectory(pool: pool)
        let notifier = PostgresEventNotifier(pool: pool)
        let log = GroupAppendLog(PostgresEventStore(pool: pool, projector: InfusionProjector()))
        return InfusionService(
            log: log,
            readModels: PostgresReadModels(pool: pool),
            vault: IdentityVault(
                keys: directory, index: directory, keyring: try keyring(), random: .system),
            sites: sites,
            knowledge: ActivatedKnowledge(log: log),
            ambient: Ambient(now: now, random: .system),
            observer: CommandObserver(committed: { await notifier.committed($0) }))
    }

    /// Somebody who may do everything.
    static func actor(of tenant: TenantID) -> Actor {
        Actor(
            subject: "bench", tenant: tenant, role: .administrator, scopes: Set(Scope.allCases))
    }

    static func sites() throws -> SitesFile {
        try SitesFile(
            json: Array(try Data(contentsOf: environment("FERROVIA_SITES_FILE"))),
            pathways: .standard)
    }

    private static func keyring() throws -> MasterKeyring {
        try MasterKeyring.load(Array(try Data(contentsOf: environment("FERROVIA_MASTER_KEY_FILE"))))
    }

    private static func environment(_ name: String) throws -> URL {
        guard let path = ProcessInfo.processInfo.environment[name] else {
            throw ValidationError("\(name) is not set")
        }
        return URL(filePath: path)
    }
}
