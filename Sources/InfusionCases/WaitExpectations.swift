import Infusion

/// A time that a refused visit could be at.
struct AlternativeExpectation {
    let start: Instant
    var chair: String?
}

/// An appointment as the calendar shows it.
struct CalendarRowExpectation {
    /// A visit's name; of one that no step made, its patient's.
    let visit: String
    /// FHIR's, or `expired`.
    var status: String?
    var chair: String?
    var start: Instant?
    var minutes: Int64?
    /// Until when it is kept without an answer.
    var until: Instant?
}

/// A place on the wait list.
struct WaitlistRowExpectation {
    let patient: String
    var order: String?
    var urgency: Urgency?
    var due: CalendarDate?
    var status: String?
    /// Until when what was offered is held.
    var until: Instant?
}
