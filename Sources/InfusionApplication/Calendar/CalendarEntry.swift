public import EventStore
public import Infusion
public import InfusionProjections

/// An appointment as a calendar shows it: what was agreed, and what is known to have happened. Nothing in it
/// is sealed.
public struct CalendarEntry: Hashable, Sendable {
    /// What the visit is for.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        case iron, redCells
    }

    public let appointment: AppointmentID
    public let patient: PatientID
    public let order: OrderID
    /// `nil` if the order is not known.
    public let kind: Kind?
    public let slot: AppointmentSlot
    public let status: InfusionProjections.AppointmentStatus
    /// Until when the chair is kept without an answer; `nil` for what is no hold.
    public let heldUntil: Instant?
    /// A hold that ran out by the moment that is asked about, whether or not the log has been told.
    public let isExpired: Bool
    /// `nil` if nobody recorded it.
    public let arrived: Instant?
    /// When the iron, or the red cells, were begun.
    public let started: Instant?
    /// When the patient left the chair; not recorded for red cells.
    public let discharged: Instant?
    /// Somebody answers for the visit going beyond what its site plans for at this time.
    public let capacityOverride: CapacityOverride?
    /// How often it was changed since it was made; what was told with a change, an override or the vials that
    /// are kept, is none of its own.
    public let changes: Int
    /// When the log learned of its last change.
    public let changedAt: Timestamp

    public init(
        appointment: AppointmentID, patient: PatientID, order: OrderID, kind: Kind?,
        slot: AppointmentSlot, status: InfusionProjections.AppointmentStatus,
        heldUntil: Instant? = nil,
        isExpired: Bool = false, arrived: Instant? = nil, started: Instant? = nil,
        discharged: Instant? = nil, capacityOverride: CapacityOverride? = nil, changes: Int,
        changedAt: Timestamp
    ) {
        self.appointment = appointment
        self.patient = patient
        self.order = order
        self.kind = kind
        self.slot = slot
        self.status = status
        self.heldUntil = heldUntil
        self.isExpired = isExpired
        self.arrived = arrived
        self.started = started
        self.discharged = discharged
        self.capacityOverride = capacityOverride
        self.changes = changes
        self.changedAt = changedAt
    }

    /// Whole minutes that were agreed on.
    public var minutes: Int64 { slot.end.seconds(since: slot.start) / 60 }
}
