/// A part of a visit: check-in and access, infusion, flush, observation, discharge.
public struct VisitPhase: Hashable, Sendable {
    public let minutes: Int
    /// Whether it takes one nurse's hands throughout. In the others she only looks after the patient.
    public let needsNurse: Bool

    public init(minutes: Int, needsNurse: Bool) {
        self.minutes = minutes
        self.needsNurse = needsNurse
    }
}
