import EventStore
import Infusion

/// How does the patient stand now? One row per patient, made again by every command.
public enum PatientStateProjection {
    /// 2: orders of red cells are told.
    /// 3: what happened elsewhere is told.
    /// 4: named tests that were done, and why an order is by vein, are told.
    public static let foldVersion = 4

    /// The row after `changes`; `nil` for a stream that has no event yet.
    static func row(_ changes: PatientChanges, at positions: StreamPositions) -> PatientStateRow? {
        positions[changes.version].map {
            PatientStateRow(
                patient: changes.patient, site: changes.site,
                version: StreamVersion(changes.version.value), position: $0,
                foldVersion: changes.foldVersion, document: changes.document)
        }
    }
}
