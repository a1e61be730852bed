import EventStore
import Foundation
import Infusion
import InfusionApplication
import InfusionKnowledge
import InfusionProjections

/// The site `north` of the samples' tenant, over a log in memory: the real use cases, with a clock that
/// stands still on a Monday morning.
enum SampleSites {
    static let site = SiteID("north")
    static let now = Samples.instant

    /// A log with nothing in it.
    static func empty() async -> SiteService {
        let log = InMemoryEventLog<NoChanges> {
            Timestamp(microsecondsSinceUnixEpoch: now.microsecondsSinceUnixEpoch)
        }
        await log.open(Samples.tenant)
        return SiteService(
            log: log, readModels: InMemoryReadModels(),
            knowledge: FixedKnowledge(formulary: .standard, pathways: .standard)
        ) { now }
    }

    /// Open on weekdays; on Tuesday, 2026-03-10, a shift of two.
    static func open() async throws -> SiteService {
        let service = await empty()
        var plan = SitePlan(site: site, timeZone: "Europe/Rome")
        plan.chairs = [
            SitePlan.Chair(
                SiteChair(id: ChairID("chair-3"), kind: .bed, equipment: [.oxygen, .infusionPump])),
            SitePlan.Chair(
                SiteChair(id: ChairID("chair-4"), kind: .recliner),
                retiredFrom: CalendarDate("2026-03-10")),
        ]
        let weekdays: [Weekday] = [.monday, .tuesday, .wednesday, .thursday, .friday]
        plan.hours = [
            .set(
                WeeklyHours(
                    validFrom: try date("2026-01-01"),
                    days: Dictionary(
                        uniqueKeysWithValues: try weekdays.map {
                            ($0, [ClockSpan(from: try time("08:00"), until: try time("16:00"))])
                        })))
        ]
        plan.shifts = [
            .announced(
                Shift(
                    id: SiteEntryID("early"), roles: [.registeredNurse, .resuscitation],
                    staff: .people(2),
                    period: try period("2026-03-10T08:00", "2026-03-10T14:00"))),
            .announced(
                Shift(
                    id: SiteEntryID("late"), roles: [.registeredNurse],
                    staff: .person(StaffCode("R-07")),
                    period: try period("2026-03-10T12:00", "2026-03-10T16:00"))),
        ]
        _ = try await service.handle(
            SiteRequest(
                actor: Actor(
                    subject: "manager-1", tenant: Samples.tenant, role: .administrator,
                    scopes: [.siteWrite]),
                commandID: CommandID(Samples.uuid(0xC1)), fingerprint: [1],
                correlationID: Samples.uuid(0xCC), expectedVersion: nil, site: site,
                command: .apply(plan)))
        _ = try await service.handle(
            SiteRequest(
                actor: Actor(
                    subject: "manager-1", tenant: Samples.tenant, role: .administrator,
                    scopes: [.siteWrite]),
                commandID: CommandID(Samples.uuid(0xC2)), fingerprint: [2],
                correlationID: Samples.uuid(0xCC), expectedVersion: nil, site: site,
                command: .recordDelivery(
                    StockDelivery(
                        id: SiteEntryID("order-1"),
                        item: StockItem(product: ProductKey("injectafer"), vial: Milligrams(100)),
                        on: try date("2026-03-12"), lot: StockLot(vials: 5)))))
        return service
    }

    private struct NoSuchSample: Error {}

    private static func date(_ text: String) throws -> CalendarDate {
        guard let date = CalendarDate(text) else { throw NoSuchSample() }
        return date
    }

    private static func time(_ text: String) throws -> ClockTime {
        guard let time = ClockTime(text) else { throw NoSuchSample() }
        return time
    }

    static func period(_ from: String, _ until: String) throws -> LocalPeriod {
        guard let from = LocalTime(from), let until = LocalTime(until),
            let period = LocalPeriod(from: from, until: until)
        else { throw NoSuchSample() }
        return period
    }
}
