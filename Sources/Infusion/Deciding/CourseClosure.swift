/// When a course closes by itself: after so many idle days, or so many beyond the planned gap, which is
/// that of the order's indication, so that the heart-failure plan's week-6 dose stays in it (resolution
/// R-3); that plan itself ends after its last window.
struct CourseClosure {
    static let status = "closed-idle"

    /// The last clinic-local date on which the course is still open.
    let lastDate: CalendarDate

    /// `nil` while nothing has been given under the order: a course that has not begun cannot go
    /// idle.
    init?(_ order: OrderRecord, state: PatientState, in context: DecisionContext) {
        let dates = state.doses(of: order.id).map(\.started.localDate)
        guard let first = dates.min(), let last = dates.max() else { return nil }
        let row = context.formulary.row(order.order.dosingRow, of: order.order.product)
        let interval = row?.interval
        if let schedule = interval?.anchored {
            // Anchored on plan day 1 and never re-anchored.
            lastDate = first.adding(days: schedule.lastDay)
            return
        }
        let least = interval?.minimumDays(for: order.order.indication) ?? 0
        let gap = max(least, interval?.maximumDays ?? 0)
        let courses = context.site.policy.courses
        lastDate = last.adding(days: max(courses.idleDays, gap + courses.daysAfterPlannedGap))
    }
}
