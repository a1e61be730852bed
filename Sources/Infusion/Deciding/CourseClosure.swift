/// When a course closes by itself: at max(28 d, planned gap + 14 d) of idleness, so that the
/// heart-failure plan's week-6 dose stays in it (resolution R-3); that plan itself ends after its
/// last window.
struct CourseClosure {
    static let status = "closed-idle"
    static let idleDays = 28
    static let daysAfterPlannedGap = 14

    /// The last clinic-local date on which the course is still open.
    let lastDate: CalendarDate

    /// `nil` while nothing has been given under the order: a course that has not begun cannot go
    /// idle.
    init?(_ order: OrderRecord, state: PatientState, formulary: Formulary) {
        let dates = state.doses(of: order.id).map(\.started.localDate)
        guard let first = dates.min(), let last = dates.max() else { return nil }
        let interval = formulary.row(order.order.dosingRow, of: order.order.product)?.interval
        if let schedule = interval?.anchored {
            // Anchored on plan day 1 and never re-anchored.
            lastDate = first.adding(days: schedule.lastDay)
            return
        }
        let gap = max(interval?.minimumDays ?? 0, interval?.maximumDays ?? 0)
        lastDate = last.adding(days: max(Self.idleDays, gap + Self.daysAfterPlannedGap))
    }
}
