import Infusion
public import InfusionProjections

extension RecheckQueueCursor {
    /// The sort key, readable on purpose: `urgent_2026-03-01_<patient>.R3-17`.
    public var token: String {
        "\(urgency.rawValue)_\(due)_\(RecheckReference(patient: patient, recheck: recheck))"
    }

    /// `nil` for what is not a ``token``.
    public init?(token: String) {
        let parts = token.split(separator: "_", omittingEmptySubsequences: false)
        guard parts.count == 3, let urgency = Urgency(rawValue: String(parts[0])),
            let due = CalendarDate(String(parts[1])), let row = RecheckReference(String(parts[2]))
        else { return nil }
        self.init(urgency: urgency, due: due, patient: row.patient, recheck: row.recheck)
    }
}
