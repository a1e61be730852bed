extension RecheckRule {
    /// From when a result counts, when it is due and when overdue, for those who check it.
    public func timing(in policy: ClinicalPolicy) -> String {
        let settings = policy.rechecks
        let windows = policy.windows
        switch self {
        case .symptomCheck:
            return windows.symptomCheck.text(from: "the first dose of the course")
        case .hemoglobinTrend: return windows.hemoglobinTrend.text(from: "the last dose")
        case .hemoglobinResponse:
            return windows.hemoglobinResponse.text(from: "the last dose")
                + "; no response, told on day \(policy.response.finalDays) or later: due on the day of"
                + " the result, overdue after \(windows.escalation(.soon).overdueAfter) days more"
        case .ironStores:
            let late = policy.specimens.ironDays
            let early = policy.specimens.ironDaysSmall
            return windows.ironStores(earliest: late, because: "").text(from: "the last dose")
                + "; with less than \(policy.specimens.iron) in \(late) days"
                + " a result counts from day \(early)"
        case .phosphate:
            return windows.phosphate.text(from: "the last dose")
                + "; symptoms count to day \(policy.phosphate.symptomDays)"
        case .phosphateSymptoms: return windows.phosphateSymptoms.text(from: "the last dose")
        case .fullIronPanel: return windows.fullIronPanel.text(from: "the last dose")
        case .heartFailureWeek12: return Self.maintenance(week: 12, policy)
        case .heartFailureWeek24: return Self.maintenance(week: 24, policy)
        case .heartFailureWeek36: return Self.maintenance(week: 36, policy)
        case .heartFailure:
            return "\(windows.fullIronPanel.due) days after iron, then every "
                + Self.every(settings.heartFailureIntervalDays, settings.surveillanceGraceDays)
                + "; while the label's plan waits for its last decision, so long after week 36; "
                + windows.admission.text(from: "an admission")
        case .ckdIronPanel:
            return "every " + Self.every(settings.ckdIntervalDays, settings.surveillanceGraceDays)
                + Self.therapy(settings)
        case .hemodialysisBloodCount:
            return "every "
                + Self.every(
                    settings.hemodialysisCountIntervalDays, settings.hemodialysisGraceDays)
        case .hemodialysisIronPanel:
            return "every "
                + Self.every(settings.hemodialysisIntervalDays, settings.hemodialysisGraceDays)
                + Self.therapy(settings)
        case .oncologyBloodCount:
            return "every " + Self.every(settings.oncologyIntervalDays, settings.oncologyGraceDays)
                + "; below \(settings.oncologyLowHemoglobin) g/dL every "
                + Self.every(
                    settings.oncologyIntervalDaysWhenLow, settings.oncologyGraceDaysWhenLow)
                + "; with a cycle planned, due \(settings.cycleCountDays) days before it and overdue when"
                + " it starts, unless the last count is of those days; with no count to count from, due"
                + " when the therapy begins"
        case .oncologyIronPanel: return policy.cyclePanelWindow.text(from: "the cycle")
        case .bowelDiseaseSurveillance:
            return Self.firstYear(settings)
                + "; from day \(settings.surveillanceYearDays) after iron on every"
                + " \(settings.surveillanceIntervalDaysLater) days, overdue after day"
                + " \(settings.bowelDiseaseLatestDaysLater); the decision "
                + windows.retreatment.text(from: "the result")
        case .generalSurveillance:
            return Self.firstYear(settings)
                + "; from day \(settings.surveillanceYearDays) after iron on every "
                + Self.every(settings.surveillanceIntervalDaysLater, settings.surveillanceGraceDays)
                + "; the last one at most \(settings.surveillanceEndDays) days after iron"
        case .beforeDelivery:
            return windows.beforeDelivery.text(from: "the estimated due date")
        case .preOperative: return windows.preOperative.text(from: "surgery")
        case .afterTransfusion:
            let due = policy.transfusion.recheckDueDays
            return "due on day \(due) after the unit, overdue after day "
                + "\(due + policy.transfusion.recheckGraceDays)"
        case .erythropoiesisStimulation:
            return windows.stimulation.text(from: "the start")
        case .infection:
            return windows.infection.atOnce.text(from: "what was last told of the infection")
        case .ferumoxytol: return windows.ferumoxytol.text(from: "the last dose")
        }
    }

    private static func maintenance(week: Int, _ policy: ClinicalPolicy) -> String {
        policy.maintenanceWindow(week: week).text(from: "plan day 1")
    }

    private static func firstYear(_ settings: ClinicalPolicy.Rechecks) -> String {
        "every " + every(settings.surveillanceIntervalDays, settings.surveillanceGraceDays)
    }

    private static func therapy(_ settings: ClinicalPolicy.Rechecks) -> String {
        "; the last one at most \(settings.kidneyTherapyDays) days after iron, while an ESA runs"
            + " without end"
    }

    private static func every(_ days: Int, _ grace: Int) -> String {
        "\(days) days, overdue after \(grace) more"
    }
}

extension RecheckWindow {
    fileprivate func text(from anchor: String) -> String {
        "counted from \(anchor): a result counts from day \(earliest) on; due on day \(due),"
            + " overdue after day \(overdueAfter)"
    }
}
