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
    /// The tenant's feed after a position; events are as stored, identity still sealed.
    func events(after: Position, limit: Int, actor: Actor) async throws(ApplicationError)
        -> [RecordedEvent]
    func head(actor: Actor) async throws(ApplicationError) -> Position
}
