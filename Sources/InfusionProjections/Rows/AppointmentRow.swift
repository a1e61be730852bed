public import EventStore
public import Infusion

/// One revision of an appointment: the calendar as of any position is the revisions open at it.
public struct AppointmentRow: Hashable, Sendable {
    public let appointment: AppointmentID
    public let patient: PatientID
    public let order: OrderID
    public let slot: AppointmentSlot
    public let status: AppointmentStatus
    /// Until when it is kept without an answer, while it is `pending`.
    public let heldUntil: Instant?
    /// Somebody answers for what the site's plan did not bear at this time.
    public let isOverridden: Bool
    /// The vials of the site that are kept for the visit.
    public let stock: StockNeed?
    public let opened: Position
    /// `nil` for the revision in force.
    public let closed: Position?

    public init(
        appointment: AppointmentID, patient: PatientID, order: OrderID, slot: AppointmentSlot,
        status: AppointmentStatus, heldUntil: Instant? = nil, isOverridden: Bool,
        stock: StockNeed? = nil,
        opened: Position, closed: Position?
    ) {
        self.appointment = appointment
        self.patient = patient
        self.order = order
        self.slot = slot
        self.status = status
        self.heldUntil = heldUntil
        self.isOverridden = isOverridden
        self.stock = stock
        self.opened = opened
        self.closed = closed
    }

    /// Its slot, or as much longer as its patient sits on in it as of `now`.
    public func taken(at now: Instant) -> AppointmentSlot {
        status == .checkedIn ? slot.taken(seatedAt: now) : slot
    }

    /// Whether it is a hold that nobody has agreed to in time. It takes nothing, whether or not the log has been
    /// told: it gives way to whoever asks for its chair.
    public func isLapsed(at now: Instant) -> Bool {
        heldUntil.map { $0 <= now } ?? false
    }

    /// The position of the row's last change.
    public var changed: Position { closed ?? opened }
}

/// FHIR `AppointmentStatus`, as far as an appointment can get here.
public enum AppointmentStatus: String, Hashable, Sendable, CaseIterable {
    /// A hold, until it is confirmed.
    case pending
    case booked
    /// Here, and waiting.
    case arrived
    /// In the chair.
    case checkedIn = "checked-in"
    /// Discharged.
    case fulfilled
    case cancelled, noshow

    /// Whether vials that are kept for the visit are kept, or were used.
    public var usesStock: Bool {
        switch self {
        case .pending, .booked, .arrived, .checkedIn, .fulfilled: true
        case .cancelled, .noshow: false
        }
    }

    /// Whether the chair is taken.
    public var occupiesChair: Bool {
        switch self {
        case .pending, .booked, .arrived, .checkedIn: true
        case .fulfilled, .cancelled, .noshow: false
        }
    }
}
