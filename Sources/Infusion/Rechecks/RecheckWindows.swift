/// The windows of the rules, as the pathways have them.
struct RecheckWindows: Hashable {
    /// When a look is due and overdue, where something else says from when a result counts.
    struct Dates: Hashable {
        let due: Int
        let overdueAfter: Int
        let source: String

        func window(from earliest: Int) -> RecheckWindow {
            RecheckWindow(
                earliest: earliest, due: due, overdueAfter: overdueAfter, source: source)
        }
    }

    let symptomCheck: RecheckWindow
    let hemoglobinTrend: RecheckWindow
    let hemoglobinResponse: RecheckWindow
    let phosphate: RecheckWindow
    let phosphateSymptoms: RecheckWindow
    let fullIronPanel: RecheckWindow
    let beforeDelivery: RecheckWindow
    let preOperative: RecheckWindow
    let ferumoxytol: RecheckWindow
    let admission: RecheckWindow
    let retreatment: RecheckWindow
    let stimulation: RecheckWindow
    let ironStores: Dates
    let maintenance: Dates
    let cyclePanel: Dates
    let emergency: Dates
    let urgent: Dates
    let soon: Dates

    /// R4: from when ferritin and saturation are no longer falsely high, and due no sooner than that.
    func ironStores(earliest: Int) -> RecheckWindow {
        RecheckWindow(
            earliest: earliest, due: max(ironStores.due, earliest),
            overdueAfter: ironStores.overdueAfter, source: ironStores.source)
    }

    /// Due from its own day on, for it cannot wait: overdue after that day for an emergency, after 72 h,
    /// three days, for what is urgent, and after two weeks for the rest.
    func escalation(_ urgency: Urgency) -> RecheckWindow {
        switch urgency {
        case .emergency: emergency.window(from: 0)
        case .urgent: urgent.window(from: 0)
        case .soon, .routine: soon.window(from: 0)
        }
    }

    /// R7: around the day of the week, with results as old as the label allows; from plan day 1.
    func maintenance(week: Int, maxAgeDays: Int) -> RecheckWindow {
        let day = week * 7
        return RecheckWindow(
            earliest: day - maxAgeDays, due: day + maintenance.due,
            overdueAfter: day + maintenance.overdueAfter, source: maintenance.source)
    }

    /// R11: before the cycle, with results of so many days before it.
    func cyclePanel(days: Int) -> RecheckWindow { cyclePanel.window(from: -days) }
}

extension ClinicalPolicy {
    func maintenanceWindow(week: Int) -> RecheckWindow {
        windows.maintenance(week: week, maxAgeDays: diagnosis.maintenanceMaxAgeDays)
    }

    var cyclePanelWindow: RecheckWindow { windows.cyclePanel(days: rechecks.cyclePanelDays) }
}
