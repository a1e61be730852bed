import Infusion

/// What an appointment can collide with; the names are what a refused command is told, for ever.
///
/// Memory judges by this function, PostgreSQL by `infusion.judge_reservations` behind the tenant's
/// lock and, behind that, by exclusion constraints which must never fire. One suite holds them
/// together.
public enum Reservation: String, Hashable, Sendable, CaseIterable {
    /// The chair is taken at that time.
    case chair = "chair-overlap"
    /// The patient has another appointment at that time.
    case patient = "patient-overlap"
    /// Somebody sits in the chair: a visit began in it and its patient has not been discharged. Nobody else is
    /// seated in it then, nor given it for a time that has begun.
    case occupied = "chair-occupied"
    /// The nurses of the quarter hour start no further infusion.
    case nurseStarts = "nurse-starts"
    /// The nurses of the quarter hour watch over no further patient.
    case nursePatients = "nurse-patients"
    /// Something was decided about the site since: the command is decided again, and nobody is told.
    case siteChanged = "site-changed"

    /// Which constraint of chair and patient forbids the revision; the chair is asked first.
    /// - Parameter now: When it was decided; see ``PatientChanges/decidedAt``.
    static func broken(
        by revision: PatientChanges.AppointmentRevision, of patient: PatientID,
        among others: some Sequence<AppointmentRow>, decidedAt now: Instant?
    ) -> Reservation? {
        guard revision.status.occupiesChair else { return nil }
        var isPatientTaken = false
        var isSeated = false
        for other in others
        where other.closed == nil && other.status.occupiesChair
            && other.appointment != revision.appointment
        {
            let isSameChair =
                other.slot.site == revision.slot.site && other.slot.chair == revision.slot.chair
            if other.slot.overlaps(revision.slot) {
                if isSameChair { return .chair }
                if other.patient == patient { isPatientTaken = true }
            }
            if isSameChair, other.status == .checkedIn,
                isWanted(from: other.slot, by: revision, decidedAt: now)
            {
                isSeated = true
            }
        }
        return isPatientTaken ? .patient : isSeated ? .occupied : nil
    }

    /// Whether the revision wants the chair while somebody sits in it: to seat its patient, or for a time that has
    /// begun when that of who sits in it is over; never where no chair is asked for. Who sat down longer ago than a
    /// visit can last is taken to have left without being discharged.
    private static func isWanted(
        from seated: AppointmentSlot, by revision: PatientChanges.AppointmentRevision,
        decidedAt now: Instant?
    ) -> Bool {
        guard let now else { return false }
        guard revision.status != .checkedIn else {
            return seated.start > revision.slot.start.adding(hours: -InfusionLimits.seatedHours)
        }
        return revision.slot.start <= now && seated.isSatOn(at: now)
    }
}

extension AppointmentSlot {
    /// Half-open intervals: one that ends when the other begins does not overlap it.
    func overlaps(_ other: AppointmentSlot) -> Bool { overlaps(from: other.start, to: other.end) }
    func overlaps(from: Instant, to: Instant) -> Bool { start < to && end > from }
}
