public import EventStore

/// An appointment as known at some position, and where the log tells how it came to be so.
public struct AppointmentHistory: Hashable, Sendable {
    /// The revision in force.
    public let current: AppointmentRow
    /// The events that made its revisions, in order; the last one opened ``current``.
    public let revisions: [Position]
    /// The event that ordered what the visit is for; `nil` if no order of the patient has that id.
    public let ordered: Position?

    public init(current: AppointmentRow, revisions: [Position], ordered: Position?) {
        self.current = current
        self.revisions = revisions
        self.ordered = ordered
    }
}
