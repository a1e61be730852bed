import Foundation
import Infusion

/// The practice of the file as an infusion site, and what the file does not say and is set; see
/// `docs/real-input.md`.
struct Practice: Sendable {
    static let site = SiteID("practice")
    static let timeZone = "America/New_York"
    /// Visits begin every quarter of an hour in turn, so each chair has one every 150 min.
    static let chairs = 10
    /// Of a visit for 750 mg of ferric carboxymaltose (clinical facts §9.1).
    static let visitMinutes: Int64 = 90
    /// From the end of the infusion to the discharge.
    static let observationMinutes: Int64 = 30
    /// Nobody is treated before; the youngest of the file are taken to be so old.
    static let leastAge = 18

    let clock: ZoneClock

    init?() {
        guard let zone = TimeZone(identifier: Self.timeZone) else { return nil }
        clock = ZoneClock(zone)
    }

    func chair(of appointment: ReplayedAppointment) -> ChairID {
        ChairID("chair-\((appointment.slot - 1) % Self.chairs + 1)")
    }

    func instant(_ date: CalendarDate, _ hour: Int, _ minute: Int = 0) -> Instant {
        guard let time = ClockTime(minutes: hour * 60 + minute) else {
            preconditionFailure("an hour of the clock")
        }
        return clock.instant(of: LocalTime(date, time))
    }

    func bookedAt(_ appointment: ReplayedAppointment) -> Instant {
        instant(appointment.bookedOn, 6)
    }

    /// The file does not tell when: at noon of the day before; one in five, where nobody takes its place, on
    /// the day at 07:00; and in any case before the place is given away.
    func cancelledAt(
        _ appointment: ReplayedAppointment, before next: ReplayedAppointment?
    ) -> Instant {
        let dayBefore = instant(appointment.date.adding(days: -1), 12)
        if let next { return min(dayBefore, bookedAt(next).adding(minutes: -1)) }
        return appointment.number.isMultiple(of: 5) ? instant(appointment.date, 7) : dayBefore
    }

    func missedAt(_ appointment: ReplayedAppointment) -> Instant {
        instant(appointment.date, 18, 30)
    }
}
