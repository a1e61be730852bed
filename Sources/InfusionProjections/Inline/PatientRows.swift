import EventStore
public import Infusion

/// One patient's rows in every inline projection.
///
/// Applying the changes of each command in turn, or those of the whole history at once, gives the
/// same rows: that inline equals rebuilt is this property, and PostgreSQL's functions are held to
/// it.
public struct PatientRows: Hashable, Sendable {
    public internal(set) var state: PatientStateRow?
    /// In the order they opened.
    public internal(set) var rechecks: [RecheckQueueRow] = []
    /// In the order they opened.
    public internal(set) var appointments: [AppointmentRow] = []
    public internal(set) var references: [SubjectReference: SubjectReferenceRow] = [:]
    /// In the order they opened.
    public internal(set) var waitlist: [WaitlistRow] = []

    public init() {}

    /// Brings all rows up to date with `changes`, whose events are at `positions`.
    public mutating func apply(_ changes: PatientChanges, at positions: StreamPositions) {
        state = PatientStateProjection.row(changes, at: positions) ?? state
        RecheckQueueProjection.apply(changes, at: positions, to: &rechecks)
        AppointmentCalendarProjection.apply(changes, at: positions, to: &appointments)
        SubjectReferenceProjection.apply(changes, at: positions, to: &references)
        WaitlistProjection.apply(changes, at: positions, to: &waitlist)
    }

    /// The rows of a whole history and the state it folds to; `nil` if the patient was never
    /// registered.
    public init?(of events: [PatientEvent], to state: PatientState, at positions: StreamPositions) {
        guard state.registration != nil else { return nil }
        apply(
            PatientChanges.make(before: PatientState(), events: events, after: state), at: positions
        )
    }
}

/// Rows as a store hands them back, to be compared with folded ones.
extension PatientRows {
    public mutating func insert(_ row: PatientStateRow) { state = row }
    public mutating func insert(_ row: RecheckQueueRow) { rechecks.append(row) }
    public mutating func insert(_ row: AppointmentRow) { appointments.append(row) }
    public mutating func insert(_ row: WaitlistRow) { waitlist.append(row) }
    public mutating func insert(_ row: SubjectReferenceRow) { references[row.reference] = row }
}
