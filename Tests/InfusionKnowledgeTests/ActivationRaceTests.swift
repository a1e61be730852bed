import EventStore
import EventStoreConformance
import Foundation
import Infusion
import InfusionJournal
import InfusionKnowledge
import Synchronization
import Testing

/// Two administrators at once: the one whose append comes second decides again on what the first one did.
@Suite("Two activations at once")
struct ActivationRaceTests {
    private let tenant = TenantID(UUID())
    private let base = InMemoryEventLog<NoChanges>(
        clock: { Timestamp(microsecondsSinceUnixEpoch: 1_772_442_000_000_000) })

    private func file(_ version: String, dose: Int) throws -> FormularyFile {
        let text = FormularyFile.shipped.text
            .replacingOccurrences(of: "version: 2026.11.0", with: "version: \(version)")
            .replacingOccurrences(of: "dose: 750 mg", with: "dose: \(dose) mg")
        return try FormularyFile(text, file: "f.yaml")
    }

    /// The log of one administrator, before each of whose appends another one activates the next of
    /// `rivals`.
    private func activation(
        against rivals: [FormularyFile]
    ) async -> KnowledgeActivation<FormularyFile, RivaledLog> {
        await base.open(tenant)
        return KnowledgeActivation(
            FormularyFile.self, log: RivaledLog(base, rivals), tenant: tenant)
    }

    private func versions() async throws -> [String] {
        try await KnowledgeActivation(FormularyFile.self, log: base, tenant: tenant).history()
            .map(\.activated.version)
    }

    @Test func `the later one is recorded after the one it had not seen`() async throws {
        let mine = try file("2026.11.0+b", dose: 650)
        let activation = await activation(against: [try file("2026.11.0+a", dose: 700)])
        #expect(
            try await activation.activate(mine, .byBianchi()) == .activated(at: Position(2)))
        #expect(try await versions() == ["2026.11.0+a", "2026.11.0+b"])
    }

    @Test func `what the other one has just taken into force is not recorded twice`() async throws {
        let both = try file("2026.11.0+a", dose: 700)
        let activation = await activation(against: [both])
        #expect(
            try await activation.activate(both, .byBianchi())
                == .alreadyInForce(since: Position(1)))
        #expect(try await versions() == ["2026.11.0+a"])
    }

    @Test func `a version that the other one has just taken is refused`() async throws {
        let mine = try file("2026.11.0+a", dose: 650)
        let activation = await activation(against: [try file("2026.11.0+a", dose: 700)])
        await #expect(
            throws: KnowledgeRefusal.versionTaken("2026.11.0+a", activatedAt: Position(1))
        ) {
            try await activation.activate(mine, .byBianchi())
        }
        #expect(try await versions() == ["2026.11.0+a"])
    }

    @Test func `when others keep deciding first it says so, and nothing of it is recorded`()
        async throws
    {
        let mine = try file("2026.11.0+z", dose: 650)
        let rivals = try (1...JournalLimits.administrationAttempts).map {
            try file("2026.11.0+\($0)", dose: 700 - $0)
        }
        let activation = await activation(against: rivals)
        do {
            let outcome = try await activation.activate(mine, .byBianchi())
            Issue.record("\(outcome)")
        } catch let error as EventLogError {
            #expect(error.code == .unavailable)
        }
        #expect(try await versions() == rivals.map(\.formulary.version))
        // Nobody is in the way any more.
        #expect(
            try await activation.activate(mine, .byBianchi())
                == .activated(at: Position(Int64(rivals.count) + 1)))
    }

    @Test func `two that nobody puts in order are both recorded`() async throws {
        await base.open(tenant)
        let activation = KnowledgeActivation(FormularyFile.self, log: base, tenant: tenant)
        let one = try file("2026.11.0+a", dose: 700)
        let two = try file("2026.11.0+b", dose: 650)
        async let first = activation.activate(one, .byBianchi())
        async let second = activation.activate(two, .byBianchi())
        let outcomes = try await Set([first, second])
        #expect(outcomes == [.activated(at: Position(1)), .activated(at: Position(2))])
        #expect(try await Set(versions()) == ["2026.11.0+a", "2026.11.0+b"])
    }
}

extension AdministrationRequest {
    fileprivate static func byBianchi() -> AdministrationRequest {
        AdministrationRequest(
            actor: "dr-bianchi", decidedAt: Timestamp(microsecondsSinceUnixEpoch: 1),
            commandID: CommandID(UUID()))
    }
}

/// A log on which another administrator is quicker, once for each formulary of a list.
private final class RivaledLog: ForwardingLog {
    typealias InlineChanges = NoChanges

    let base: InMemoryEventLog<NoChanges>
    private let rivals: Mutex<[FormularyFile]>

    init(_ base: InMemoryEventLog<NoChanges>, _ rivals: [FormularyFile]) {
        self.base = base
        self.rivals = Mutex(rivals)
    }

    func append(
        _ batch: [Append<NoChanges>], tenant: TenantID
    ) async throws(EventLogError) -> [AppendOutcome] {
        let rival = rivals.withLock { $0.isEmpty ? nil : $0.removeFirst() }
        if let rival {
            do {
                _ = try await KnowledgeActivation(FormularyFile.self, log: base, tenant: tenant)
                    .activate(rival, .byBianchi())
            } catch {
                Issue.record("\(error)")
            }
        }
        return try await base.append(batch, tenant: tenant)
    }
}
