/// A visit that is wanted and has no time yet: FHIR's `Appointment` of status `waitlist`. One order waits for
/// one visit at most, so the order names it.
public struct WaitlistRequest: Hashable, Sendable {
    public let order: OrderID
    /// Where; `nil` for any site of the clinic.
    public let site: SiteID?
    /// How long the visit takes its chair, minutes.
    public let minutes: Int
    /// The first and the last clinic-local date, both included; without either the request is dateless.
    public let earliest: CalendarDate?
    public let latest: CalendarDate?
    /// When the patient can come; never empty.
    public let weekdays: Set<Weekday>
    /// The visit lies between these times of the site's clock, both on one date; `nil` for any.
    public let hours: ClockSpan?
    /// How long before the visit the patient has to be asked, hours.
    public let noticeHours: Int

    public init(
        order: OrderID, site: SiteID?, minutes: Int, earliest: CalendarDate?,
        latest: CalendarDate?, weekdays: Set<Weekday>, hours: ClockSpan?, noticeHours: Int
    ) {
        self.order = order
        self.site = site
        self.minutes = minutes
        self.earliest = earliest
        self.latest = latest
        self.weekdays = weekdays
        self.hours = hours
        self.noticeHours = noticeHours
    }
}

/// How long the visit can wait, as the rule found it, with all that it rests on.
public struct WaitlistPriority: Hashable, Sendable {
    public let ruleVersion: Int
    public let urgency: Urgency
    /// The clinic-local date by which the visit should be: the list's order within an urgency.
    public let due: CalendarDate
    public let predicates: [Predicate]
    public let evidence: [EventVersion]

    public init(
        ruleVersion: Int, urgency: Urgency, due: CalendarDate, predicates: [Predicate],
        evidence: [EventVersion]
    ) {
        self.ruleVersion = ruleVersion
        self.urgency = urgency
        self.due = due
        self.predicates = predicates
        self.evidence = evidence
    }
}

/// What stands on the list: the request and its place.
public struct WaitlistEntry: Hashable, Sendable {
    public let request: WaitlistRequest
    public let priority: WaitlistPriority
    public init(request: WaitlistRequest, priority: WaitlistPriority) {
        self.request = request
        self.priority = priority
    }
}

/// A hold in time that was given back, for a patient of the list: the hold is an event of its own, and its
/// confirmation accepts the offer.
public struct WaitlistOffer: Hashable, Sendable {
    public let order: OrderID
    /// The visit that is held.
    public let appointment: AppointmentID
    /// Whose time it was; `nil` where nobody gave any back.
    public let freed: AppointmentID?
    public init(order: OrderID, appointment: AppointmentID, freed: AppointmentID?) {
        self.order = order
        self.appointment = appointment
        self.freed = freed
    }
}

/// The visit is not waited for any more.
public struct WaitlistLeft: Hashable, Sendable {
    public enum Reason: Hashable, Sendable {
        /// A visit of the order was agreed on, offered or not.
        case booked(AppointmentID)
        /// Cancelled, filled, closed, or every visit left of it is booked.
        case orderEnded
        case patientDeceased
        case patientErased
        case withdrawnByPerson(CancellationReason)
    }
    public let order: OrderID
    public let reason: Reason
    public init(order: OrderID, reason: Reason) {
        self.order = order
        self.reason = reason
    }
}
