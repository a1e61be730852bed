import EventStore
import Foundation
import Infusion
import InfusionJournal
import InfusionProjections
import Testing

/// A site in Rome with its visits, and what the statistics make of them. Instants are UTC, dates and hours the
/// site's.
struct VisitStory {
    let clock: ZoneClock
    private let site = SiteID("north")
    private var facts: [SiteFact] = []
    private var visits: [VisitTimes] = []
    private var nextID: UInt64 = 1

    /// Open on every day at the same hours; without any, nobody told when.
    init(open hours: String..., chairs: [String] = ["chair-1", "chair-2"]) throws {
        clock = ZoneClock(try #require(TimeZone(identifier: "Europe/Rome")))
        guard !hours.isEmpty else { return }
        let spans = try hours.map { hours in
            try #require(ClockSpan(hours))
        }
        facts = [.siteOpened(site, timeZone: "Europe/Rome")]
        facts += chairs.map { .chairDefined(SiteChair(id: ChairID($0), kind: .recliner)) }
        facts.append(
            .hoursSet(
                WeeklyHours(
                    validFrom: date("2026-01-01"),
                    days: Dictionary(
                        uniqueKeysWithValues: Weekday.allCases.map { ($0, spans) }))))
    }

    mutating func decided(_ fact: SiteFact) { facts.append(fact) }

    /// - Parameters:
    ///   - start: Of the slot.
    ///   - told: What happened to it, and when.
    mutating func visit(
        _ status: InfusionProjections.AppointmentStatus, in chair: String = "chair-1",
        from start: String, minutes: Int64 = 60, agreed: String? = nil,
        _ told: (EventType, String)...
    ) {
        let begins = instant(start)
        let id = uuid(nextID)
        nextID += 1
        let row = AppointmentRow(
            appointment: AppointmentID(id), patient: PatientID(id), order: OrderID(id),
            slot: AppointmentSlot(
                site: site, chair: ChairID(chair), start: begins,
                end: begins.adding(minutes: minutes)),
            status: status, isOverridden: false, opened: Position(Int64(told.count)), closed: nil)
        let headings = told.enumerated().map { index, event in
            let at = Timestamp(
                microsecondsSinceUnixEpoch: instant(event.1).microsecondsSinceUnixEpoch)
            return EventHeading(
                position: Position(Int64(index + 1)), type: event.0.name, effectiveAt: at,
                recordedAt: at)
        }
        visits.append(VisitTimes(of: row, told: headings, agreedStart: agreed.map(instant)))
    }

    func utilization(
        _ from: String, _ to: String? = nil, _ terms: [UtilizationTerm: Int] = [:]
    ) throws -> SiteUtilization {
        let first = date(from)
        let last = date(to ?? from)
        let state = SiteState.fold(
            facts.map { SiteEvent(effectiveAt: instant("2026-01-01T00:00"), fact: $0) })
        let clock = clock
        return SiteUtilization(
            of: visits, on: (0...last.days(since: first)).map { first.adding(days: $0) },
            open: facts.isEmpty ? nil : { OpenChairs(on: $0, given: state, by: clock) },
            by: clock, terms: UtilizationTerms(terms))
    }
}
