import Infusion
import InfusionApplication

/// Chairs kept for the visits of an order.
struct AppointmentRoutes {
    var endpoints: [Endpoint] { [book, hold, confirm, move, cancel, arrive, begin, leave, noShow] }

    private var book: Endpoint {
        .command("/v1/orders/{id}/appointments", scope: .appointmentWrite, body: BookingBody.self) {
            call, body in
            let order: OrderID = try call.id()
            let id = call.newID(body.id, "appointment")
            return Instruction(
                target: .order(order),
                command: .bookAppointment(
                    id, order: order, slot: body.slot,
                    override: body.override?.by(call.actor.role)),
                created: [Creation("appointment", id.uuid)])
        }
    }

    private var hold: Endpoint {
        .command("/v1/orders/{id}/holds", scope: .appointmentWrite, body: SlotHoldBody.self) {
            call, body in
            let order: OrderID = try call.id()
            let id = call.newID(body.id, "appointment")
            return Instruction(
                target: .order(order),
                command: .holdAppointment(
                    id, order: order, slot: body.slot, minutes: body.minutes,
                    override: body.override?.by(call.actor.role)),
                created: [Creation("appointment", id.uuid)])
        }
    }

    private var confirm: Endpoint {
        .command(
            "/v1/appointments/{id}/confirm", scope: .appointmentWrite, body: AgreedVisitBody.self
        ) { call, _ in
            let id: AppointmentID = try call.id()
            return Instruction(target: .appointment(id), command: .confirmAppointment(id))
        }
    }

    private var arrive: Endpoint {
        .command(
            "/v1/appointments/{id}/arrive", scope: .appointmentWrite, body: ArrivalBody.self
        ) { call, body in
            let id: AppointmentID = try call.id()
            return Instruction(
                target: .appointment(id), command: .recordArrival(id, at: body.arrivedAt))
        }
    }

    private var begin: Endpoint {
        .command("/v1/appointments/{id}/begin", scope: .doseWrite, body: VisitStartBody.self) {
            call, body in
            let id: AppointmentID = try call.id()
            return Instruction(
                target: .appointment(id), command: .beginVisit(id, at: body.begunAt))
        }
    }

    private var leave: Endpoint {
        .command("/v1/appointments/{id}/discharge", scope: .doseWrite, body: DischargeBody.self) {
            call, body in
            let id: AppointmentID = try call.id()
            return Instruction(
                target: .appointment(id),
                command: .leaveVisit(id, stable: body.stable, at: body.dischargedAt))
        }
    }

    private var move: Endpoint {
        .command("/v1/appointments/{id}/move", scope: .appointmentWrite, body: MoveBody.self) {
            call, body in
            let id: AppointmentID = try call.id()
            return Instruction(
                target: .appointment(id),
                command: .moveAppointment(
                    id, to: body.slot, override: body.override?.by(call.actor.role)))
        }
    }

    private var cancel: Endpoint {
        .command(
            "/v1/appointments/{id}/cancel", scope: .appointmentWrite, body: CancellationBody.self
        ) { call, body in
            let id: AppointmentID = try call.id()
            return Instruction(
                target: .appointment(id), command: .cancelAppointment(id, reason: body.reason))
        }
    }

    private var noShow: Endpoint {
        .command(
            "/v1/appointments/{id}/no-show", scope: .appointmentWrite, body: AgreedVisitBody.self
        ) {
            call, _ in
            let id: AppointmentID = try call.id()
            return Instruction(target: .appointment(id), command: .recordNoShow(id))
        }
    }
}
