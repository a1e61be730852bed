import EventStore
import Foundation
import Infusion
import InfusionApplication
import InfusionWire

/// Orders and the overrides of their gates.
struct OrderRoutes {
    var endpoints: [Endpoint] {
        [place, placeTransfusion, gates, plan, hold, release, cancel, overrideGate]
    }

    private var place: Endpoint {
        .command("/v1/patients/{id}/orders", scope: .orderWrite, body: OrderBody.self) {
            call, body in
            let id = call.newID(body.id, "order")
            return Instruction(
                target: .patient(try call.id()), command: body.command(id: id),
                created: [Creation("order", id.uuid)])
        }
    }

    /// Booked, moved and cancelled like an order of iron.
    private var placeTransfusion: Endpoint {
        .command(
            "/v1/patients/{id}/transfusion-orders", scope: .orderWrite,
            body: TransfusionOrderBody.self
        ) { call, body in
            let id = call.newID(body.id, "order")
            return Instruction(
                target: .patient(try call.id()), command: body.command(id: id),
                created: [Creation("order", id.uuid)])
        }
    }

    /// Whether the next dose may go ahead, or one of so much at such a time.
    private var gates: Endpoint {
        .query(
            "/v1/orders/{id}/gates", scope: .patientRead,
            parameters: PatientRoutes.asOf.union(["dose", "at"])
        ) { call, actor in
            let most = InfusionLimits.askedMilligrams
            let accepted = "milligrams, more than 0 and at most \(most)"
            let dose = try call.query.value("dose", accepted) { text in
                ExactDecimal.parse(text).flatMap { $0 > 0 && $0 <= most ? Milligrams($0) : nil }
            }
            let answer = try await call.useCases.gates(
                GateQuestionAsked(
                    order: try call.id(), dose: dose, at: try call.query.instant("at"),
                    asOf: try call.query.asOf()), actor: actor)
            return Reply(answer.json, position: answer.position)
        }
    }

    /// What the order's total rests on, and what is still to come.
    private var plan: Endpoint {
        .query(
            "/v1/orders/{id}/plan", scope: .patientRead, parameters: PatientRoutes.asOf
        ) { call, actor in
            let answer = try await call.useCases.plan(
                try call.id(), asOf: try call.query.asOf(), actor: actor)
            return Reply(answer.json, position: answer.position)
        }
    }

    private var hold: Endpoint {
        .command("/v1/orders/{id}/hold", scope: .orderWrite, body: HoldBody.self) { call, body in
            let id: OrderID = try call.id()
            return Instruction(target: .order(id), command: .holdOrder(id, reason: body.reason))
        }
    }

    private var release: Endpoint {
        .command(
            "/v1/orders/{id}/release", scope: .orderWrite, body: SignOffBody.self,
            takesCoSigner: true
        ) { call, body in
            let id: OrderID = try call.id()
            return Instruction(
                target: .order(id),
                command: .releaseOrder(id, signOff: body.given(by: call)))
        }
    }

    private var cancel: Endpoint {
        .command("/v1/orders/{id}/cancel", scope: .orderWrite, body: CancellationBody.self) {
            call, body in
            let id: OrderID = try call.id()
            return Instruction(target: .order(id), command: .cancelOrder(id, reason: body.reason))
        }
    }

    private var overrideGate: Endpoint {
        .command(
            "/v1/overrides", scope: .overrideWrite, body: OverrideBody.self, takesCoSigner: true
        ) { call, body in
            let id = call.newID(body.id, "override")
            return Instruction(
                target: .order(body.order),
                command: body.command(
                    id: id, role: call.actor.role, coSigner: call.coSigner?.subject),
                created: [Creation("override", id.uuid)])
        }
    }
}
