public import EventStore
public import Foundation
public import Infusion

/// Who asks: taken from a verified token, never from a body.
public struct Actor: Hashable, Sendable {
    /// The token's subject; written into every event's envelope.
    public let subject: String
    public let tenant: TenantID
    public let role: ClinicalRole
    public let scopes: Set<Scope>
    public init(subject: String, tenant: TenantID, role: ClinicalRole, scopes: Set<Scope>) {
        self.subject = subject
        self.tenant = tenant
        self.role = role
        self.scopes = scopes
    }
}

/// What a token allows, one per verb of the API.
public enum Scope: String, Hashable, Sendable, CaseIterable {
    case patientWrite = "patient.write"
    case patientRead = "patient.read"
    case patientErase = "patient.erase"
    case patientMerge = "patient.merge"
    case labWrite = "lab.write"
    case orderWrite = "order.write"
    case appointmentWrite = "appointment.write"
    case appointmentRead = "appointment.read"
    case doseWrite = "dose.write"
    case overrideWrite = "override.write"
    case recheckWrite = "recheck.write"
    case queueRead = "queue.read"
    case siteRead = "site.read"
    case siteWrite = "site.write"
    case eventRead = "event.read"
    case reportRead = "report.read"
}

/// Whose stream a command goes to: the patient, or the patient who owns the thing named.
public enum CommandTarget: Hashable, Sendable {
    case patient(PatientID)
    case order(OrderID)
    case appointment(AppointmentID)
    case dose(DoseID)
    case lab(LabResultID)
    case reaction(ReactionID)
}

/// A command with everything that makes it safe to send twice.
public struct CommandRequest: Sendable {
    public let actor: Actor
    /// Derived from the caller's idempotency key; see ``CommandKey``.
    public let commandID: CommandID
    /// A digest of what was asked: method, path and body.
    public let fingerprint: [UInt8]
    public let correlationID: UUID
    /// The version the caller decided on (`If-Match`); `nil` to accept any.
    public let expectedVersion: StreamVersion?
    public let target: CommandTarget
    public let command: PatientCommand

    public init(
        actor: Actor, commandID: CommandID, fingerprint: [UInt8], correlationID: UUID,
        expectedVersion: StreamVersion?, target: CommandTarget, command: PatientCommand
    ) {
        self.actor = actor
        self.commandID = commandID
        self.fingerprint = fingerprint
        self.correlationID = correlationID
        self.expectedVersion = expectedVersion
        self.target = target
        self.command = command
    }
}

/// What an accepted command is answered, the first time and every time after.
public struct CommandReceipt: Hashable, Sendable {
    public let patient: PatientID
    /// The patient's version after the command: the `ETag`.
    public let version: StreamVersion
    /// Positions of the command's events; `nil` if it changed nothing.
    public let positions: ClosedRange<Position>?
    /// The head of the log that the answer rests on.
    public let position: Position
    /// The types of the events it caused, in order.
    public let events: [String]
    /// Visits of the patient that stay booked and fit no longer by this command; see ``UnfitCourse``. It is accepted all
    /// the same.
    public let unfit: UnfitVisits
    /// Of an order: the gates that would stop its doses as it was signed. It is accepted all the same.
    public let shutGates: [Finding]
    public let recordedAt: Timestamp
    /// Whether this answer was given before.
    public let replayed: Bool

    public init(
        patient: PatientID, version: StreamVersion, positions: ClosedRange<Position>?,
        position: Position, events: [String], unfit: UnfitVisits = .none,
        shutGates: [Finding] = [], recordedAt: Timestamp, replayed: Bool
    ) {
        self.patient = patient
        self.version = version
        self.positions = positions
        self.position = position
        self.events = events
        self.unfit = unfit
        self.shutGates = shutGates
        self.recordedAt = recordedAt
        self.replayed = replayed
    }
}
