import EventStore
import Foundation
import Infusion
import InfusionApplication
import InfusionKnowledge
import InfusionProjections
import TestClinic
import Testing

/// Sites through their use cases, over a log in memory.
@Suite("Sites") struct SiteServiceTests {
    private static let main = SiteID("main")
    private let tenant = TenantID(UUID())
    private let log: InMemoryEventLog<NoChanges>
    private let clock = TestClock()

    init() async {
        let clock = clock
        log = InMemoryEventLog { clock.timestamp }
        await log.open(tenant)
    }

    private var service: SiteService {
        SiteService(
            log: log, readModels: InMemoryReadModels(),
            knowledge: FixedKnowledge(formulary: .standard, pathways: .standard)
        ) { [clock] in clock.now }
    }

    private func actor(_ scopes: Set<Scope> = [.siteRead, .siteWrite]) -> Actor {
        Actor(subject: "manager-1", tenant: tenant, role: .administrator, scopes: scopes)
    }

    private func request(
        _ command: SiteCommand, key: UUID = UUID(), fingerprint: [UInt8] = [7],
        expected: Int64? = nil, scopes: Set<Scope> = [.siteRead, .siteWrite]
    ) -> SiteRequest {
        SiteRequest(
            actor: actor(scopes), commandID: CommandID(key), fingerprint: fingerprint,
            correlationID: UUID(), expectedVersion: expected.map { StreamVersion($0) },
            site: Self.main, command: command)
    }

    @discardableResult
    private func send(_ request: SiteRequest) async throws -> SiteReceipt {
        try await service.handle(request)
    }

    private static let open = SiteCommand.openSite(main, timeZone: "Europe/Rome")
    private static let chair = SiteCommand.defineChair(
        SiteChair(id: ChairID("chair-1"), kind: .recliner))

    private func date(_ text: String) throws -> CalendarDate { try #require(CalendarDate(text)) }

    @Test func `a command is decided, appended and answered`() async throws {
        let first = try await service.handle(request(Self.open))
        #expect(first.version == StreamVersion(1))
        #expect(first.events == ["site-opened"])
        #expect(first.positions == Position(1)...Position(1))
        #expect(!first.replayed)
        let nothing = try await service.handle(request(Self.open))
        #expect(nothing.version == StreamVersion(1))
        #expect(nothing.positions == nil)
        #expect(try await log.head(tenant: tenant) == Position(1))
        let stored = try #require(
            try await log.readAll(tenant: tenant, after: .start, limit: 1).first)
        #expect(stored.stream.category == "site")
        #expect(stored.metadata.actor == "manager-1")
    }

    @Test func `a repeated command gets its first answer, a yes and what became a no alike`()
        async throws
    {
        let key = UUID()
        try await send(request(Self.open))
        let closure = SiteClosure(
            id: SiteEntryID("c"),
            period: try #require(
                LocalPeriod(
                    wholeDaysFrom: try date("2026-04-05"), to: try date("2026-04-05"))),
            reason: .publicHoliday)
        let first = try await service.handle(request(.announceClosure(closure), key: key))
        try await send(request(.withdrawClosure(closure.id)))
        // Decided today it would be refused, since a name is used once.
        let again = try await service.handle(request(.announceClosure(closure), key: key))
        #expect(again.replayed)
        #expect(again.positions == first.positions)
        await #expect(throws: ApplicationError.self) {
            try await send(
                request(.announceClosure(closure), key: key, fingerprint: [8]))
        }
        #expect(try await log.head(tenant: tenant) == Position(3))
    }

    @Test func `two who open the same site at once meet in one stream`() async throws {
        let service = service
        let requests = (0..<8).map { _ in request(Self.open) }
        let receipts = try await withThrowingTaskGroup(of: SiteReceipt.self) { group in
            for request in requests { group.addTask { try await service.handle(request) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(receipts.filter { $0.positions != nil }.count == 1)
        #expect(receipts.allSatisfy { $0.version == StreamVersion(1) })
        #expect(try await log.head(tenant: tenant) == Position(1))
    }

    @Test func `who comes second decides again on what is there`() async throws {
        try await send(request(Self.open))
        let service = service
        let requests = (0..<4).map { number in
            request(
                .defineChair(SiteChair(id: ChairID("chair-\(number)"), kind: .recliner)))
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for request in requests { group.addTask { _ = try await service.handle(request) } }
            try await group.waitForAll()
        }
        let view = try await service.site(Self.main, knownAt: .now, actor: actor())
        #expect(view.state.chairs.count == 4)
        #expect(view.version == StreamVersion(5))
    }

    @Test func `refusals say on what they rest, and nothing is written`() async throws {
        try await send(request(Self.open))
        let missing = ChairID("chair-9")
        do {
            try await send(
                request(.retireChair(missing, from: try date("2026-06-01"))))
            Issue.record("retired")
        } catch ApplicationError.siteRefused(let refusal, let version, let position) {
            #expect(refusal == .chairNotFound(missing, accepted: []))
            #expect(version == StreamVersion(1))
            #expect(position == Position(1))
        }
        do {
            try await send(request(Self.chair, expected: 7))
            Issue.record("written")
        } catch ApplicationError.versionMismatch(let expected, let current) {
            #expect(expected == StreamVersion(7))
            #expect(current == StreamVersion(1))
        }
        #expect(try await log.head(tenant: tenant) == Position(1))
    }

    @Test func `what nobody opened is not found`() async throws {
        for work in [
            { try await send(request(Self.chair)) },
            { _ = try await service.site(Self.main, knownAt: .now, actor: actor()) },
        ] as [() async throws -> Void] {
            do {
                try await work()
                Issue.record("found")
            } catch ApplicationError.notFound(let what) {
                #expect(what.hasPrefix("site has been opened"))
            }
        }
    }

    @Test func `a scope is needed for each`() async throws {
        do {
            try await send(request(Self.open, scopes: [.siteRead]))
            Issue.record("allowed")
        } catch ApplicationError.forbidden(let scope) {
            #expect(scope == .siteWrite)
        }
        try await send(request(Self.open))
        do {
            _ = try await service.day(
                try date("2026-04-05"), of: Self.main, knownAt: .now,
                actor: actor([.siteWrite]))
            Issue.record("allowed")
        } catch ApplicationError.forbidden(let scope) {
            #expect(scope == .siteRead)
        }
    }

    @Test func `a day is as it was known`() async throws {
        try await send(request(Self.open))
        try await send(request(Self.chair))
        let hours = WeeklyHours(
            validFrom: try date("2026-01-01"),
            days: [
                .thursday: [
                    ClockSpan(
                        from: try #require(ClockTime("08:00")),
                        until: try #require(ClockTime("16:00")))
                ]
            ])
        try await send(request(.setHours(hours)))
        let before = clock.timestamp
        clock.advance(hours: 1)
        let thursday = try date("2026-04-09")
        try await send(
            request(
                .announceClosure(
                    SiteClosure(
                        id: SiteEntryID("c"),
                        period: try #require(
                            LocalPeriod(wholeDaysFrom: thursday, to: thursday)),
                        reason: .training))))

        let now = try await service.day(
            thursday, of: Self.main, knownAt: .now, actor: actor())
        #expect(now.day.open.all.isEmpty)
        #expect(now.day.closures.map(\.reason) == [.training])
        #expect(now.position == Position(4))
        for knowledge in [AsOf.Knowledge.position(Position(3)), .instant(before)] {
            let then = try await service.day(
                thursday, of: Self.main, knownAt: knowledge, actor: actor())
            #expect(then.day.open.all.map(\.minutes) == [480])
            #expect(then.day.closures.isEmpty)
            #expect(then.version == StreamVersion(3))
            #expect(then.position == Position(3))
        }
        let behind = await #expect(throws: ApplicationError.self) {
            try await service.day(
                thursday, of: Self.main, knownAt: .position(Position(5)), actor: actor())
        }
        guard case .beyondTheHead(Position(5), head: Position(4)) = behind else {
            Issue.record("refused with \(String(describing: behind))")
            return
        }
        let first = try await service.day(
            thursday, of: Self.main, knownAt: .position(Position(1)), actor: actor())
        #expect(first.day.chairs.isEmpty)
    }
}
