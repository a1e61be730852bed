import Infusion
import InfusionProjections

extension RecheckQueueCursor {
    /// As the API writes it, readable on purpose: `urgent_2026-03-01_<patient>.R3-17`.
    var token: String { "\(urgency.rawValue)_\(due)_\(patient).\(recheck)" }

    init?(token: String) {
        let parts = token.split(separator: "_", omittingEmptySubsequences: false)
        guard parts.count == 3, let urgency = Urgency(rawValue: String(parts[0])),
            let due = CalendarDate(String(parts[1])), let row = RecheckReference(String(parts[2]))
        else { return nil }
        self.init(urgency: urgency, due: due, patient: row.patient, recheck: row.recheck)
    }
}
