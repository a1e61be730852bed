/// Another patient's stream as far as it was read, for a decision that concerns two.
public struct OtherPatient: Sendable {
    public let patient: PatientID
    /// From the first one on.
    public let events: [PatientEvent]
    /// What they fold to.
    public let state: PatientState

    public init(patient: PatientID, events: [PatientEvent]) {
        self.patient = patient
        self.events = events
        state = PatientState.fold(events)
    }
}
