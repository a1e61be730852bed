/// What a start costs one visit, whatever the others do.
enum VisitCosts {
    /// Minutes from the end of regular hours, on the day in which it starts, to leaving.
    static func overtime(of visit: PlannedVisit, at start: Int, _ days: [DayHours]) -> Int {
        guard let day = days.first(where: { $0.open.contains(start) }) else { return 0 }
        return max(0, start + visit.chairMinutes - day.overtimeFrom)
    }

    /// Minutes between ready, or promised, and the start.
    static func waiting(of visit: PlannedVisit, at start: Int) -> Int {
        switch visit.timing {
        case .requested(_, let ready, _): max(0, start - ready)
        case .promised(let promised, _, _): max(0, start - promised)
        case .started: 0
        }
    }
}
