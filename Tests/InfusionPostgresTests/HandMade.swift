import EventStore
import Foundation
import Infusion
import InfusionJournal
import InfusionProjections
import ReadModelsConformance

/// Appends of events that a test has chosen itself.
enum HandMade {
    static func append(
        _ events: [PatientEvent], of patient: PatientID, before: PatientState, tenant: TenantID,
        decidedAt: Instant? = nil
    ) -> Append<PatientChanges> {
        let after = events.reduce(into: before) { $0.apply($1) }
        return append(
            ClinicFacts.stored(events, of: patient, tenant: tenant), of: patient,
            expected: StreamVersion(before.version.value),
            changes: PatientChanges.make(
                before: before, events: events, after: after, decidedAt: decidedAt))
    }

    static func append(
        _ stored: [EventData], of patient: PatientID, expected: StreamVersion,
        changes: PatientChanges
    ) -> Append<PatientChanges> {
        Append(
            commandID: CommandID(UUID()), fingerprint: [1], stream: PatientStream.id(of: patient),
            expected: expected, events: stored,
            metadata: EventMetadata(
                actor: "test", correlationID: UUID(), causation: nil, ruleSet: "test"),
            answer: [], changes: changes)
    }
}
