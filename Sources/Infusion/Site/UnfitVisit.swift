/// Why a visit that was booked no longer fits its site, or its patient. The names are those that a booking would be refused
/// with.
public enum UnfitReason: String, Hashable, Sendable, CaseIterable {
    case siteClosed = "site-closed"
    case chairNotFound = "chair-not-found"
    case chairRetired = "chair-retired"
    case chairOutOfService = "chair-out-of-service"
    case noResuscitationCover = "no-resuscitation-cover"
    case afterLastStart = "after-last-start"
    case nurseStarts = "nurse-starts"
    case nursePatients = "nurse-patients"
    // By what became of the patient, of the order or of another visit.
    /// The order is held, completed or cancelled, or its course has gone idle by then.
    case orderNotActive = "order-not-active"
    case gatesShut = "gates-shut"
    /// The visits before it take all doses that are left of the order.
    case orderFullyBooked = "order-fully-booked"
    case visitTooShort = "visit-too-short"
    // By either.
    case stockShort = "stock-short"

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
    /// The patient's gates that let it be booked before and would refuse it now, in their order; whichever the reason is.
    public let gates: [Gate]

    public init(
        appointment: AppointmentID, slot: AppointmentSlot, start: LocalTime, reason: UnfitReason,
        gates: [Gate] = []
    ) {
        self.appointment = appointment
        self.slot = slot
        self.start = start
        self.reason = reason
        self.gates = gates
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
