import EventStore
import Foundation
import Infusion
import InfusionApplication
import InfusionJournal
import InfusionKnowledge
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

    /// The keys of patients, in the hands of the master keys at hand.
    func custody() throws -> KeyCustody {
        KeyCustody(
            keys: PostgresSubjectDirectory(pool: pool), keyring: try Backend.keyring(),
            random: .system)
    }

    static func keyring() throws -> MasterKeyring {
        try Environment.file("FERROVIA_MASTER_KEY_FILE", "the file of master keys") {
            try MasterKeyring.load($0)
        }
    }

    /// The use cases; needs the sites, and the master keys that this tenant's patients are under.
    func useCases(
        now: @escaping @Sendable () -> Instant = Backend.now
    ) async throws -> InfusionService {
        if let closed = try await custody().inUse(tenant: tenant).first(where: { !$0.value })?.key {
            throw Console.fail(
                "FERROVIA_MASTER_KEY_FILE does not open what '\(closed)' wrapped; see ferrovia keys status",
                .configuration)
        }
        return InfusionService(
            log: log, readModels: readModels, vault: try vault(),
            sites: try Backend.sites(), knowledge: ActivatedKnowledge(log: log),
            ambient: Ambient(now: now, random: .system))
    }

    /// Opens what is sealed, with the master keys at hand.
    func vault() throws -> IdentityVault {
        let directory = PostgresSubjectDirectory(pool: pool)
        return IdentityVault(
            keys: directory, index: directory, keyring: try Backend.keyring(), random: .system)
    }

    /// - Parameter pathways: What sites may set is what these accept.
    static func sites(by pathways: ClinicalPathways = .standard) throws -> SitesFile {
        try Environment.file("FERROVIA_SITES_FILE", "the sites file") {
            try SitesFile(json: $0, pathways: pathways)
        }
    }

    /// For questions that can be answered without: `nil` if nobody named the file.
    static func sitesIfNamed() throws -> SitesFile? {
        Environment.value("FERROVIA_SITES_FILE") == nil ? nil : try sites()
    }

    /// What an administrator decides now, as a decision of its own.
    static func decision(by actor: String) -> AdministrationRequest {
        AdministrationRequest(
            actor: actor,
            decidedAt: Timestamp(
                microsecondsSinceUnixEpoch: now().microsecondsSinceUnixEpoch),
            commandID: CommandID(UUID()))
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
