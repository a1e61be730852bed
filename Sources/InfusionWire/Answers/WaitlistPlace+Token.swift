import Infusion
public import InfusionProjections

extension WaitlistPlace {
    /// The sort key, readable on purpose: `urgent_2026-03-01_<microseconds>_<order>_<patient>`.
    public var token: String {
        "\(urgency.rawValue)_\(due)_\(since.microsecondsSinceUnixEpoch)_\(order)_\(patient)"
    }

    /// `nil` for what is not a ``token``.
    public init?(token: String) {
        let parts = token.split(separator: "_", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 5, let urgency = Urgency(rawValue: parts[0]),
            let due = CalendarDate(parts[1]), let since = Int64(parts[2]),
            let order = OrderID(parts[3]), let patient = PatientID(parts[4])
        else { return nil }
        self.init(
            urgency: urgency, due: due, since: Instant(microsecondsSinceUnixEpoch: since),
            order: order, patient: patient)
    }
}
