/// What a chair, a date or a site did. All of it adds up: the figures of several chairs and dates are the sum
/// of theirs, and each rate is made of the sums.
public struct UtilizationFigures: Hashable, Sendable {
    /// Visits by what became of them; without holds.
    public internal(set) var visits: [AppointmentStatus: Int] = [:]
    /// Holds that still wait for an answer.
    public internal(set) var holdsPending = 0
    /// Holds that were given up or ran out.
    public internal(set) var holdsLapsed = 0
    /// Cancelled on the date of the visit, or later.
    public internal(set) var cancelledOnTheDay = 0
    public internal(set) var arrivalsTold = 0
    public internal(set) var late = 0
    public internal(set) var beginningsTold = 0
    public internal(set) var startedOnTime = 0
    /// Visits in the chair, or past it, of which the beginning or the discharge is not told.
    public internal(set) var untimed = 0
    public internal(set) var leadTimes = LeadTimes()

    /// Seconds that chairs could be used; `nil` where nobody told when the site is open.
    public internal(set) var openSeconds: Int64?
    /// Seconds that chairs were promised to somebody.
    public internal(set) var scheduledSeconds: Int64 = 0
    /// Of these, those in which the chair could be used.
    public internal(set) var scheduledOpenSeconds: Int64 = 0
    /// Seconds that somebody sat in a chair.
    public internal(set) var actualSeconds: Int64 = 0
    /// Of these, those in which the chair could be used.
    public internal(set) var actualOpenSeconds: Int64 = 0

    public init() {}

    public var allVisits: Int { visits.values.reduce(0, +) }

    /// Chair minutes promised, of those in which chairs could be used.
    public var scheduledUtilization: Share? {
        openSeconds.map { Share(scheduledOpenSeconds / 60, of: $0 / 60) }
    }

    /// Chair minutes sat, of those in which chairs could be used.
    public var actualUtilization: Share? {
        openSeconds.map { Share(actualOpenSeconds / 60, of: $0 / 60) }
    }

    /// Who did not come, of those who came and those who did not. A visit that was cancelled or whose
    /// outcome nobody told is neither.
    public var noShow: Share {
        let missed = self[.noshow]
        return Share(missed, of: missed + self[.arrived] + self[.checkedIn] + self[.fulfilled])
    }

    /// Of all visits.
    public var cancelled: Share { Share(self[.cancelled], of: allVisits) }

    /// Of all visits.
    public var cancelledSameDay: Share { Share(cancelledOnTheDay, of: allVisits) }

    /// Of the arrivals that were told.
    public var lateArrivals: Share { Share(late, of: arrivalsTold) }

    /// Of the beginnings that were told.
    public var templateAdherence: Share { Share(startedOnTime, of: beginningsTold) }

    public subscript(status: AppointmentStatus) -> Int { visits[status] ?? 0 }

    public static func += (left: inout UtilizationFigures, right: UtilizationFigures) {
        left.visits.merge(right.visits, uniquingKeysWith: +)
        left.holdsPending += right.holdsPending
        left.holdsLapsed += right.holdsLapsed
        left.cancelledOnTheDay += right.cancelledOnTheDay
        left.arrivalsTold += right.arrivalsTold
        left.late += right.late
        left.beginningsTold += right.beginningsTold
        left.startedOnTime += right.startedOnTime
        left.untimed += right.untimed
        left.leadTimes += right.leadTimes
        if let open = right.openSeconds { left.openSeconds = (left.openSeconds ?? 0) + open }
        left.scheduledSeconds += right.scheduledSeconds
        left.scheduledOpenSeconds += right.scheduledOpenSeconds
        left.actualSeconds += right.actualSeconds
        left.actualOpenSeconds += right.actualOpenSeconds
    }
}
