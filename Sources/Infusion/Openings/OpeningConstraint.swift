/// Why a visit cannot begin at a time, or on a date: the first of these that is against it. Where a
/// booking would be refused for the same, the name is the refusal's.
public enum OpeningConstraint: String, Hashable, Sendable, CaseIterable {
    // Of a date, whatever the time.
    /// The order is held, completed or cancelled, or its course has gone idle by then.
    case orderNotActive = "order-not-active"
    /// The site is not open on the date, or not at the time.
    case siteClosed = "site-closed"
    /// A dose so soon after another one, or so late after it, that the row does not allow it.
    case interval
    /// More in seven dates than the row allows.
    case weeklyLimit = "weekly-limit"
    /// A gate that refuses to be booked.
    case gatesShut = "gates-shut"
    /// What the visit rests on would be too old on the date, and no recheck is open that renews it.
    case labsStale = "labs-stale"
    /// The site's vials of the product do not go round with one visit more on the date.
    case stockShort = "stock-short"
    /// No date for a later visit of the course goes with this one.
    case restOfCourse = "rest-of-course"
    // Of a time.
    case past
    /// The visit would not have left its chair in time before closing.
    case afterLastStart = "after-last-start"
    /// No chair such as the visit needs is free for so long.
    case chairOverlap = "chair-overlap"
    /// Nobody who can treat anaphylaxis is there for all of the visit.
    case noResuscitationCover = "no-resuscitation-cover"
    case nursePatients = "nurse-patients"
    case nurseStarts = "nurse-starts"
    /// The patient is somewhere else.
    case patientOverlap = "patient-overlap"
}

extension OpeningConstraint {
    /// The constraints of a time in the order in which they are asked: of a date without openings
    /// that one ruled which came last.
    static let ofTimes: [OpeningConstraint] = [
        .siteClosed, .past, .afterLastStart, .chairOverlap, .noResuscitationCover, .nursePatients,
        .nurseStarts, .patientOverlap,
    ]
}
