public import EventStore
public import Infusion
import InfusionJournal

/// A visit as known at some position, and when in the clinic it became what it is.
public struct VisitTimes: Hashable, Sendable {
    public let slot: AppointmentSlot
    public let status: AppointmentStatus
    /// When the patient's visit was agreed to: booked, or held and then confirmed. `nil` for one that was
    /// only ever held.
    public let bookedAt: Instant?
    public let arrivedAt: Instant?
    /// The start that was agreed when the patient arrived: who is here may be given another one.
    public let agreedStart: Instant
    /// When the infusion began: the first that the log knows of the patient in the chair. `nil` for red cells,
    /// which are told when they have been given.
    public let beganAt: Instant?
    /// When the patient was discharged and the chair was free.
    public let leftAt: Instant?
    public let cancelledAt: Instant?
    /// A hold that had run out by the moment that is asked about, whether or not the log had been told.
    public let isLapsed: Bool

    /// - Parameters:
    ///   - current: The revision in force.
    ///   - headings: The events that made the appointment's revisions, in the order of the log.
    ///   - agreedStart: The start in force when the patient arrived, if it was changed since.
    ///   - isLapsed: Whether it is a hold that has run out by then.
    public init(
        of current: AppointmentRow, told headings: some Sequence<EventHeading>,
        agreedStart: Instant? = nil, isLapsed: Bool = false
    ) {
        var first: [EventType: Instant] = [:]
        for heading in headings {
            guard let type = EventType(rawValue: heading.type), first[type] == nil else { continue }
            first[type] = Instant(
                microsecondsSinceUnixEpoch: heading.effectiveAt.microsecondsSinceUnixEpoch)
        }
        slot = current.slot
        status = current.status
        bookedAt = first[.appointmentBooked] ?? first[.appointmentConfirmed]
        arrivedAt = first[.patientArrived]
        self.agreedStart = agreedStart ?? current.slot.start
        beganAt = first[.doseStarted]
        leftAt = first[.patientDischarged] ?? first[.visitLeft]
        cancelledAt = first[.appointmentCancelled]
        self.isLapsed = isLapsed
    }

    /// Whether anybody ever agreed to come. A hold that was given up or ran out is no visit.
    public var isVisit: Bool {
        switch status {
        case .pending: false
        case .cancelled: bookedAt != nil
        case .booked, .arrived, .checkedIn, .fulfilled, .noshow: true
        }
    }

    /// Whether the chair was kept for the patient to the end. A no-show kept it too, and nobody else could
    /// have it; a cancelled visit gave it back.
    public var keptChair: Bool {
        switch status {
        case .pending, .cancelled: false
        case .booked, .arrived, .checkedIn, .fulfilled, .noshow: true
        }
    }

    /// From the promised start to the promised end.
    var promised: TimeSpan? { TimeSpan(from: slot.start, until: slot.end) }

    /// From the beginning of the infusion to the discharge; `nil` while either is not told.
    var seated: TimeSpan? {
        guard let beganAt, let leftAt else { return nil }
        return TimeSpan(from: beganAt, until: leftAt)
    }
}
