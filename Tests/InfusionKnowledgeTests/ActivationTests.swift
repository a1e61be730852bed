import EventStore
import Foundation
import Infusion
import InfusionApplication
import InfusionJournal
import InfusionKnowledge
import Testing

@Suite("Activating a formulary")
struct ActivationTests {
    private let tenant = TenantID(UUID())
    private let log = InMemoryEventLog<NoChanges>(
        clock: { Timestamp(microsecondsSinceUnixEpoch: 1_772_442_000_000_000) })

    private func file(_ version: String, _ old: String = "", _ new: String = "") throws
        -> FormularyFile
    {
        let text = FormularyFile.shipped.text
            .replacingOccurrences(of: "version: 2026.11.0", with: "version: \(version)")
            .replacingOccurrences(of: old, with: new)
        return try FormularyFile(text, file: "f.yaml")
    }

    private func request() -> AdministrationRequest {
        AdministrationRequest(
            actor: "dr-bianchi", decidedAt: Timestamp(microsecondsSinceUnixEpoch: 1),
            commandID: CommandID(UUID()))
    }

    private func activation() async -> KnowledgeActivation<
        FormularyFile, InMemoryEventLog<NoChanges>
    > {
        await log.open(tenant)
        return KnowledgeActivation(FormularyFile.self, log: log, tenant: tenant)
    }

    private func inForce(at position: Position? = nil) async throws -> Formulary {
        try await ActivatedKnowledge(log: log).knowledge(of: tenant, at: position).formulary
    }

    @Test func `before any activation what is shipped decides`() async throws {
        _ = await activation()
        #expect(try await inForce().version == "2026.11.0")
    }

    @Test func `an activation holds from its position on, and each position keeps its own`()
        async throws
    {
        let activation = await activation()
        let first = try file("2026.11.0+a", "dose: 750 mg", "dose: 700 mg")
        let second = try file("2026.11.0+b", "dose: 750 mg", "dose: 600 mg")
        #expect(try await activation.activate(first, request()) == .activated(at: Position(1)))
        #expect(try await activation.activate(second, request()) == .activated(at: Position(2)))
        #expect(try await inForce().version == "2026.11.0+b")
        #expect(try await inForce(at: Position(1)).version == "2026.11.0+a")
        #expect(try await inForce(at: .start).version == "2026.11.0")
        let row = try await inForce(at: Position(1)).row(DosingRowID("FCM-US-2"))
        #expect(row?.dose == .flat(Milligrams(700)))
        let history = try await activation.history()
        #expect(history.map(\.activated.contentHash) == [first.contentHash, second.contentHash])
        #expect(history.map(\.activated.content) == [first.text, second.text])
        #expect(history.map(\.event.metadata.actor) == ["dr-bianchi", "dr-bianchi"])
    }

    @Test func `what is in force already is not recorded again`() async throws {
        let activation = await activation()
        let formulary = try file("2026.11.0+a", "dose: 750 mg", "dose: 700 mg")
        _ = try await activation.activate(formulary, request())
        #expect(
            try await activation.activate(formulary, request())
                == .alreadyInForce(since: Position(1)))
        #expect(try await log.head(tenant: tenant) == Position(1))
    }

    @Test func `a version means one content for ever`() async throws {
        let activation = await activation()
        _ = try await activation.activate(
            try file("2026.11.0+a", "dose: 750 mg", "dose: 700 mg"), request())
        await #expect(
            throws: KnowledgeRefusal.versionTaken("2026.11.0+a", activatedAt: Position(1))
        ) {
            try await activation.activate(
                try file("2026.11.0+a", "dose: 750 mg", "dose: 650 mg"), request())
        }
        _ = try await activation.activate(
            try file("2026.11.0+b", "dose: 750 mg", "dose: 650 mg"), request())
        // Back to what was in force before: a new activation of the old content.
        #expect(
            try await activation.activate(
                try file("2026.11.0+a", "dose: 750 mg", "dose: 700 mg"), request())
                == .activated(at: Position(3)))
        #expect(try await inForce().version == "2026.11.0+a")
    }

    @Test func `the version of what is shipped is nobody else's`() async throws {
        let activation = await activation()
        await #expect(throws: KnowledgeRefusal.versionShipped("2026.11.0")) {
            try await activation.activate(
                try file("2026.11.0", "dose: 750 mg", "dose: 700 mg"), request())
        }
        #expect(try await log.head(tenant: tenant) == .start)
        // The shipped file itself may be put in force, and then stays so when another is shipped.
        #expect(
            try await activation.activate(.shipped, request()) == .activated(at: Position(1)))
    }

    @Test func `what is weaker than a label is refused by name, and nothing is recorded`()
        async throws
    {
        let activation = await activation()
        let weak = try file("2026.11.0+w", "dose: 750 mg", "dose: 800 mg")
        do {
            _ = try await activation.activate(weak, request())
            Issue.record("activated")
        } catch let refusal as KnowledgeRefusal {
            guard case .weakerThanLabel(let weakenings) = refusal else {
                Issue.record("\(refusal)")
                return
            }
            #expect(weakenings.map(\.description).contains { $0.hasPrefix("FCM-US-2.dose: ") })
        }
        #expect(try await log.head(tenant: tenant) == .start)
    }

    @Test func `a formulary as large as an event takes it is activated, one byte more is not`()
        async throws
    {
        let activation = await activation()
        let text = try file("2026.11.0+a", "dose: 750 mg", "dose: 700 mg").text + "\n#"
        let room = JournalLimits.knowledgeBytes - text.utf8.count
        let padding = String(repeating: "x", count: room)
        let largest = try FormularyFile(text + padding, file: "f.yaml")
        let tooLarge = try FormularyFile(text + padding + "x", file: "f.yaml")
        await #expect(throws: KnowledgeRefusal.tooLarge(bytes: JournalLimits.knowledgeBytes + 1)) {
            try await activation.activate(tooLarge, request())
        }
        #expect(try await log.head(tenant: tenant) == .start)
        #expect(try await activation.activate(largest, request()) == .activated(at: Position(1)))
        #expect(try await activation.history().map(\.activated.content) == [largest.text])
    }

    @Test func `a formulary that this program cannot read decides nothing`() async throws {
        await log.open(tenant)
        let append = request().append(
            .formularyActivated(
                KnowledgeActivated(
                    version: "9", contentHash: "00", content: "format: 9\nversion: 9")),
            tenant: tenant, after: .none, causation: nil)
        _ = try await log.append([append], tenant: tenant)
        await #expect(throws: EventLogError.self) { try await inForce() }
    }
}
