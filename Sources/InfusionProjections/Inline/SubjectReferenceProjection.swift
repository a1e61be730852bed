public import EventStore
public import Infusion

/// Whose is this order, appointment, dose, result or reaction? One row per thing and patient.
public enum SubjectReferenceProjection {
    public static let foldVersion = 1

    static func changes(
        of events: some Sequence<VersionedEvent>
    ) -> [PatientChanges.ReferenceOpening] {
        events.compactMap { located in
            reference(in: located.event.fact).map {
                PatientChanges.ReferenceOpening(version: located.version, reference: $0)
            }
        }
    }

    private static func reference(in fact: PatientFact) -> SubjectReference? {
        switch fact {
        case .labRecorded(let result): SubjectReference(.lab, result.id.uuid)
        case .infusionOrdered(let order): SubjectReference(.order, order.id.uuid)
        case .transfusionOrdered(let order): SubjectReference(.order, order.id.uuid)
        case .appointmentBooked(let appointment), .appointmentHeld(let appointment, _):
            SubjectReference(.appointment, appointment.id.uuid)
        case .doseStarted(let dose): SubjectReference(.dose, dose.id.uuid)
        case .reactionLogged(let reaction): SubjectReference(.reaction, reaction.id.uuid)
        case .patientRegistered, .identityCorrected, .labCorrected, .labRetracted, .weightRecorded,
            .heightRecorded, .clinicalContextSet, .clinicalFactRecorded, .orderHeld, .orderReleased,
            .orderCancelled, .appointmentMoved, .appointmentCancelled, .appointmentMissed,
            .appointmentConfirmed, .holdExpired, .capacityOverridden, .stockReserved,
            .patientArrived, .visitBegun, .visitLeft,
            .dosePaused, .doseResumed, .doseCompleted, .doseStopped, .reactionRegraded,
            .patientDischarged,
            .transfusionRecorded, .gateOverridden, .signedOff, .recheckOpened, .recheckClosed,
            .patientErased, .patientMerged, .historyCarried,
            .patientMergedInto, .patientUnmerged, .patientUnmergedFrom,
            .recordAttributed, .chairsideChecked,
            .transfusionOrderFilled, .decisionReviewed,
            .waitlistEntered, .waitlistChanged,
            .waitlistOffered, .waitlistLeft:
            nil
        }
    }

    /// Brings one patient's rows up to date; a thing named twice keeps its first row.
    static func apply(
        _ changes: PatientChanges, at positions: StreamPositions,
        to rows: inout [SubjectReference: SubjectReferenceRow]
    ) {
        for opening in changes.references where rows[opening.reference] == nil {
            guard let position = positions[opening.version] else { continue }
            rows[opening.reference] = SubjectReferenceRow(
                reference: opening.reference, patient: changes.patient, opened: position)
        }
    }
}

/// A thing and the patient it belongs to.
public struct SubjectReferenceRow: Hashable, Sendable {
    public let reference: SubjectReference
    public let patient: PatientID
    public let opened: Position
    public init(reference: SubjectReference, patient: PatientID, opened: Position) {
        self.reference = reference
        self.patient = patient
        self.opened = opened
    }
}
