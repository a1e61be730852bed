/// The windows of the rules, as the pathways have them.
struct RecheckWindows: Hashable {
    /// When a look is due and overdue, where something else says from when a result counts.
    struct Dates: Hashable {
        let due: Int
        let overdueAfter: Int
        /// Who says so, of either.
        let becauseDue: String
        let becauseOverdue: String

        func window(from earliest: Int, because: String) -> RecheckWindow {
            RecheckWindow(
                earliest: earliest, due: due, overdueAfter: overdueAfter,
                because: RecheckWindow.Because(
                    earliest: because, due: becauseDue, overdueAfter: becauseOverdue))
        }

        /// From its own day on.
        var atOnce: RecheckWindow { window(from: 0, because: becauseDue) }
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
    let infection: Dates
    let maintenance: Dates
    let cyclePanel: Dates
    let emergency: Dates
    let urgent: Dates
    let soon: Dates

    /// R4: from when ferritin and saturation are no longer falsely high, and due no sooner than that.
    func ironStores(earliest: Int, because: String) -> RecheckWindow {
        let dates = Dates(
            due: max(ironStores.due, earliest), overdueAfter: ironStores.overdueAfter,
            becauseDue: earliest > ironStores.due ? because : ironStores.becauseDue,
            becauseOverdue: ironStores.becauseOverdue)
        return dates.window(from: earliest, because: because)
    }

    /// Due from its own day on, for it cannot wait: overdue after that day for an emergency, after 72 h,
    /// three days, for what is urgent, and after two weeks for the rest.
    func escalation(_ urgency: Urgency) -> RecheckWindow {
        switch urgency {
        case .emergency: emergency.atOnce
        case .urgent: urgent.atOnce
        case .soon, .routine: soon.atOnce
        }
    }

    /// R7: around the day of the week, with results as old as the label allows; from plan day 1.
    func maintenance(week: Int, maxAgeDays: Int, because: String) -> RecheckWindow {
        let day = week * 7
        return RecheckWindow(
            earliest: day - maxAgeDays, due: day + maintenance.due,
            overdueAfter: day + maintenance.overdueAfter,
            because: RecheckWindow.Because(
                earliest: because, due: maintenance.becauseDue,
                overdueAfter: maintenance.becauseOverdue))
    }

    /// R11: before the cycle, with results of so many days before it.
    func cyclePanel(days: Int, because: String) -> RecheckWindow {
        cyclePanel.window(from: -days, because: because)
    }
}

extension ClinicalPolicy {
    func maintenanceWindow(week: Int) -> RecheckWindow {
        windows.maintenance(
            week: week, maxAgeDays: diagnosis.maintenanceMaxAgeDays,
            because: because(.maintenanceMaxAgeDays))
    }

    var cyclePanelWindow: RecheckWindow {
        windows.cyclePanel(days: rechecks.cyclePanelDays, because: because(.cyclePanelDays))
    }

    /// Of a look that repeats.
    func because(
        _ interval: PolicySetting, overdueBy grace: PolicySetting
    ) -> RecheckWindow.Because {
        RecheckWindow.Because(interval: because(interval), grace: because(grace))
    }
}
