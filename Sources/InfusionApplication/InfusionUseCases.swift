public import EventStore
public import Infusion
public import InfusionProjections

/// The use cases, as every edge (HTTP, CLI, gateways) calls them. Time and ids come in from the edge's
/// `Ambient`; the store may be PostgreSQL or memory.
public protocol InfusionUseCases: Sendable {
    /// Authorises, loads, decides, appends; a retry of an accepted command gets the first answer.
    func handle(_ request: CommandRequest) async throws(ApplicationError) -> CommandReceipt

    func patient(holding identifier: PatientIdentifier, actor: Actor) async throws(ApplicationError)
        -> PatientID?
    func patient(_ id: PatientID, asOf: AsOf, actor: Actor) async throws(ApplicationError)
        -> PatientView
    func timeline(
        _ id: PatientID, asOf: AsOf, after: StreamVersion, limit: Int, actor: Actor
    ) async throws(ApplicationError) -> TimelinePage
    func recheckQueue(_ question: RecheckQueueQuestion, actor: Actor) async throws(ApplicationError)
        -> RecheckQueuePage
    func why(
        _ recheck: RecheckID, of patient: PatientID, asOf: AsOf, actor: Actor
    ) async throws(ApplicationError) -> RecheckExplanation
    /// Whether a dose may go ahead: every gate, as the dose itself would meet it; nothing is recorded.
    func gates(_ question: GateQuestionAsked, actor: Actor) async throws(ApplicationError)
        -> GateAnswer
    /// What an order's plan rests on, and what is still to come of it; nothing is recorded.
    func plan(_ order: OrderID, asOf: AsOf, actor: Actor) async throws(ApplicationError)
        -> PlanAnswer
    /// How the patient's last course of iron was answered, or the one of an order; see
    /// ``ResponseAssessment``.
    func response(
        of patient: PatientID, order: OrderID?, asOf: AsOf, actor: Actor
    ) async throws(ApplicationError) -> ResponseAnswer
    /// The patient's decisions that rested on what was corrected, retracted or learned late, until a
    /// person closes them; see ``DecisionReview``.
    func reviews(
        of patient: PatientID, knownAt: AsOf.Knowledge, actor: Actor
    ) async throws(ApplicationError) -> ReviewsAnswer
    /// Where a site has room for a visit, or for all visits of a course, best first; nothing is
    /// kept for anybody.
    func openings(_ question: OpeningsQuestion, actor: Actor) async throws(ApplicationError)
        -> OpeningsAnswer
    /// The openings nearest to the time that a refused command wanted for a visit, for the same
    /// visit, at least one; `nil` where another time or chair would not help, or none is found: the
    /// refusal stands by itself.
    func alternatives(to request: CommandRequest, refused error: ApplicationError) async
        -> OpeningsAnswer?
    /// A site's wait list, by how long each visit can wait.
    func waitlist(_ question: WaitlistQuestion, actor: Actor) async throws(ApplicationError)
        -> WaitlistPage
    /// What one patient waits for and has waited for.
    func waitlist(
        of patient: PatientID, knownAt: AsOf.Knowledge, actor: Actor
    ) async throws(ApplicationError) -> PatientWaitlist
    /// Who of the list could be offered a time that was given back, in the list's order; nothing is
    /// recorded.
    func waitlistOffers(
        _ question: WaitlistOffersQuestion, actor: Actor
    ) async throws(ApplicationError) -> WaitlistOffersAnswer
    /// The tenant's feed after a position; events are as stored, identity still sealed.
    func events(after: Position, limit: Int, actor: Actor) async throws(ApplicationError)
        -> [RecordedEvent]
    /// How a site's chairs were used, and how its visits went; counts only, and nobody is named.
    func utilization(_ question: UtilizationQuestion, actor: Actor) async throws(ApplicationError)
        -> UtilizationAnswer
    /// How overrides were used, a stretch of the log at a time; nobody is named.
    func overrides(_ question: OverrideReportQuestion, actor: Actor)
        async throws(ApplicationError) -> OverrideReportPage
    func head(actor: Actor) async throws(ApplicationError) -> Position
}
