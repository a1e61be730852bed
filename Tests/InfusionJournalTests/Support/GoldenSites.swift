import Foundation
import Infusion
import InfusionJournal

/// An event of a site's stream for each of its golden files; they are in a folder of their own, since
/// another codec reads them.
enum GoldenSites {
    static let effectiveAt = Instant(microsecondsSinceUnixEpoch: 1_763_630_100_000_000)

    static let all: [String: SiteFact] = [
        "site/site-opened.v1": .siteOpened(SiteID("milano-1"), timeZone: "Europe/Rome"),
        "site/time-zone-corrected.v1": .timeZoneCorrected("Europe/Zurich"),
        "site/site-limits-set.v1": .limitsSet(
            CapacityLimits([.startsPerNurse: 2, .patientsPerNurse: 3])),
        "site/automatic-offers-set.v1": .automaticOffersSet(.on(keepMinutes: 60)),
        "site/automatic-offers-set.v1-off": .automaticOffersSet(.off),
        "site/chair-defined.v1": .chairDefined(
            SiteChair(
                id: chair, kind: .bed, equipment: [.oxygen, .infusionPump], isIsolated: true)),
        "site/chair-retired.v1": .chairRetired(chair, from: date("2026-12-01")),
        "site/chair-taken-out.v1": .chairTakenOut(
            ChairOutage(
                id: SiteEntryID("pump-3"), chair: chair, from: time("2026-11-20T09:15"),
                until: nil, reason: .equipmentFault)),
        "site/chair-taken-out.v1-planned": .chairTakenOut(
            ChairOutage(
                id: SiteEntryID("check-3"), chair: chair, from: time("2026-11-27T08:00"),
                until: time("2026-11-27T12:30"), reason: .maintenance)),
        "site/chair-returned.v1": .chairReturned(
            outage: SiteEntryID("pump-3"), at: time("2026-11-20T11:00")),
        "site/opening-hours-set.v1": .hoursSet(
            WeeklyHours(
                validFrom: date("2026-11-02"),
                days: [
                    .monday: [span("08:00", "12:00"), span("13:00", "17:00")],
                    .tuesday: [span("08:00", "16:00")], .friday: [span("18:00", "02:00")],
                    .sunday: [span("00:00", "00:00")],
                ])),
        "site/opening-hours-withdrawn.v1": .hoursWithdrawn(validFrom: date("2026-11-02")),
        "site/closure-announced.v1": .closureAnnounced(
            SiteClosure(
                id: SiteEntryID("natale"),
                period: period("2026-12-25T00:00", "2026-12-27T00:00"), reason: .publicHoliday)),
        "site/closure-withdrawn.v1": .closureWithdrawn(SiteEntryID("natale")),
        "site/opening-announced.v1": .openingAnnounced(
            SiteOpening(
                id: SiteEntryID("saturday-1"),
                period: period("2026-12-05T09:00", "2026-12-05T13:00"))),
        "site/opening-withdrawn.v1": .openingWithdrawn(SiteEntryID("saturday-1")),
        "site/shift-planned.v1": .shiftPlanned(
            Shift(
                id: early, roles: [.registeredNurse], staff: .people(2),
                period: period("2026-11-20T07:45", "2026-11-20T14:00"))),
        "site/shift-planned.v1-person": .shiftPlanned(
            Shift(
                id: SiteEntryID("2026-11-20-night"), roles: [.resuscitation, .registeredNurse],
                staff: .person(StaffCode("R-07")),
                period: period("2026-11-20T21:00", "2026-11-21T06:30"))),
        "site/shift-shortened.v1": .shiftShortened(
            early, to: period("2026-11-20T07:45", "2026-11-20T10:00"), reason: .sickLeave),
        "site/shift-withdrawn.v1": .shiftWithdrawn(early, reason: .sickLeave),
        "site/stock-counted.v1": .stockCounted(
            StockCount(
                item: vials, at: time("2026-11-20T07:30"),
                lots: [
                    StockLot(vials: 6, lot: LotNumber("8A31"), expiry: date("2027-03-31")),
                    StockLot(vials: 2),
                ])),
        "site/stock-counted.v1-nothing": .stockCounted(
            StockCount(item: vials, at: time("2026-11-20T07:30"), lots: [])),
        "site/delivery-recorded.v1": .deliveryRecorded(
            StockDelivery(
                id: SiteEntryID("order-4711"), item: vials, on: date("2026-12-02"),
                lot: StockLot(vials: 10, lot: nil, expiry: date("2028-06-30")))),
        "site/delivery-withdrawn.v1": .deliveryWithdrawn(SiteEntryID("order-4711")),
    ]

    private static let chair = ChairID("chair-3")
    private static let vials = StockItem(
        product: ProductKey("injectafer"), vial: Milligrams(750))
    private static let early = SiteEntryID("2026-11-20-early")

    static func date(_ text: String) -> CalendarDate {
        guard let date = CalendarDate(text) else { preconditionFailure("no such date: \(text)") }
        return date
    }

    private static func time(_ text: String) -> LocalTime {
        guard let time = LocalTime(text) else { preconditionFailure("no such time: \(text)") }
        return time
    }

    static func period(_ from: String, _ until: String) -> LocalPeriod {
        guard let period = LocalPeriod(from: time(from), until: time(until)) else {
            preconditionFailure("no such period: \(from) \(until)")
        }
        return period
    }

    private static func span(_ from: String, _ until: String) -> ClockSpan {
        guard let from = ClockTime(from), let until = ClockTime(until) else {
            preconditionFailure("no such span: \(from) \(until)")
        }
        return ClockSpan(from: from, until: until)
    }
}
