public import EventStore
public import Foundation
public import Infusion
public import InfusionApplication
public import InfusionJournal
import InfusionKnowledge
public import InfusionProjections
import Synchronization

/// A clinic in memory: the real use cases over the in-memory log, with a clock the test turns.
public struct MemoryClinic: Sendable {
    public let tenant = TenantID(UUID(uuidString: "00000000-0000-7000-8000-000000000001") ?? UUID())
    public let site = ClinicSite(
        id: SiteID("main"), timeZone: TimeZone(identifier: "Europe/Rome") ?? .gmt, region: .us)
    /// Its other sites.
    public let neighbors: [ClinicSite]
    public let clock: TestClock
    public let log: InMemoryEventLog<PatientChanges>
    public let readModels: InMemoryReadModels
    public let keyring: MasterKeyring
    private let keys: any SubjectKeyStore

    public init(
        neighbors: [ClinicSite] = [],
        keyStore: (@Sendable (any SubjectKeyStore) -> any SubjectKeyStore)? = nil
    ) async throws {
        self.neighbors = neighbors
        let clock = TestClock()
        self.clock = clock
        let readModels = InMemoryReadModels()
        self.readModels = readModels
        log = InMemoryEventLog(
            clock: { clock.timestamp },
            reserve: { readModels.reserve($0, tenant: $1, versionOf: $2) },
            apply: { readModels.apply($0, $1, tenant: $2) })
        await log.open(tenant)
        let key = Data((0..<32).map { UInt8($0) }).base64EncodedString()
        keyring = try MasterKeyring.load(Array("test \(key)\n".utf8))
        keys = keyStore?(log) ?? log
    }

    public var useCases: InfusionService { useCases(now: { [clock] in clock.now }) }

    /// The use cases by another clock.
    public func useCases(now: @escaping @Sendable () -> Instant) -> InfusionService {
        useCases(now: now, keyring: keyring)
    }

    /// The use cases of a process that has other master keys.
    public func useCases(keyring: MasterKeyring) -> InfusionService {
        useCases(now: { [clock] in clock.now }, keyring: keyring)
    }

    /// The use cases over a log that stands before the clinic's own.
    public func useCases(
        over log: any EventLog<PatientChanges>,
        bytesPerChain: Int = ApplicationLimits.bytesPerChain
    ) -> InfusionService {
        useCases(
            now: { [clock] in clock.now }, keyring: keyring, log: log, bytesPerChain: bytesPerChain)
    }

    /// The use cases by other knowledge than what is shipped.
    public func useCases(by knowledge: any KnowledgeDirectory) -> InfusionService {
        useCases(now: { [clock] in clock.now }, keyring: keyring, knowledge: knowledge)
    }

    /// What is decided about its sites, in the same log.
    public var sites: SiteService {
        SiteService(
            log: InMemoryPlainLog(log), readModels: readModels,
            knowledge: FixedKnowledge(formulary: .standard, pathways: .standard),
            now: { [clock] in clock.now })
    }

    /// The site is told something.
    /// - Parameter id: The site; by default the clinic's own.
    public func decide(_ command: SiteCommand, of id: SiteID? = nil) async throws {
        _ = try await sites.handle(
            SiteRequest(
                actor: actor(), commandID: CommandID(UUID()), fingerprint: [7],
                correlationID: UUID(), expectedVersion: nil, site: id ?? site.id,
                command: command))
    }

    private func useCases(
        now: @escaping @Sendable () -> Instant, keyring: MasterKeyring,
        log: (any EventLog<PatientChanges>)? = nil,
        knowledge: any KnowledgeDirectory = FixedKnowledge(
            formulary: .standard, pathways: .standard),
        bytesPerChain: Int = ApplicationLimits.bytesPerChain
    ) -> InfusionService {
        InfusionService(
            log: log ?? self.log, readModels: readModels,
            vault: IdentityVault(keys: keys, index: self.log, keyring: keyring, random: .system),
            sites: FixedSites([tenant: [site] + neighbors]),
            knowledge: knowledge,
            ambient: Ambient(now: now, random: .system), bytesPerChain: bytesPerChain)
    }

    /// A person with every scope; takes away those named.
    public func actor(without missing: Set<Scope> = []) -> Actor {
        Actor(
            subject: "nurse-1", tenant: tenant, role: .prescriber,
            scopes: Set(Scope.allCases).subtracting(missing))
    }

    public func request(
        _ command: PatientCommand, to target: CommandTarget, key: UUID = UUID(),
        fingerprint: [UInt8]? = nil, expectedVersion: Int64? = nil, actor: Actor? = nil
    ) -> CommandRequest {
        CommandRequest(
            actor: actor ?? self.actor(), commandID: CommandID(key),
            fingerprint: fingerprint ?? Array(repeating: 7, count: 32), correlationID: UUID(),
            expectedVersion: expectedVersion.map { StreamVersion($0) }, target: target,
            command: command)
    }

    @discardableResult
    public func send(
        _ command: PatientCommand, to target: CommandTarget
    ) async throws -> CommandReceipt {
        try await useCases.handle(request(command, to: target))
    }

    /// Orders the label's course of Injectafer, two times 750 mg.
    /// - Parameter at: When it is signed; by default now.
    public func order(_ id: OrderID, for patient: PatientID, at: Instant? = nil) async throws {
        try await send(
            .orderInfusion(
                OrderInfusion(
                    id: id, product: ProductKey("injectafer"), dosingRow: DosingRowID("FCM-US-2"),
                    indication: .general, prescribed: [Milligrams(750), Milligrams(750)],
                    method: .labelCourse, targetHemoglobin: nil, stores: nil,
                    signature: Signature(prescriber: "Dr Bianchi", signedAt: at ?? clock.now))),
            to: .patient(patient))
    }

    /// Registers somebody and returns their id.
    public func register(_ value: String = "1001") async throws -> PatientID {
        let patient = PatientID(UUID())
        try await send(.registerPatient(registration(of: patient, value)), to: .patient(patient))
        return patient
    }

    public func registration(of patient: PatientID, _ value: String) -> RegisterPatient {
        RegisterPatient(
            patient: patient,
            identity: Identity(
                name: PersonName(family: "Rossi", given: ["Anna"]),
                birthDate: CalendarDate(dayNumber: 5_000),
                identifiers: [PatientIdentifier(system: "urn:test:mrn", value: value)]),
            gender: .female, site: site.id)
    }
}

/// A clock that stands still until it is turned.
public final class TestClock: Sendable {
    /// 2026-03-02T09:00:00Z.
    private let moment = Mutex(Instant(microsecondsSinceUnixEpoch: 1_772_442_000_000_000))
    public init() {}
    public var now: Instant { moment.withLock { $0 } }
    public var timestamp: Timestamp {
        Timestamp(microsecondsSinceUnixEpoch: now.microsecondsSinceUnixEpoch)
    }
    public func advance(hours: Int64) { moment.withLock { $0 = $0.adding(hours: hours) } }
    public func advance(days: Int64) { advance(hours: days * 24) }
}
