/// Days from the anchor that a rule asks for, both ends included; negative before it (facts §6).
struct RecheckWindow {
    let earliest: Int
    let due: Int
    let overdueAfter: Int
    /// Who says so.
    let source: String

    /// R2: from +14 d, overdue after +35 d.
    static let hemoglobinTrend = RecheckWindow(
        earliest: 14, due: 14, overdueAfter: 35, source: "facts §6 R2")
    /// R3: "no earlier than 4 weeks post final administration", +28–56 d, overdue after +63 d.
    static let hemoglobinResponse = RecheckWindow(
        earliest: 28, due: 28, overdueAfter: 63, source: "facts §6 R3")
    /// R1: from +1 d, due +2 d, overdue after +4 d.
    static let symptomCheck = RecheckWindow(
        earliest: 1, due: 2, overdueAfter: 4, source: "facts §6 R1")
    /// R6: twelve weeks, overdue after +112 d.
    static let fullIronPanel = RecheckWindow(
        earliest: 84, due: 84, overdueAfter: 112, source: "facts §6 R6")
    /// R16: at least one month after the second dose; overdue as R3 is (ED).
    static let ferumoxytol = RecheckWindow(
        earliest: 30, due: 30, overdueAfter: 63, source: "facts §6 R16")
    /// R15: two to four weeks before surgery, overdue from a week before it on.
    static let preOperative = RecheckWindow(
        earliest: -28, due: -28, overdueAfter: -7, source: "facts §6 R15")
    /// R14: by 36w0d, that is 28 days before the estimated due date; asked for from 34w0d on (ED).
    static let beforeDelivery = RecheckWindow(
        earliest: -56, due: -42, overdueAfter: -28, source: "facts §6 R14")
    /// R5: from +10 d, the nadir at about +14 d, overdue after +28 d.
    static let phosphate = RecheckWindow(
        earliest: 10, due: 14, overdueAfter: 28, source: "facts §6 R5")
    /// R-16: symptoms at +14 d after every dose of ferric carboxymaltose, in R5's window.
    static let phosphateSymptoms = RecheckWindow(
        earliest: 10, due: 14, overdueAfter: 28, source: "R-16")

    /// R4: as R3, overdue after +84 d; after small doses (R-15) a result counts from +7 d.
    static func ironStores(earliest: Int) -> RecheckWindow {
        RecheckWindow(earliest: earliest, due: 28, overdueAfter: 84, source: "facts §6 R4, R-15")
    }

    /// R7: from seven days before the week on, with results as old as the label allows, and to
    /// fourteen days after it; from plan day 1 (R-3).
    static func maintenance(week: Int, _ policy: ClinicalPolicy) -> RecheckWindow {
        let day = week * 7
        return RecheckWindow(
            earliest: day - policy.diagnosis.maintenanceMaxAgeDays, due: day - 7,
            overdueAfter: day + 14, source: "facts §6 R7, R-3")
    }

    /// R11: a week before the cycle, overdue when it starts.
    static func cyclePanel(_ policy: ClinicalPolicy) -> RecheckWindow {
        RecheckWindow(
            earliest: -policy.rechecks.cyclePanelDays, due: -7, overdueAfter: 0,
            source: "facts §6 R11 (V2)")
    }

    /// Due from its own day on, for it cannot wait: overdue after that day for an emergency, and
    /// after 72 h, three days, for what is urgent.
    static func escalation(_ urgency: Urgency) -> RecheckWindow {
        RecheckWindow(
            earliest: 0, due: 0, overdueAfter: urgency == .emergency ? 0 : 3,
            source: "facts §6, urgency ladder: \(urgency.rawValue)")
    }

    /// The row's dates, each with the sum that gives it.
    func predicates(from anchor: RecheckAnchor) -> [Predicate] {
        [("earliest", earliest), ("due", due), ("overdue-after", overdueAfter)].map { name, days in
            .fact(
                name, anchor.date.adding(days: days), "=",
                "\(anchor.kind.name) \(days < 0 ? "-" : "+") \(abs(days)) d",
                holds: true, source: source, evidence: [anchor.version])
        }
    }
}
