public import Infusion

/// Why a command's reservation was not made, as the append tells it: a constraint and, of what is counted
/// by quarter hours, which one is full.
public struct Unavailability: Hashable, Sendable {
    public let constraint: String
    public let quarter: QuarterHour?

    public init(_ reservation: Reservation, in quarter: QuarterHour? = nil) {
        constraint = reservation.rawValue
        self.quarter = quarter
    }

    /// Reads what an append came back with: a name, or a name, `@` and the seconds since 1970 at which the
    /// quarter hour begins.
    public init(reason: String) {
        let parts = reason.split(separator: "@", maxSplits: 1)
        if parts.count == 2, let seconds = Int64(parts[1]) {
            constraint = String(parts[0])
            quarter = QuarterHour(
                holding: Instant(microsecondsSinceUnixEpoch: seconds * 1_000_000))
        } else {
            constraint = reason
            quarter = nil
        }
    }

    public var reason: String {
        guard let quarter else { return constraint }
        return "\(constraint)@\(quarter.start.microsecondsSinceUnixEpoch / 1_000_000)"
    }

    public func isOf(_ reservation: Reservation) -> Bool { constraint == reservation.rawValue }

    /// The first quarter hour that does not bear one more, starts before patients; `nil` where all do.
    /// - Parameter now: When the revision was decided.
    init?(
        of takings: [NurseTaking], for revision: PatientChanges.AppointmentRevision,
        among others: some Sequence<AppointmentRow>, decidedAt now: Instant?
    ) {
        let sharing = others.filter {
            $0.closed == nil && $0.status.occupiesChair && $0.slot.site == revision.slot.site
                && $0.appointment != revision.appointment
        }.map { row in now.map(row.taken(at:)) ?? row.slot }
        let full = takings.filter { taking in
            sharing.count { taking.isShared(by: $0) } >= taking.allowed
        }
        for limit in NurseLimit.allCases {
            let quarters = full.filter { $0.limit == limit }.map(\.quarter)
            guard let first = quarters.min() else { continue }
            self.init(limit.reservation, in: first)
            return
        }
        return nil
    }
}

extension NurseLimit {
    fileprivate var reservation: Reservation {
        switch self {
        case .starts: .nurseStarts
        case .patients: .nursePatients
        }
    }
}
