extension RecheckRule {
    /// From when a result counts, when it is due and when overdue, for those who check it.
    public func timing(in policy: ClinicalPolicy) -> String {
        let settings = policy.rechecks
        switch self {
        case .symptomCheck:
            return RecheckWindow.symptomCheck.text(from: "the first dose")
        case .hemoglobinTrend: return RecheckWindow.hemoglobinTrend.text(from: "the last dose")
        case .hemoglobinResponse:
            return RecheckWindow.hemoglobinResponse.text(from: "the last dose")
        case .ironStores:
            let late = ClinicalPicture.ironWindowDays
            let early = ClinicalPicture.ironWindowDaysSmall
            return RecheckWindow.ironStores(earliest: late).text(from: "the last dose")
                + "; with less than \(ClinicalPicture.ironWindowMilligrams) in \(late) days"
                + " a result counts from day \(early)"
        case .phosphate: return RecheckWindow.phosphate.text(from: "the last dose")
        case .phosphateSymptoms: return RecheckWindow.phosphateSymptoms.text(from: "the last dose")
        case .fullIronPanel: return RecheckWindow.fullIronPanel.text(from: "the last dose")
        case .heartFailureWeek12: return Self.maintenance(week: 12, policy)
        case .heartFailureWeek24: return Self.maintenance(week: 24, policy)
        case .heartFailureWeek36: return Self.maintenance(week: 36, policy)
        case .heartFailure:
            return "\(RecheckWindow.fullIronPanel.due) days after iron, then every "
                + Self.every(settings.heartFailureIntervalDays, settings.surveillanceGraceDays)
                + "; " + RecheckView.admissionWindow.text(from: "an admission")
        case .ckdIronPanel:
            return "every " + Self.every(settings.ckdIntervalDays, settings.surveillanceGraceDays)
        case .hemodialysisBloodCount:
            return "every "
                + Self.every(
                    settings.hemodialysisCountIntervalDays, RecheckView.hemodialysisGraceDays)
        case .hemodialysisIronPanel:
            return "every "
                + Self.every(settings.hemodialysisIntervalDays, RecheckView.hemodialysisGraceDays)
        case .oncologyBloodCount:
            return "every " + Self.every(settings.oncologyIntervalDays, settings.oncologyGraceDays)
                + "; below \(RecheckView.lowHemoglobin) g/dL every "
                + Self.every(settings.oncologyIntervalDaysWhenLow, RecheckView.weeklyGraceDays)
                + "; with a cycle planned, overdue when it starts, unless the last count is of"
                + " the \(settings.cycleCountDays) days before it; with no count to count from, due when"
                + " the therapy begins"
        case .oncologyIronPanel: return RecheckWindow.cyclePanel(policy).text(from: "the cycle")
        case .bowelDiseaseSurveillance:
            return Self.surveillance(settings) + "; the decision "
                + RecheckView.retreatmentWindow.text(from: "the result")
        case .generalSurveillance:
            return Self.surveillance(settings)
                + "; the last one at most \(settings.surveillanceEndDays) days after iron"
        case .beforeDelivery:
            return RecheckWindow.beforeDelivery.text(from: "the estimated due date")
        case .preOperative: return RecheckWindow.preOperative.text(from: "surgery")
        case .afterTransfusion:
            let due = policy.transfusion.recheckDueDays
            return "due on day \(due) after the unit, overdue after day "
                + "\(due + policy.transfusion.recheckGraceDays)"
        case .erythropoiesisStimulation:
            return RecheckView.stimulationWindow.text(from: "the start")
        case .ferumoxytol: return RecheckWindow.ferumoxytol.text(from: "the last dose")
        }
    }

    private static func maintenance(week: Int, _ policy: ClinicalPolicy) -> String {
        RecheckWindow.maintenance(week: week, policy).text(from: "plan day 1")
    }

    private static func surveillance(_ settings: ClinicalPolicy.Rechecks) -> String {
        "every "
            + every(settings.surveillanceIntervalDays, settings.surveillanceGraceDays)
            + "; from day \(settings.surveillanceYearDays) after iron on every "
            + every(settings.surveillanceIntervalDaysLater, settings.surveillanceGraceDays)
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

/// A value that cannot wait for its rule's own day.
public struct UrgencyRule: Hashable, Sendable {
    public let analyte: Analyte
    /// In the analyte's canonical unit.
    public let below: String
    public let urgency: Urgency
    /// Until it is overdue, which it is after the last of them; 0 is the same day. It is due from
    /// its own day on.
    public let days: Int

    public var source: ClinicalSource {
        ClinicalSource(
            "clinical facts §6, urgency ladder; R-14, R-18", .engineeringDefault, .medium)
    }

    /// Haemoglobin and phosphate, the worst first.
    public static var all: [UrgencyRule] {
        [UrgencyLadder.hemoglobin, .phosphate].flatMap { ladder in
            ladder.rungs.map { rung in
                UrgencyRule(
                    analyte: ladder.analyte, below: "\(rung.below)", urgency: rung.urgency,
                    days: RecheckWindow.escalation(rung.urgency).overdueAfter)
            }
        }
    }
}
