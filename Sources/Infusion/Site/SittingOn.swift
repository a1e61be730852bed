/// A patient who is still in the chair when the visit's time is over: an infusion that ran late, an observation
/// that lasts. The chair is free on the discharge and not on the clock (clinical facts §9.2).
extension AppointmentSlot {
    /// Until when the slot takes its chair and the nurses, as of `now`, if its patient sits in it: to its end or,
    /// from then on, to the end of the quarter hour that holds `now`. Who sat down longer ago than a visit can last
    /// is taken to have left without being discharged.
    public func takenUntil(seatedAt now: Instant) -> Instant {
        isSatOn(at: now) ? QuarterHour(holding: now).end : end
    }

    /// The slot for as long as its patient, who sits in it, takes it as of `now`.
    public func taken(seatedAt now: Instant) -> AppointmentSlot {
        AppointmentSlot(site: site, chair: chair, start: start, end: takenUntil(seatedAt: now))
    }

    /// Whether the time of the slot is over, and its patient, who has not been discharged, still there.
    public func isSatOn(at now: Instant) -> Bool {
        end <= now && start > now.adding(hours: -InfusionLimits.seatedHours)
    }
}
