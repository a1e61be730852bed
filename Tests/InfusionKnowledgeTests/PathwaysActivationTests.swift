import EventStore
import Foundation
import Infusion
import InfusionApplication
import InfusionJournal
import InfusionKnowledge
import Testing

@Suite("Activating pathways")
struct PathwaysActivationTests {
    private let tenant = TenantID(UUID())
    private let log = InMemoryEventLog<NoChanges>(
        clock: { Timestamp(microsecondsSinceUnixEpoch: 1_772_442_000_000_000) })

    /// The shipped file as another version, in which results of iron are good for so long.
    private func text(
        _ version: String, ironMaxAgeDays days: Int = 56, accepted: String = "1 to 120"
    ) -> String {
        PathwaysFile.shipped.text
            .replacingOccurrences(of: "version: 2026.11.0\n", with: "version: \(version)\n")
            .replacingOccurrences(
                of: "value: 56 d\n    accepted: 1 to 120\n",
                with: "value: \(days) d\n    accepted: \(accepted)\n")
    }

    private func file(
        _ version: String, ironMaxAgeDays days: Int = 56, accepted: String = "1 to 120"
    ) throws -> PathwaysFile {
        try PathwaysFile(
            text(version, ironMaxAgeDays: days, accepted: accepted), file: "p.yaml")
    }

    private func request() -> AdministrationRequest {
        AdministrationRequest(
            actor: "dr-bianchi", decidedAt: Timestamp(microsecondsSinceUnixEpoch: 1),
            commandID: CommandID(UUID()))
    }

    private func activation<File: KnowledgeFile>(
        _ kind: File.Type = PathwaysFile.self
    ) async -> KnowledgeActivation<File, InMemoryEventLog<NoChanges>> {
        await log.open(tenant)
        return KnowledgeActivation(kind, log: log, tenant: tenant)
    }

    private func inForce(at position: Position? = nil) async throws -> KnowledgeInForce {
        try await ActivatedKnowledge(log: log).knowledge(of: tenant, at: position)
    }

    private func days(_ knowledge: KnowledgeInForce, own: [PolicySetting: Int] = [:]) -> Int {
        let site = ClinicSite(
            id: SiteID("main"), timeZone: .gmt, region: .us,
            own: own.mapValues { .decimal(Decimal($0)) })
        return knowledge.settings(of: site).policy.diagnosis.ironMaxAgeDays
    }

    @Test func `an activation holds from its position on, and each position keeps its own`()
        async throws
    {
        let activation = await activation(PathwaysFile.self)
        #expect(try await days(inForce()) == 56)
        let first = try file("2026.11.0+a", ironMaxAgeDays: 42)
        let second = try file("2026.11.0+b", ironMaxAgeDays: 28)
        #expect(try await activation.activate(first, request()) == .activated(at: Position(1)))
        #expect(try await activation.activate(second, request()) == .activated(at: Position(2)))
        #expect(try await inForce().pathways.version == "2026.11.0+b")
        #expect(try await days(inForce()) == 28)
        #expect(try await days(inForce(at: Position(1))) == 42)
        #expect(try await days(inForce(at: .start)) == 56)
        let history = try await activation.history()
        #expect(history.map(\.event.data.type) == ["pathways-activated", "pathways-activated"])
        #expect(history.map(\.activated.contentHash) == [first.contentHash, second.contentHash])
        #expect(history.map(\.activated.content) == [first.text, second.text])
        #expect(history.map(\.event.metadata.actor) == ["dr-bianchi", "dr-bianchi"])
    }

    @Test func `a formulary and pathways are taken into force each by itself`() async throws {
        let formularies = await activation(FormularyFile.self)
        let pathways = await activation(PathwaysFile.self)
        let formulary = try FormularyFile(
            FormularyFile.shipped.text
                .replacingOccurrences(of: "version: 2026.11.0", with: "version: 2026.11.0+a")
                .replacingOccurrences(of: "dose: 750 mg", with: "dose: 700 mg"), file: "f.yaml")
        _ = try await formularies.activate(formulary, request())
        #expect(try await inForce().ruleSet.text == "2026.11.0+a/2026.11.0")
        // The version of a formulary is free for pathways.
        #expect(
            try await pathways.activate(try file("2026.11.0+a", ironMaxAgeDays: 42), request())
                == .activated(at: Position(2)))
        #expect(try await inForce().ruleSet.text == "2026.11.0+a/2026.11.0+a")
        #expect(try await inForce(at: Position(1)).ruleSet.text == "2026.11.0+a/2026.11.0")
        #expect(
            try await inForce().formulary.row(DosingRowID("FCM-US-2"))?.dose
                == .flat(Milligrams(700)))
        #expect(try await formularies.history().count == 1)
        #expect(try await pathways.history().count == 1)
    }

    @Test func `what is in force already is not recorded again, and a version means one content`()
        async throws
    {
        let activation = await activation(PathwaysFile.self)
        _ = try await activation.activate(
            try file("2026.11.0+a", ironMaxAgeDays: 42), request())
        #expect(
            try await activation.activate(
                try file("2026.11.0+a", ironMaxAgeDays: 42), request())
                == .alreadyInForce(since: Position(1)))
        await #expect(
            throws: KnowledgeRefusal.versionTaken("2026.11.0+a", activatedAt: Position(1))
        ) {
            try await activation.activate(
                try file("2026.11.0+a", ironMaxAgeDays: 41), request())
        }
        await #expect(throws: KnowledgeRefusal.versionShipped("2026.11.0")) {
            try await activation.activate(try file("2026.11.0", ironMaxAgeDays: 42), request())
        }
        #expect(try await log.head(tenant: tenant) == Position(1))
    }

    @Test func `what allows more than a site may set is refused by name, and nothing is recorded`()
        async throws
    {
        let activation = await activation(PathwaysFile.self)
        do {
            _ = try await activation.activate(
                try file("2026.11.0+w", ironMaxAgeDays: 121, accepted: "1 to 150"), request())
            Issue.record("activated")
        } catch let refusal as KnowledgeRefusal {
            guard case .weakerThanLabel(let weakenings) = refusal else {
                Issue.record("\(refusal)")
                return
            }
            #expect(
                weakenings.map(\.description).contains {
                    $0.hasPrefix("ironMaxAgeDays.value: is 121")
                }, "\(weakenings)")
        }
        #expect(try await log.head(tenant: tenant) == .start)
    }

    @Test func `a site goes as far as the pathways in force accept and no further`() async throws {
        let activation = await activation(PathwaysFile.self)
        let narrow = try file("2026.11.0+n", ironMaxAgeDays: 28, accepted: "14 to 42")
        _ = try await activation.activate(narrow, request())
        let now = try await inForce()
        #expect(days(now) == 28)
        #expect(days(now, own: [.ironMaxAgeDays: 35]) == 35)
        #expect(days(now, own: [.ironMaxAgeDays: 90]) == 42)
        #expect(days(now, own: [.ironMaxAgeDays: 7]) == 14)
        // What is fixed stays, whatever a file once said.
        #expect(days(now, own: [.hemoglobinResponseDueDays: 35]) == 28)
        let then = try await inForce(at: .start)
        #expect(days(then, own: [.ironMaxAgeDays: 90]) == 90)
    }

    @Test func `a number keeps its mark, and says so where it is a site's own`() {
        let shipped = ClinicalPathways.standard
        #expect(shipped.because(.infectionMaxAgeDays) == "clinical facts §4 (ED M)")
        let own = shipped.taking([.infectionMaxAgeDays: .decimal(3)])
        #expect(own[.infectionMaxAgeDays].value == .decimal(3))
        #expect(own.because(.infectionMaxAgeDays) == "set by the site; clinical facts §4 (ED M)")
        #expect(own.because(.pregnancyMaxAgeDays) == shipped.because(.pregnancyMaxAgeDays))
    }

    @Test func `a site's number that pathways do not accept is told with what they do`() throws {
        let narrow = try file("2026.11.0+n", ironMaxAgeDays: 28, accepted: "14 to 42").pathways
        let site = ClinicSite(
            id: SiteID("main"), timeZone: .gmt, region: .us,
            own: [.ironMaxAgeDays: .decimal(90), .hemoglobinMaxAgeDays: .decimal(14)])
        #expect(site.beyond(.standard) == [])
        #expect(
            site.beyond(narrow).map(\.description) == [
                "site main sets ironMaxAgeDays to 90; accepted: a whole number from 14 to 42"
            ])
    }

    @Test func `what an older program took into force decides on in a newer one`() async throws {
        await log.open(tenant)
        let shipped = text("2026.9.0+a", ironMaxAgeDays: 42)
        // Its rules had a number that is gone, and lacked one that has come.
        let old = shipped.replacingOccurrences(
            of: "  ironMaxAgeDaysStrict:\n", with: "  ironAgeOfOldRules:\n")
        #expect(old != shipped)
        #expect(throws: (any Error).self) { try PathwaysFile(old, file: "p.yaml") }
        try await record(old, version: "2026.9.0+a")
        let inForce = try await inForce()
        #expect(inForce.pathways.version == "2026.9.0+a")
        #expect(days(inForce) == 42)
        #expect(
            inForce.pathways[.ironMaxAgeDaysStrict]
                == ClinicalPathways.standard[.ironMaxAgeDaysStrict])
    }

    @Test func `pathways that this program cannot read decide nothing`() async throws {
        await log.open(tenant)
        try await record("format: 9\nversion: 9\nnumbers: {}", version: "9")
        let error = await #expect(throws: EventLogError.self) { try await inForce() }
        #expect(
            error?.description.contains("the pathways 9") == true, "\(String(describing: error))")
    }

    private func record(_ content: String, version: String) async throws {
        let append = request().append(
            .pathwaysActivated(
                KnowledgeActivated(version: version, contentHash: "00", content: content)),
            tenant: tenant, after: .none, causation: nil)
        _ = try await log.append([append], tenant: tenant)
    }
}
