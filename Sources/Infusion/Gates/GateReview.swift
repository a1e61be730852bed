/// Whether a dose may go ahead, asked without recording anything: the same gates, overrides included,
/// that the dose itself would meet.
public struct GateReview: Hashable, Sendable {
    public let order: OrderID
    /// The dose that was asked about.
    public let dose: Milligrams
    /// The clinic-local date it was asked for.
    public let date: CalendarDate
    /// Every gate, in the order of ``Gate``'s cases.
    public let findings: [Finding]
    /// What is made of the dose; `nil` where it is more than the row allows at once, or nobody knows.
    public let making: DoseMaking?
    public let formularyVersion: String
    public let pathwaysVersion: String

    public init(
        order: OrderID, dose: Milligrams, date: CalendarDate, findings: [Finding],
        making: DoseMaking?, formularyVersion: String, pathwaysVersion: String
    ) {
        self.order = order
        self.dose = dose
        self.date = date
        self.findings = findings
        self.making = making
        self.formularyVersion = formularyVersion
        self.pathwaysVersion = pathwaysVersion
    }

    /// Whether every gate lets the dose pass.
    public var isOpen: Bool { !findings.contains(where: \.refusesDose) }

    /// - Parameters:
    ///   - dose: `nil` for the next one of the prescription.
    ///   - at: The moment the dose would begin.
    /// - Throws: ``Refusal/orderNotFound(_:)``, or what the formulary of the context no longer knows.
    public init(
        of order: OrderID, dose: Milligrams?, at: Instant, given state: PatientState,
        in context: DecisionContext
    ) throws(Refusal) {
        let question = try Self.question(
            of: order, dose: dose, at: at, given: state, in: context)
        self.init(
            order: order, dose: question.amount, date: question.date,
            findings: Overrides.applied(to: Gates.evaluate(question), question: question),
            making: DosingCheck(question).making,
            formularyVersion: context.formulary.version,
            pathwaysVersion: context.site.policy.pathwaysVersion)
    }

    static func question(
        of order: OrderID, dose: Milligrams?, at: Instant, given state: PatientState,
        in context: DecisionContext
    ) throws(Refusal) -> GateQuestion {
        let decision = Decision(state: state, context: context)
        let terms = try decision.requireTerms(of: try decision.requireOrder(order))
        let date = decision.localDate(at)
        let picture = ClinicalPicture(state: state, context: context, at: at)
        let next = GateQuestion(picture: picture, terms: terms, date: date, occasion: .booking)
        let amount = dose ?? next.amount
        return GateQuestion(
            picture: picture, terms: terms, date: date,
            occasion: date > decision.localDate(context.now)
                ? .reviewing(amount) : .starting(amount))
    }
}
