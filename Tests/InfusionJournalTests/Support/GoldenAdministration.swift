import EventStore
import Infusion
import InfusionJournal

/// An event of the administration stream for each of its golden files; they are in a folder of
/// their own, since another codec reads them.
enum GoldenAdministration {
    static let all: [String: AdministrationEvent] = [
        "administration/event-skipped.v1": .eventSkipped(
            EventSkipped(
                projection: "dose_report", patient: Fixtures.patient, position: Position(4_711),
                reason: .enteredInError)),
        "administration/formulary-activated.v1": .formularyActivated(
            KnowledgeActivated(
                version: "2026.11.0+site-1", contentHash: String(repeating: "0f", count: 32),
                content: "format: 1\nversion: 2026.11.0+site-1\n# \"µg\" and ≥\n")),
        "administration/pathways-activated.v1": .pathwaysActivated(
            KnowledgeActivated(
                version: "2026.11.0+site-2", contentHash: String(repeating: "1e", count: 32),
                content: "format: 1\nversion: 2026.11.0+site-2\n# \"g/dL\" and ≤\n")),
    ]
}
