import EventStore
import Foundation
import Infusion
import InfusionApplication
import InfusionProjections
import Synchronization

/// A calendar that remembers what it was asked and answers with the samples' site and some appointments.
final class StubCalendar: CalendarUseCases {
    private struct State {
        var questions: [CalendarQuestion] = []
        var actors: [Actor] = []
    }
    private let state = Mutex(State())
    private let sites: SiteService

    init(_ sites: SiteService) { self.sites = sites }

    var questions: [CalendarQuestion] { state.withLock { $0.questions } }
    var actors: [Actor] { state.withLock { $0.actors } }

    func calendar(
        _ question: CalendarQuestion, actor: Actor
    ) async throws(ApplicationError) -> CalendarAnswer {
        state.withLock {
            $0.questions.append(question)
            $0.actors.append(actor)
        }
        guard question.site == SampleSites.site else { throw .siteNeverOpened }
        let view = try await sites.site(
            question.site, knownAt: .now,
            actor: Actor(
                subject: "stub", tenant: Samples.tenant, role: .system, scopes: [.siteRead]))
        let today = CalendarDate(dayNumber: 20_522)
        let dates =
            switch question.dates {
            case .today, .around: [today]
            case .range(let range): range.dates
            }
        let clock = ZoneClock(SampleCalendar.zone)
        return CalendarAnswer(
            site: question.site, timeZone: SampleCalendar.zone,
            days: dates.map { date in
                CalendarAnswer.Day(
                    date: date,
                    span: TimeSpan(
                        from: clock.start(of: date), until: clock.start(of: date.adding(days: 1))),
                    site: SiteDay(of: date, given: view.state))
            },
            entries: SampleCalendar.entries.filter {
                question.chair == nil || $0.slot.chair == question.chair
            }, version: view.version, position: Samples.position)
    }
}

/// Appointments of 2026-03-10 at the site `north`.
enum SampleCalendar {
    static let zone = TimeZone(identifier: "Europe/Rome") ?? .gmt

    /// 2026-03-10T07:00:00Z, 08:00 on the wall.
    static let opening = Instant(microsecondsSinceUnixEpoch: 1_773_126_000_000_000)

    static func entry(
        _ number: UInt16, _ chair: String, from minute: Int64, minutes: Int64 = 90,
        _ status: InfusionProjections.AppointmentStatus, kind: CalendarEntry.Kind? = .iron,
        heldUntil: Instant? = nil, isExpired: Bool = false, arrived: Int64? = nil,
        started: Int64? = nil, discharged: Int64? = nil,
        override: CapacityOverride? = nil, changes: Int = 0
    ) -> CalendarEntry {
        let start = opening.adding(minutes: minute)
        return CalendarEntry(
            appointment: AppointmentID(Samples.uuid(0x5000 + number)),
            patient: PatientID(Samples.uuid(0x1000 + number)),
            order: OrderID(Samples.uuid(0x2000 + number)), kind: kind,
            slot: AppointmentSlot(
                site: SampleSites.site, chair: ChairID(chair), start: start,
                end: start.adding(minutes: minutes)),
            status: status, heldUntil: heldUntil, isExpired: isExpired,
            arrived: arrived.map { opening.adding(minutes: $0) },
            started: started.map { opening.adding(minutes: $0) },
            discharged: discharged.map { opening.adding(minutes: $0) },
            capacityOverride: override, changes: changes,
            changedAt: Timestamp(microsecondsSinceUnixEpoch: 1_772_443_800_250_000))
    }

    static let entries = [
        entry(
            1, "chair-3", from: 0, .fulfilled, arrived: -5, started: 12, discharged: 85, changes: 3),
        entry(
            2, "chair-4", from: 0, minutes: 180, .checkedIn, kind: .redCells,
            override: CapacityOverride(
                rules: [.nurseStarts, .lastStart], reason: .staffAgreed, role: .nurse),
            changes: 1),
        entry(3, "chair-3", from: 105, .pending, heldUntil: opening.adding(minutes: -60)),
        entry(4, "chair-3", from: 210, .noshow, kind: nil, changes: 1),
        entry(5, "chair-3", from: 315, .cancelled, isExpired: true, changes: 1),
    ]
}
