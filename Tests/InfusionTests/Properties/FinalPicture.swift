import Infusion

/// What a patient's facts come to, by meaning: nothing in it knows which event said what.
struct FinalPicture: Hashable {
    /// The iron status in one active context.
    struct Status: Hashable {
        let context: ClinicalContext
        let classification: IronClassification
        let eligibleToStart: Bool?
        let flags: Set<IronStatusFlag>
        let predicates: [Infusion.Predicate]
    }

    /// How the course was answered.
    struct Response: Hashable {
        let level: ResponseLevel
        let isProvisional: Bool
        let isIronReplete: Bool?
        let causes: [ResponseCause]
        let missing: [Analyte]
    }

    let statuses: [Status]
    /// The open order's next dose, gate by gate.
    let gates: [Finding]
    /// A new order: its need, its total, its gates; or why there is none.
    let plan: Result<[PatientFact], Refusal>
    let queue: Set<OpenRow>
    let response: Response?

    /// - Parameters:
    ///   - open: The order whose next dose is asked about.
    ///   - next: The order that is tried.
    init(
        _ state: PatientState, in context: DecisionContext, open: OrderID, next: PatientCommand
    ) throws(Refusal) {
        let forget: EventNumbering = { _ in nil }
        statuses = CurrentIronStatus.classify(state, at: context.now, in: context).map { status in
            Status(
                context: status.context, classification: status.classification,
                eligibleToStart: status.eligibleToStart, flags: status.flags,
                predicates: status.predicates.map { $0.renumbered(forget) })
        }
        gates = try GateReview(of: open, dose: nil, at: context.now, given: state, in: context)
            .findings.map { $0.renumbered(forget) }
        plan = Result { () throws(Refusal) in
            try PatientDecider().decide(next, given: state, in: context).map(\.fact)
                .filter { !$0.isRecheck }.map { $0.renumbered(forget) }
        }.mapError { $0.renumbered(forget) }
        queue = Set(state.openRechecks.values.map { OpenRow($0.value) })
        response = ResponseAssessment.assess(given: state, at: context.now, in: context).map {
            Response(
                level: $0.level, isProvisional: $0.isProvisional, isIronReplete: $0.isIronReplete,
                causes: $0.verdicts.map(\.cause), missing: $0.missing)
        }
    }
}

/// A row of the queue without the versions that the order of arrival numbers.
struct OpenRow: Hashable {
    let rule: RecheckRule
    let dates: [CalendarDate]
    let urgency: Urgency
    let reason: String

    init(_ open: RecheckOpened) {
        rule = open.id.rule
        dates = [open.earliest, open.due, open.overdueAfter]
        urgency = open.urgency
        reason = open.reason
    }
}
