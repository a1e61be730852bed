public import Infusion

/// One command of the demo clinic and the moment it is given.
public struct DemoStep: Sendable {
    public let at: Instant
    public let patient: PatientID
    public let command: PatientCommand
}
