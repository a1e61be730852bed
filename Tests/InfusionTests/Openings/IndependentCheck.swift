@testable import Infusion

/// Whether a visit can begin at an instant, asked of the day itself: every minute and every visit
/// is looked at, and nothing is counted ahead.
struct IndependentCheck {
    let day: SiteDay
    let visits: [SiteCalendar.Visit]
    let visit: DayStarts.Visit
    let turnoverMinutes: Int64

    /// The chairs that are free for it.
    func chairs(at start: Instant) -> [ChairID] {
        guard let span = TimeSpan(from: start, until: end(start)) else { return [] }
        return day.chairs.filter { chair in
            visit.needs.are(metBy: chair.chair)
                && chair.usable.all.contains { $0.from <= span.from && span.until <= $0.until }
                && !visits.contains { other in
                    other.chair == chair.chair.id
                        && other.from < span.until.adding(minutes: turnoverMinutes)
                        && span.from < other.until.adding(minutes: turnoverMinutes)
                }
        }.map(\.chair.id)
    }

    func constraint(at start: Instant) -> OpeningConstraint? {
        guard let opening = day.open.all.first(where: { $0.contains(start) }) else {
            return .siteClosed
        }
        if start < visit.notBefore { return .past }
        let buffer = Int64(day.limits[.closingBufferMinutes])
        let last =
            opening.until == day.horizon ? opening.until : opening.until.adding(minutes: -buffer)
        if end(start) > last { return .afterLastStart }
        if chairs(at: start).isEmpty { return .chairOverlap }
        let quarters = quarters(from: start, until: end(start))
        if day.plansStaff, let problem = staffProblem(in: quarters) { return problem }
        let isBusy = visit.busy.contains { $0.from < end(start) && start < $0.until }
        return isBusy ? .patientOverlap : nil
    }

    private func staffProblem(in quarters: [TimeSpan]) -> OpeningConstraint? {
        if quarters.contains(where: { fewest(\.resuscitation, in: $0) == 0 }) {
            return .noResuscitationCover
        }
        let patients = { (quarter: TimeSpan) in
            visits.count { $0.from < quarter.until && quarter.from < $0.until }
        }
        if quarters.contains(where: {
            patients($0) + 1 > fewest(\.nurses, in: $0) * day.limits[.patientsPerNurse]
        }) {
            return .nursePatients
        }
        let starts = visits.count { quarters[0].contains($0.from) }
        if starts + 1 > fewest(\.nurses, in: quarters[0]) * day.limits[.startsPerNurse] {
            return .nurseStarts
        }
        return nil
    }

    private func end(_ start: Instant) -> Instant { start.adding(minutes: Int64(visit.minutes)) }

    /// The quarters of an hour that the time touches.
    private func quarters(from: Instant, until: Instant) -> [TimeSpan] {
        let quarter: Int64 = 900_000_000
        var begin = from.microsecondsSinceUnixEpoch / quarter * quarter
        var quarters: [TimeSpan] = []
        while begin < until.microsecondsSinceUnixEpoch {
            let from = Instant(microsecondsSinceUnixEpoch: begin)
            if let span = TimeSpan(from: from, until: from.adding(minutes: 15)) {
                quarters.append(span)
            }
            begin += quarter
        }
        return quarters
    }

    /// Of those who are there in each minute of it.
    private func fewest(_ count: (SiteDay.Staffing) -> Int, in quarter: TimeSpan) -> Int {
        (0..<15).map { minute in
            let at = quarter.from.adding(minutes: Int64(minute))
            return day.staffing.first { $0.span.contains(at) }.map(count) ?? 0
        }.min() ?? 0
    }
}
