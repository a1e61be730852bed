public import EventStore
public import Infusion

/// One revision of an entry of the wait list: the list as of any position is the waiting and offered
/// revisions open at it.
public struct WaitlistRow: Hashable, Sendable {
    /// A time that is held for the patient, and until when; whether it has run out is for whoever asks.
    public struct Offer: Hashable, Sendable {
        public let appointment: AppointmentID
        public let until: Instant
        public init(appointment: AppointmentID, until: Instant) {
            self.appointment = appointment
            self.until = until
        }
    }

    public let patient: PatientID
    public let request: WaitlistRequest
    public let urgency: Urgency
    public let due: CalendarDate
    /// When it came on the list.
    public let since: Instant
    public let status: WaitlistStatus
    /// Where the status is `offered`.
    public let offer: Offer?
    public let opened: Position
    /// `nil` for the revision in force.
    public let closed: Position?

    public init(
        patient: PatientID, request: WaitlistRequest, urgency: Urgency, due: CalendarDate,
        since: Instant, status: WaitlistStatus, offer: Offer?, opened: Position, closed: Position?
    ) {
        self.patient = patient
        self.request = request
        self.urgency = urgency
        self.due = due
        self.since = since
        self.status = status
        self.offer = offer
        self.opened = opened
        self.closed = closed
    }

    public var order: OrderID { request.order }
}

/// Where an entry of the wait list stands.
public enum WaitlistStatus: String, Hashable, Sendable, CaseIterable {
    case waiting
    /// A time is held for the patient.
    case offered
    /// A visit was agreed on.
    case booked
    /// Taken off without one.
    case left

    /// Whether it is on the list.
    public var isListed: Bool {
        switch self {
        case .waiting, .offered: true
        case .booked, .left: false
        }
    }
}

/// A row's place on the list: most urgent first, then by due date, then who came first.
public struct WaitlistPlace: Hashable, Comparable, Sendable {
    public let urgency: Urgency
    public let due: CalendarDate
    public let since: Instant
    public let order: OrderID
    public let patient: PatientID

    public init(
        urgency: Urgency, due: CalendarDate, since: Instant, order: OrderID, patient: PatientID
    ) {
        self.urgency = urgency
        self.due = due
        self.since = since
        self.order = order
        self.patient = patient
    }

    public static func < (left: WaitlistPlace, right: WaitlistPlace) -> Bool {
        if left.urgency != right.urgency { return left.urgency.rank < right.urgency.rank }
        return (left.due, left.since, left.order.description, left.patient.description)
            < (right.due, right.since, right.order.description, right.patient.description)
    }
}

extension WaitlistRow {
    public var place: WaitlistPlace {
        WaitlistPlace(urgency: urgency, due: due, since: since, order: order, patient: patient)
    }
}
