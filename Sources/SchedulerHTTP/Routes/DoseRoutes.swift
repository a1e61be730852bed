import Infusion
import InfusionApplication

/// Infusions at the chair, and what patients do not tolerate.
struct DoseRoutes {
    var endpoints: [Endpoint] {
        [start, pause, resume, complete, stop, logReaction, discharge, regrade]
    }

    private var start: Endpoint {
        .command("/v1/orders/{id}/doses", scope: .doseWrite, body: DoseStartBody.self) {
            call, body in
            let order: OrderID = try call.id()
            let id = call.newID(body.id, "dose")
            return Instruction(
                target: .order(order),
                command: .startDose(
                    StartDose(
                        id: id, order: order, appointment: body.appointment, planned: body.planned,
                        at: body.startedAt)),
                created: [Creation("dose", id.uuid)])
        }
    }

    private var pause: Endpoint {
        .command("/v1/doses/{id}/pause", scope: .doseWrite, body: DosePauseBody.self) {
            call, body in
            let id: DoseID = try call.id()
            return Instruction(
                target: .dose(id),
                command: .pauseDose(id, reason: body.reason, at: body.pausedAt))
        }
    }

    private var resume: Endpoint {
        .command("/v1/doses/{id}/resume", scope: .doseWrite, body: DoseResumeBody.self) {
            call, body in
            let id: DoseID = try call.id()
            return Instruction(
                target: .dose(id), command: body.command(id: id, role: call.actor.role))
        }
    }

    private var complete: Endpoint {
        .command("/v1/doses/{id}/complete", scope: .doseWrite, body: DoseEndBody.self) {
            call, body in
            let id: DoseID = try call.id()
            return Instruction(target: .dose(id), command: .completeDose(body.end(of: id)))
        }
    }

    private var stop: Endpoint {
        .command("/v1/doses/{id}/stop", scope: .doseWrite, body: DoseStopBody.self) { call, body in
            let id: DoseID = try call.id()
            return Instruction(
                target: .dose(id), command: .stopDose(body.end.end(of: id), reason: body.reason))
        }
    }

    private var logReaction: Endpoint {
        .command("/v1/doses/{id}/reactions", scope: .doseWrite, body: ReactionBody.self) {
            call, body in
            let dose: DoseID = try call.id()
            let id = call.newID(body.id, "reaction")
            return Instruction(
                target: .dose(dose),
                command: .logReaction(body.reaction(id: id, dose: dose), at: body.observedAt),
                created: [Creation("reaction", id.uuid)])
        }
    }

    private var discharge: Endpoint {
        .command("/v1/doses/{id}/discharge", scope: .doseWrite, body: DischargeBody.self) {
            call, body in
            let id: DoseID = try call.id()
            return Instruction(
                target: .dose(id),
                command: .dischargePatient(id, stable: body.stable, at: body.dischargedAt))
        }
    }

    private var regrade: Endpoint {
        .command(
            "/v1/reactions/{id}/regrade", scope: .doseWrite, body: RegradeBody.self,
            takesCoSigner: true
        ) { call, body in
            let id: ReactionID = try call.id()
            return Instruction(
                target: .reaction(id),
                command: .regradeReaction(
                    id, to: body.grade, signOff: body.signOff.given(by: call)))
        }
    }
}
