public import EventStore
import Foundation
import Infusion
import InfusionJournal
public import InfusionProjections
public import Testing

/// What every log with inline projections must do about nurses. Run ``all`` over each adapter, each on a
/// tenant with an empty log.
public struct CapacityBehaviour: Sendable, CustomTestStringConvertible {
    /// One log, as the patients' commands and as the sites' see it.
    public struct Logs: Sendable {
        let patients: any EventLog<PatientChanges>
        let sites: any EventLog<NoChanges>
        let tenant: TenantID

        public init(
            patients: any EventLog<PatientChanges>, sites: any EventLog<NoChanges>,
            tenant: TenantID
        ) {
            self.patients = patients
            self.sites = sites
            self.tenant = tenant
        }
    }

    public let testDescription: String
    private let body: @Sendable (Logs) async throws -> Void

    private init(_ sentence: String, _ body: @escaping @Sendable (Logs) async throws -> Void) {
        testDescription = sentence
        self.body = body
    }

    /// Runs it on an empty log.
    public func exercise(_ logs: Logs) async throws { try await body(logs) }

    /// All of them.
    public static let all =
        taking + releasing + moving + overriding + guarding + stocking + sittingOn

    private typealias Plan = CapacityVisit.Plan

    private static let taking = [
        CapacityBehaviour("the last start of a quarter hour has one winner") { logs in
            try await logs.race(for: Plan(starts: 1), losing: "nurse-starts") {
                CapacityVisit(logs.tenant, chair: "\($0)", at: Int64($0 % 15))
            }
        },
        CapacityBehaviour("the last place with the nurses has one winner") { logs in
            try await logs.race(for: Plan(patients: 1), losing: "nurse-patients") {
                CapacityVisit(logs.tenant, chair: "\($0)", at: -15 * Int64($0 % 3))
            }
        },
        CapacityBehaviour(
            "of two in a batch the second does not fit, and the next quarter hour does"
        ) {
            logs in
            let plan = Plan(starts: 1, patients: 2)
            let outcomes = try await logs.append([
                CapacityVisit(logs.tenant, chair: "1").book(plan),
                CapacityVisit(logs.tenant, chair: "2", at: 14).book(plan),
                CapacityVisit(logs.tenant, chair: "3", at: 15).book(plan),
                CapacityVisit(logs.tenant, chair: "4", at: 30).book(plan),
            ])
            #expect(
                outcomes == [
                    nil, logs.full("nurse-starts", 0), nil, logs.full("nurse-patients", 30),
                ])
        },
        CapacityBehaviour("the chair is told before the nurses, and who is refused takes nothing") {
            logs in
            let plan = Plan(starts: 1)
            let outcomes = try await logs.append([
                CapacityVisit(logs.tenant, chair: "1", at: -30).book(plan),
                CapacityVisit(logs.tenant, chair: "1").book(plan),
                CapacityVisit(logs.tenant, chair: "2").book(plan),
                CapacityVisit(logs.tenant, chair: "1", at: -29, minutes: 10).book(plan),
            ])
            #expect(outcomes == [nil, "chair-overlap", nil, "chair-overlap"])
        },
        CapacityBehaviour("nobody there is nobody to take") { logs in
            let outcomes = try await logs.append([
                CapacityVisit(logs.tenant, chair: "1").book(Plan(starts: 0, patients: 0)),
                CapacityVisit(logs.tenant, chair: "1").book(Plan(patients: 0)),
            ])
            #expect(outcomes == [logs.full("nurse-starts", 0), logs.full("nurse-patients", 0)])
        },
        CapacityBehaviour("each site has nurses of its own") { logs in
            let south = SiteID("south")
            let outcomes = try await logs.append([
                CapacityVisit(logs.tenant, chair: "1").book(Plan(starts: 1)),
                CapacityVisit(logs.tenant, chair: "1", site: south).book(Plan(starts: 1)),
                CapacityVisit(logs.tenant, chair: "2", site: south).book(Plan(starts: 1)),
            ])
            #expect(outcomes == [nil, nil, logs.full("nurse-starts", 0)])
        },
        CapacityBehaviour("a visit at a site without a plan counts where there is one later") {
            logs in
            let outcomes = try await logs.append([
                CapacityVisit(logs.tenant, chair: "1").book(Plan()),
                CapacityVisit(logs.tenant, chair: "2").book(Plan(starts: 1)),
            ])
            #expect(outcomes == [nil, logs.full("nurse-starts", 0)])
        },
    ]

    private static let stocking = [
        CapacityBehaviour("who looked at the vials before somebody took of them decides again") {
            logs in
            let plan = try await logs.keeping("ferinject")
            let second = CapacityVisit(logs.tenant, chair: "2", at: 120)
            try await logs.expect([nil], of: [CapacityVisit(logs.tenant, chair: "1").book(plan)])
            try await logs.expect(["site-changed"], of: [second.book(plan)])
            try await logs.expect([nil], of: [second.book(try await logs.keeping("ferinject"))])
        },
        CapacityBehaviour("of any number who looked at the vials together one is appended") {
            logs in
            let plan = try await logs.keeping("ferinject")
            try await logs.expect(
                [nil, "site-changed", "site-changed"],
                of: (0..<3).map {
                    CapacityVisit(logs.tenant, chair: "\($0)", at: Int64($0) * 120).book(plan)
                })
            let wishes = try await logs.keeping("ferinject")
            let outcomes = try await withThrowingTaskGroup(of: String?.self) { group in
                for chair in 3..<11 {
                    let wish = CapacityVisit(logs.tenant, chair: "\(chair)").book(wishes)
                    group.addTask { try await logs.append([wish])[0] }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(outcomes.count { $0 == nil } == 1)
            #expect(outcomes.count { $0 == "site-changed" } == 7)
        },
        CapacityBehaviour("vials of another product or another site are nobody's concern") { logs in
            let plan = try await logs.keeping("ferinject")
            let other = try await logs.keeping("monofer")
            try await logs.expect(
                [nil, nil, nil, nil],
                of: [
                    CapacityVisit(logs.tenant, chair: "1").book(plan),
                    CapacityVisit(logs.tenant, chair: "2").book(other),
                    CapacityVisit(logs.tenant, chair: "1", site: SiteID("south")).book(plan),
                    CapacityVisit(logs.tenant, chair: "3").book(Plan()),
                ])
        },
        CapacityBehaviour("vials that are given back are in nobody's way") { logs in
            let plan = try await logs.keeping("ferinject")
            let first = CapacityVisit(logs.tenant, chair: "1")
            try await logs.expect([nil], of: [first.book(plan)])
            let later = try await logs.keeping("ferinject")
            try await logs.expect([nil], of: [first.cancel(plan)])
            try await logs.expect([nil], of: [CapacityVisit(logs.tenant, chair: "2").book(later)])
        },
    ]

    private static let releasing = [
        CapacityBehaviour("what is cancelled or missed is free, in the same batch too") { logs in
            let plan = Plan(starts: 1, patients: 1)
            let first = CapacityVisit(logs.tenant, chair: "1")
            let second = CapacityVisit(logs.tenant, chair: "2")
            let third = CapacityVisit(logs.tenant, chair: "3")
            try await logs.expect(
                [nil, logs.full("nurse-starts", 0)], of: [first.book(plan), second.book(plan)])
            try await logs.expect(
                [nil, nil, logs.full("nurse-starts", 0)],
                of: [first.cancel(), second.book(plan), third.book(plan)])
            try await logs.expect([nil], of: [second.miss()])
            try await logs.expect([nil], of: [third.book(plan)])
        },
        CapacityBehaviour("a hold takes the nurses until it is told to have run out") { logs in
            let plan = Plan(starts: 1)
            let held = CapacityVisit(logs.tenant, chair: "1")
            let wanted = CapacityVisit(logs.tenant, chair: "2")
            try await logs.expect([nil], of: [held.hold(plan)])
            try await logs.expect([logs.full("nurse-starts", 0)], of: [wanted.book(plan)])
            try await logs.expect([nil, nil], of: [held.expire(), wanted.book(plan)])
        },
        CapacityBehaviour("the nurses watch over a patient until the discharge") { logs in
            let plan = Plan(patients: 1)
            let first = CapacityVisit(logs.tenant, chair: "1")
            let second = CapacityVisit(logs.tenant, chair: "2", at: 45)
            let full = logs.full("nurse-patients", 45)
            try await logs.expect([nil], of: [first.book(plan)])
            try await logs.expect([nil, full], of: [first.begin(), second.book(plan)])
            try await logs.expect([nil, full], of: [first.end(), second.book(plan)])
            try await logs.expect([nil, nil], of: [first.discharge(), second.book(plan)])
        },
    ]

    /// The first visit of each is in the chair from minute 0 and was to leave it at minute 60.
    private static let sittingOn = [
        CapacityBehaviour("who sits on in a chair has it until now, and then until the discharge") {
            logs in
            let first = CapacityVisit(logs.tenant, chair: "1")
            let next = CapacityVisit(logs.tenant, chair: "1", at: 60, minutes: 30)
            let later = CapacityVisit(logs.tenant, chair: "1", at: 90)
            try await logs.expect(
                [nil, nil, nil], of: [first.book(Plan()), first.begin(), first.end()])
            let occupied = "chair-occupied"
            try await logs.expect([occupied], of: [next.book(Plan(), decided: 80)])
            try await logs.expect([occupied], of: [next.hold(Plan(), decided: 60)])
            // Nothing is in the way of what begins after now.
            try await logs.expect([nil], of: [later.book(Plan(), decided: 89)])
            try await logs.expect(
                [nil, nil], of: [first.discharge(), next.book(Plan(), decided: 80)])
        },
        CapacityBehaviour("before the end of the visit its chair is booked for the time after it") {
            logs in
            let first = CapacityVisit(logs.tenant, chair: "1")
            let next = CapacityVisit(logs.tenant, chair: "1", at: 60)
            try await logs.expect(
                [nil, nil, nil],
                of: [first.book(Plan()), first.begin(), next.book(Plan(), decided: 59)])
        },
        CapacityBehaviour(
            "nobody is moved to where somebody sits on, and who arrives there is here"
        ) { logs in
            let first = CapacityVisit(logs.tenant, chair: "1")
            let next = CapacityVisit(logs.tenant, chair: "1", at: 60, minutes: 30)
            let other = CapacityVisit(logs.tenant, chair: "2", at: 90)
            try await logs.expect(
                [nil, nil, nil, nil],
                of: [first.book(Plan()), next.book(Plan()), other.book(Plan()), first.begin()])
            try await logs.expect(
                [nil, "chair-occupied"],
                of: [
                    next.arrive(decided: 65), other.move(toChair: "1", Plan(), decided: 95),
                ])
        },
        CapacityBehaviour("red cells that were given are recorded, whoever sits in the chair") {
            logs in
            let first = CapacityVisit(logs.tenant, chair: "1")
            let next = CapacityVisit(logs.tenant, chair: "1", at: 60)
            let third = CapacityVisit(logs.tenant, chair: "1", at: 120)
            try await logs.expect(
                [nil, nil, nil, nil],
                of: [first.book(Plan()), next.book(Plan()), third.book(Plan()), first.begin()])
            try await logs.expect(["chair-occupied"], of: [next.begin(decided: 110)])
            try await logs.expect([nil], of: [next.fill(decided: 110)])
            // Both have the chair now.
            try await logs.expect(
                [nil, nil, "chair-occupied"],
                of: [first.end(), first.discharge(), third.begin(decided: 125)])
        },
        CapacityBehaviour("red cells are recorded behind who sat down in the same batch") { logs in
            let first = CapacityVisit(logs.tenant, chair: "1")
            let next = CapacityVisit(logs.tenant, chair: "1", at: 60)
            try await logs.expect(
                [nil, nil, nil, nil],
                of: [
                    first.book(Plan()), next.book(Plan()), first.begin(decided: 5),
                    next.fill(decided: 110),
                ])
        },
        CapacityBehaviour("who sat down in the same batch sits on too") { logs in
            let first = CapacityVisit(logs.tenant, chair: "1")
            let next = CapacityVisit(logs.tenant, chair: "1", at: 60)
            try await logs.expect(
                [nil, nil, "chair-occupied"],
                of: [first.book(Plan()), first.begin(), next.book(Plan(), decided: 80)])
            let elsewhere = CapacityVisit(logs.tenant, chair: "1", at: 60, site: SiteID("south"))
            try await logs.expect([nil], of: [elsewhere.book(Plan(), decided: 80)])
        },
        CapacityBehaviour("who sat down a day ago has left without being discharged") { logs in
            let first = CapacityVisit(logs.tenant, chair: "1")
            let next = CapacityVisit(logs.tenant, chair: "1", at: 1_430)
            try await logs.expect([nil, nil], of: [first.book(Plan()), first.begin()])
            try await logs.expect(["chair-occupied"], of: [next.book(Plan(), decided: 1_439)])
            try await logs.expect([nil], of: [next.book(Plan(), decided: 1_440)])
        },
        CapacityBehaviour(
            "the nurses watch over who sits on, to the end of the quarter hour of now"
        ) {
            logs in
            let plan = Plan(patients: 1)
            let first = CapacityVisit(logs.tenant, chair: "1")
            let next = CapacityVisit(logs.tenant, chair: "2", at: 75)
            try await logs.expect([nil, nil], of: [first.book(plan), first.begin()])
            let full = logs.full("nurse-patients", 75)
            try await logs.expect([full], of: [next.book(plan, decided: 75)])
            try await logs.expect([full], of: [next.book(plan, decided: 80)])
            try await logs.expect([nil], of: [next.book(plan, decided: 74)])
        },
        CapacityBehaviour("the nurses watch over who sat down in the same batch too") { logs in
            let plan = Plan(patients: 1)
            let first = CapacityVisit(logs.tenant, chair: "1")
            let next = CapacityVisit(logs.tenant, chair: "2", at: 75)
            try await logs.expect(
                [nil, nil, logs.full("nurse-patients", 75)],
                of: [first.book(plan), first.begin(), next.book(plan, decided: 80)])
            try await logs.expect([nil, nil], of: [first.end(), first.discharge()])
            try await logs.expect([nil], of: [next.book(plan, decided: 80)])
        },
    ]

    private static let moving = [
        CapacityBehaviour("a move within what a visit has takes nothing, also where all is full") {
            logs in
            let plan = Plan(starts: 1, patients: 1)
            let visit = CapacityVisit(logs.tenant, chair: "1")
            try await logs.expect(
                [nil, nil], of: [visit.book(plan), visit.move(toChair: "2", Plan())])
        },
        CapacityBehaviour("a move to another quarter hour frees its own and takes the other") {
            logs in
            let plan = Plan(starts: 1)
            let visit = CapacityVisit(logs.tenant, chair: "1")
            let late = CapacityVisit(logs.tenant, chair: "2", at: 15)
            try await logs.expect([nil, nil], of: [visit.book(plan), late.book(plan)])
            try await logs.expect(
                [logs.full("nurse-starts", 15)], of: [visit.move(toChair: "1", later: 15, plan)])
            try await logs.expect(
                [nil, nil],
                of: [
                    visit.move(toChair: "1", later: 30, plan),
                    CapacityVisit(logs.tenant, chair: "3").book(plan),
                ])
        },
    ]

    private static let overriding = [
        CapacityBehaviour("an overridden visit is booked, and counts against the others") { logs in
            let plan = Plan(starts: 1, patients: 2)
            try await logs.expect(
                [nil, nil, logs.full("nurse-starts", 0)],
                of: [
                    CapacityVisit(logs.tenant, chair: "1").book(plan),
                    CapacityVisit(logs.tenant, chair: "2").bookAllTheSame(),
                    CapacityVisit(logs.tenant, chair: "3").book(plan),
                ])
            try await logs.expect(
                [logs.full("nurse-patients", 30)],
                of: [
                    CapacityVisit(logs.tenant, chair: "4", at: 30).book(plan)
                ])
        },
        CapacityBehaviour("nothing overrides a chair or a patient") { logs in
            try await logs.expect(
                [nil, "chair-overlap"],
                of: [
                    CapacityVisit(logs.tenant, chair: "1").book(Plan()),
                    CapacityVisit(logs.tenant, chair: "1").bookAllTheSame(),
                ])
        },
        CapacityBehaviour("fewer nurses than were booked break nothing") { logs in
            let two = Plan(starts: 2, patients: 2)
            let one = Plan(starts: 1, patients: 1)
            let first = CapacityVisit(logs.tenant, chair: "1")
            try await logs.expect(
                [nil, nil],
                of: [
                    first.book(two), CapacityVisit(logs.tenant, chair: "2").book(two),
                ])
            let third = CapacityVisit(logs.tenant, chair: "3")
            try await logs.expect([logs.full("nurse-starts", 0)], of: [third.book(one)])
            try await logs.expect(
                [nil, logs.full("nurse-starts", 0)], of: [first.cancel(), third.book(one)])
        },
    ]

    private static let guarding = [
        CapacityBehaviour("what was decided on a site that has changed is decided again") { logs in
            let visit = CapacityVisit(logs.tenant, chair: "1")
            let booking = visit.book(Plan(starts: 0))
            try await logs.change(SiteID("north"), expected: 0)
            // Nothing else is told of it: the nurses may be there by now.
            try await logs.expect(["site-changed"], of: [booking])
            let again = visit.book(Plan(starts: 1, version: StreamVersion(1)))
            try await logs.expect([nil], of: [again])
            try await logs.change(SiteID("north"), expected: 1)
            // What was accepted before stays so.
            try await logs.expect(["duplicate"], of: [again])
            let stale = Plan(starts: 2, version: StreamVersion(1))
            try await logs.expect(
                ["site-changed", nil],
                of: [
                    CapacityVisit(logs.tenant, chair: "2").book(stale),
                    CapacityVisit(logs.tenant, chair: "2", site: SiteID("south"))
                        .book(Plan(starts: 1)),
                ])
        },
        // A patient's stream stands for the site's: any stream that a booking rests on is looked at alike.
        CapacityBehaviour("what changes in the very batch has changed for who comes after") {
            logs in
            let change = CapacityVisit(logs.tenant, chair: "1")
            let site = PatientStream.id(of: change.patient)
            try await logs.expect(
                [nil, nil, "site-changed", nil],
                of: [
                    CapacityVisit(logs.tenant, chair: "2").book(Plan(stream: site)),
                    change.book(Plan()),
                    CapacityVisit(logs.tenant, chair: "3").book(Plan(stream: site)),
                    CapacityVisit(logs.tenant, chair: "4")
                        .book(Plan(version: StreamVersion(2), stream: site)),
                ])
            // A change that does not come to be is none.
            try await logs.expect(
                ["conflict", nil],
                of: [
                    change.book(Plan()),
                    CapacityVisit(logs.tenant, chair: "5")
                        .book(Plan(version: StreamVersion(2), stream: site)),
                ])
        },
        CapacityBehaviour("a version that the site never had is no better") { logs in
            let plan = Plan(starts: 1, version: StreamVersion(9))
            try await logs.expect(
                ["site-changed"], of: [CapacityVisit(logs.tenant, chair: "1").book(plan)])
        },
    ]
}

extension CapacityBehaviour.Logs {
    /// What became of each: `nil` for appended, and else a word.
    fileprivate func append(_ batch: [Append<PatientChanges>]) async throws -> [String?] {
        try await patients.append(batch, tenant: tenant).map { outcome in
            switch outcome {
            case .appended: nil
            case .unavailable(let reason): reason
            case .duplicate: "duplicate"
            case .fingerprintMismatch: "fingerprint mismatch"
            case .conflict: "conflict"
            case .undecided: "undecided"
            case .failed(let code): code.name
            }
        }
    }

    /// Appends, and expects that this becomes of each.
    fileprivate func expect(
        _ expected: [String?], of batch: [Append<PatientChanges>],
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let outcomes = try await append(batch)
        #expect(outcomes == expected, sourceLocation: sourceLocation)
    }

    /// A visit that takes a vial of the product, the others read as of now.
    fileprivate func keeping(_ product: String) async throws -> CapacityVisit.Plan {
        CapacityVisit.Plan(
            stock: StockAsk(
                product: ProductKey(product), known: try await patients.head(tenant: tenant)))
    }

    /// As the quarter hour so many minutes after ``ClinicFacts/start`` is refused.
    fileprivate func full(_ constraint: String, _ minute: Int64) -> String {
        let start = ClinicFacts.start.adding(minutes: minute)
        return "\(constraint)@\(start.microsecondsSinceUnixEpoch / 1_000_000)"
    }

    /// Sixteen patients want it, each from a task of its own.
    fileprivate func race(
        for plan: CapacityVisit.Plan, losing constraint: String, _ visit: (Int) -> CapacityVisit
    ) async throws {
        let wishes = (0..<16).map { visit($0).book(plan) }
        let outcomes = try await withThrowingTaskGroup(of: String?.self) { group in
            for wish in wishes { group.addTask { try await append([wish])[0] } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(outcomes.count { $0 == nil } == 1)
        #expect(outcomes.count { $0?.hasPrefix("\(constraint)@") ?? false } == 15)
    }

    /// Something is decided about the site.
    fileprivate func change(_ site: SiteID, expected: Int64) async throws {
        let fact: SiteFact =
            expected == 0
            ? .siteOpened(site, timeZone: "America/New_York") : .limitsSet(CapacityLimits())
        let event = SiteEvent(effectiveAt: ClinicFacts.start, fact: fact)
        let outcomes = try await sites.append(
            [
                Append(
                    commandID: CommandID(UUID()), fingerprint: [1],
                    stream: SiteStream.id(of: site), expected: StreamVersion(expected),
                    events: [try SiteCodec().encode(event)],
                    metadata: EventMetadata(
                        actor: "test", correlationID: UUID(), causation: nil, ruleSet: "none"),
                    answer: [])
            ], tenant: tenant)
        guard case .appended = outcomes[0] else {
            Issue.record("the site was not changed: \(outcomes[0])")
            return
        }
    }
}
