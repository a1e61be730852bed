/// Which looks-again the facts require, and the events that bring the queue in line with them.
///
/// 1. What is required is a pure function of the facts in effective order: it does not depend on
///    the order in which the log learned them, so late, corrected and retracted facts, another dose
///    or a transfusion re-anchor by themselves (facts §6).
/// 2. At most one recheck of a rule is open. An escalation takes its rule's place until it is
///    answered.
/// 3. A recheck's id is its rule and the event it counts from. The same id may open again after it
///    was closed (a satisfying result was retracted) or re-open at once with another urgency; what
///    a person closed does not open again.
/// 4. Dates are clinic-local days, both ends included. Before `earliest` a result does not satisfy;
///    `due` is the first day on which a nurse should see the patient for it, so that the queue
///    shows it as *upcoming* until then, as *due* from then on, and as *overdue* after
///    `overdueAfter`.
public enum Rechecks {
    /// The events that close what is open and no longer required and open what is required,
    /// effective now.
    public static func reconcile(_ state: PatientState, in context: DecisionContext)
        -> [PatientEvent]
    {
        let view = RecheckView(state: state, context: context)
        return RecheckRule.allCases.flatMap { rule in
            facts(of: rule, view).map { PatientEvent(effectiveAt: context.now, fact: $0) }
        }
    }

    /// What is required of a patient now, by rule; for explanations and tests.
    public static func required(_ state: PatientState, in context: DecisionContext)
        -> [RecheckOpened]
    {
        let view = RecheckView(state: state, context: context)
        return RecheckRule.allCases.compactMap { outcome(of: $0, view).required }
    }

    /// Whether the facts would close an open row; the closing itself is ``reconcile(_:in:)``'s.
    static func closes(_ id: RecheckID, given state: PatientState, in context: DecisionContext)
        -> Bool
    {
        let view = RecheckView(state: state, context: context)
        return facts(of: id.rule, view).contains {
            if case .recheckClosed(let closed) = $0 { closed.id == id } else { false }
        }
    }

    private static func outcome(of rule: RecheckRule, _ view: RecheckView) -> RecheckOutcome {
        let state = view.state
        if state.isDeceased || state.registration == nil || state.erasure != nil
            || state.mergedInto != nil
        {
            return .nothing
        }
        switch rule {
        case .symptomCheck: return view.symptomCheck()
        case .hemoglobinTrend: return view.hemoglobinTrend()
        case .hemoglobinResponse: return view.hemoglobinResponse()
        case .ironStores: return view.ironStores()
        case .phosphate: return view.phosphate()
        case .phosphateSymptoms: return view.phosphateSymptoms()
        case .fullIronPanel: return view.fullIronPanel()
        case .heartFailureWeek12: return view.heartFailureMaintenance(rule, week: 12)
        case .heartFailureWeek24: return view.heartFailureMaintenance(rule, week: 24)
        case .heartFailureWeek36: return view.heartFailureMaintenance(rule, week: 36)
        case .heartFailure: return view.heartFailure()
        case .ckdIronPanel: return view.ckdIronPanel()
        case .hemodialysisBloodCount: return view.hemodialysisBloodCount()
        case .hemodialysisIronPanel: return view.hemodialysisIronPanel()
        case .oncologyBloodCount: return view.oncologyBloodCount()
        case .oncologyIronPanel: return view.oncologyIronPanel()
        case .bowelDiseaseSurveillance: return view.bowelDiseaseSurveillance()
        case .generalSurveillance: return view.generalSurveillance()
        case .beforeDelivery: return view.beforeDelivery()
        case .preOperative: return view.preOperative()
        case .ferumoxytol: return view.ferumoxytol()
        case .afterTransfusion: return view.afterTransfusion()
        case .erythropoiesisStimulation: return view.stimulation()
        case .infection: return view.infection()
        }
    }

    private static func facts(of rule: RecheckRule, _ view: RecheckView) -> [PatientFact] {
        let outcome = outcome(of: rule, view)
        let open = view.state.openRechecks.values.map(\.value).filter { $0.id.rule == rule }
            .sorted { $0.id.anchor < $1.id.anchor }
        if let required = outcome.required, open.count == 1, open[0].asks(forTheSameAs: required) {
            return []
        }
        let closed = open.map { row -> PatientFact in
            if let results = outcome.satisfied[row.id] {
                return .recheckClosed(
                    RecheckClosed(id: row.id, reason: .satisfied, evidence: results))
            }
            if let required = outcome.required {
                return .recheckClosed(
                    RecheckClosed(id: row.id, reason: .superseded, evidence: required.evidence))
            }
            // The event just folded is what took its ground away.
            return .recheckClosed(
                RecheckClosed(
                    id: row.id, reason: .noLongerNeeded, evidence: [view.state.version]))
        }
        return closed + (outcome.required.map { [.recheckOpened($0)] } ?? [])
    }
}

/// What a rule concluded: the recheck that should be open, and the answers to those already
/// answered.
struct RecheckOutcome {
    var required: RecheckOpened?
    /// The results that satisfied a recheck, cited when it closes.
    var satisfied: [RecheckID: [EventVersion]] = [:]

    static let nothing = RecheckOutcome(required: nil)
}

extension RecheckOpened {
    /// The same question on the same days with the same urgency, whatever it rests on.
    func asks(forTheSameAs other: RecheckOpened) -> Bool {
        id == other.id && tests == other.tests && earliest == other.earliest && due == other.due
            && overdueAfter == other.overdueAfter && urgency == other.urgency
            && reason == other.reason
    }
}
