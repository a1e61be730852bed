public import Foundation

/// One override as the report counts it: facts §10.2 ask for the rate per rule, since many overrides of a
/// rule say that it is often wrong. How often a gate was met and nobody overrode it is in no event, and not
/// counted.
public struct OverrideUse: Hashable, Sendable {
    public enum Outcome: String, Hashable, Sendable, CaseIterable {
        /// A dose was begun on it; of red cells, a visit was booked on it.
        case used
        /// It expired, and nobody had needed it.
        case expired
        /// Neither; whether its gate is still shut by the same facts is asked where it is needed.
        case open
    }

    /// The event that gave it, in the patient's stream.
    public let version: EventVersion
    public let gate: Gate
    /// When it was given, by the clinic's calendar.
    public let date: CalendarDate
    public let outcome: Outcome

    public init(version: EventVersion, gate: Gate, date: CalendarDate, outcome: Outcome) {
        self.version = version
        self.gate = gate
        self.date = date
        self.outcome = outcome
    }

    /// Every override of one stream that was given by `instant`, as it stood then. A merge carries none
    /// over, so nobody's is counted twice.
    public static func all(
        of state: PatientState, at instant: Instant, in zone: TimeZone
    ) -> [OverrideUse] {
        state.overrides.filter { $0.grantedAt <= instant }.map { record in
            OverrideUse(
                version: record.version, gate: record.override.gate,
                date: CalendarDate(record.grantedAt, in: zone),
                outcome: outcome(of: record, in: state, at: instant))
        }
    }

    private static func outcome(
        of record: OverrideRecord, in state: PatientState, at instant: Instant
    ) -> Outcome {
        if record.spentBy != nil || isBookedOn(record, in: state) { return .used }
        return record.override.expiresAt <= instant ? .expired : .open
    }

    /// Red cells begin no dose that would spend it: the visit names it.
    private static func isBookedOn(_ record: OverrideRecord, in state: PatientState) -> Bool {
        let order = record.override.order
        guard state.transfusionOrder(order) != nil else { return false }
        return state.appointments.contains { visit in
            visit.order == order
                && visit.findings.lazy.filter { $0.verdict == .overridden }
                    .flatMap(\.predicates).contains { $0.evidence.contains(record.version) }
        }
    }
}

/// The overrides of one gate that were given in one month.
public struct OverrideCount: Hashable, Sendable {
    /// Of the clinic's calendar.
    public let year: Int
    /// 1 to 12.
    public let month: Int
    public let gate: Gate
    public let used: Int
    public let expired: Int
    public let open: Int

    public var given: Int { used + expired + open }

    /// Months ascending, gates in their own order; what nobody overrode has no row.
    public static func counts(of uses: [OverrideUse]) -> [OverrideCount] {
        struct Month: Hashable {
            let year: Int
            let month: Int
        }
        let months = Dictionary(grouping: uses) { use in
            let date = use.date.components
            return Month(year: date.year, month: date.month)
        }
        return months.sorted { ($0.key.year, $0.key.month) < ($1.key.year, $1.key.month) }
            .flatMap { month, uses in
                Gate.allCases.compactMap { gate in
                    let own = uses.filter { $0.gate == gate }
                    guard !own.isEmpty else { return nil }
                    func count(_ outcome: OverrideUse.Outcome) -> Int {
                        own.count { $0.outcome == outcome }
                    }
                    return OverrideCount(
                        year: month.year, month: month.month, gate: gate, used: count(.used),
                        expired: count(.expired), open: count(.open))
                }
            }
    }
}
