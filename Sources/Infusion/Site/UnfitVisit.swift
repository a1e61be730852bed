/// Why a visit that was booked no longer fits its site, or its patient's other visits. The names are those that a booking would be refused with.
public enum UnfitReason: String, Hashable, Sendable, CaseIterable {
    case siteClosed = "site-closed"
    case chairNotFound = "chair-not-found"
    case chairRetired = "chair-retired"
    case chairOutOfService = "chair-out-of-service"
    case noResuscitationCover = "no-resuscitation-cover"
    case afterLastStart = "after-last-start"
    case nurseStarts = "nurse-starts"
    case nursePatients = "nurse-patients"
    case stockShort = "stock-short"
    // After another visit of the patient.
    case visitTooShort = "visit-too-short"
    case gatesShut = "gates-shut"

    init(_ limit: NurseLimit) {
        switch limit {
        case .starts: self = .nurseStarts
        case .patients: self = .nursePatients
        }
    }
}

/// A visit that stays booked and would not be booked any more, until people decide what becomes of it.
public struct UnfitVisit: Hashable, Sendable {
    public let appointment: AppointmentID
    public let slot: AppointmentSlot
    /// By the site's clocks.
    public let start: LocalTime
    public let reason: UnfitReason

    public init(
        appointment: AppointmentID, slot: AppointmentSlot, start: LocalTime, reason: UnfitReason
    ) {
        self.appointment = appointment
        self.slot = slot
        self.start = start
        self.reason = reason
    }
}

/// A visit that takes a chair of a site.
public struct SeatedVisit: Hashable, Sendable {
    public let appointment: AppointmentID
    public let slot: AppointmentSlot
    /// The patient is in the chair: it counts, and there is nothing to be decided about it.
    public let isBegun: Bool

    public init(_ appointment: AppointmentID, slot: AppointmentSlot, isBegun: Bool) {
        self.appointment = appointment
        self.slot = slot
        self.isBegun = isBegun
    }
}
