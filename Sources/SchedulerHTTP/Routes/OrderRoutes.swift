import Infusion
import InfusionApplication

/// Orders and the overrides of their gates.
struct OrderRoutes {
    var endpoints: [Endpoint] { [place, hold, release, cancel, overrideGate] }

    private var place: Endpoint {
        .command("/v1/patients/{id}/orders", scope: .orderWrite, body: OrderBody.self) {
            call, body in
            let id = call.newID(body.id, "order")
            return Instruction(
                target: .patient(try call.id()), command: body.command(id: id),
                created: [Creation("order", id.uuid)])
        }
    }

    private var hold: Endpoint {
        .command("/v1/orders/{id}/hold", scope: .orderWrite, body: HoldBody.self) { call, body in
            let id: OrderID = try call.id()
            return Instruction(target: .order(id), command: .holdOrder(id, reason: body.reason))
        }
    }

    private var release: Endpoint {
        .command("/v1/orders/{id}/release", scope: .orderWrite, body: EmptyBody.self) { call, _ in
            let id: OrderID = try call.id()
            return Instruction(target: .order(id), command: .releaseOrder(id))
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
        .command("/v1/overrides", scope: .overrideWrite, body: OverrideBody.self) { call, body in
            let id = call.newID(body.id, "override")
            return Instruction(
                target: .order(body.order), command: body.command(id: id, role: call.actor.role),
                created: [Creation("override", id.uuid)])
        }
    }
}
