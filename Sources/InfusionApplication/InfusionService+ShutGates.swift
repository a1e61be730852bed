import EventStore
import Infusion

/// What stands in the way of an order that was accepted all the same.
extension InfusionService {
    /// As the order's event keeps them: a retry finds the same.
    func shutGates(
        after request: CommandRequest, _ answered: AnsweredCommand
    ) async throws(ApplicationError) -> [Finding] {
        guard case .orderInfusion(let order) = request.command,
            let positions = answered.receipt.positions
        else { return [] }
        let state: PatientState
        if let change = answered.change {
            state = change.after
        } else {
            state = try await loader.load(
                answered.receipt.patient, tenant: request.actor.tenant, upTo: positions.upperBound
            ).state
        }
        return state.order(order.id)?.order.findings.filter(\.refusesDose) ?? []
    }
}
