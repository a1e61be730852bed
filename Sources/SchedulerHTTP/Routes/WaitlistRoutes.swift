import Infusion
import InfusionApplication
import InfusionProjections
import InfusionWire

/// Visits that wait for a time, and times that are offered to them.
struct WaitlistRoutes {
    var endpoints: [Endpoint] {
        [list, patient, offers, enter, change, leave, offer, decline]
    }

    private var list: Endpoint {
        .query(
            "/v1/sites/{id}/waitlist", scope: .queueRead,
            parameters: ["knownAt", "knownAtPosition", "cursor", "limit"]
        ) { call, actor in
            let page = try await call.useCases.waitlist(
                WaitlistQuestion(
                    site: try call.site(), knownAt: try call.query.knowledge(),
                    after: try Self.cursor(call), limit: try call.query.limit(call.edge.limits)),
                actor: actor)
            return Reply(page.json, position: page.position)
        }
    }

    private var patient: Endpoint {
        .query(
            "/v1/patients/{id}/waitlist", scope: .patientRead,
            parameters: ["knownAt", "knownAtPosition"]
        ) { call, actor in
            let answer = try await call.useCases.waitlist(
                of: try call.id(), knownAt: try call.query.knowledge(), actor: actor)
            return Reply(answer.json, position: answer.position)
        }
    }

    /// Who could be offered what a visit gave back, or any span of a chair.
    private var offers: Endpoint {
        .query(
            "/v1/sites/{id}/waitlist/offers", scope: .queueRead,
            parameters: ["freed", "chair", "from", "until", "cursor", "limit"]
        ) { call, actor in
            let answer = try await call.useCases.waitlistOffers(
                WaitlistOffersQuestion(
                    site: try call.site(), time: try Self.time(call.query),
                    after: try Self.cursor(call), limit: try call.query.limit(call.edge.limits)),
                actor: actor)
            return Reply(answer.json, position: answer.position)
        }
    }

    private var enter: Endpoint {
        .command("/v1/orders/{id}/waitlist", scope: .appointmentWrite, body: WaitlistBody.self) {
            call, body in
            let order: OrderID = try call.id()
            return Instruction(
                target: .order(order), command: .enterWaitlist(body.request(of: order)))
        }
    }

    private var change: Endpoint {
        .command(
            "/v1/orders/{id}/waitlist/change", scope: .appointmentWrite, body: WaitlistBody.self
        ) { call, body in
            let order: OrderID = try call.id()
            return Instruction(
                target: .order(order), command: .changeWaitlist(body.request(of: order)))
        }
    }

    private var leave: Endpoint {
        .command(
            "/v1/orders/{id}/waitlist/leave", scope: .appointmentWrite, body: CancellationBody.self
        ) { call, body in
            let order: OrderID = try call.id()
            return Instruction(
                target: .order(order), command: .leaveWaitlist(order, reason: body.reason))
        }
    }

    private var offer: Endpoint {
        .command("/v1/orders/{id}/offers", scope: .appointmentWrite, body: VisitOfferBody.self) {
            call, body in
            let order: OrderID = try call.id()
            let id = call.newID(body.hold.id, "appointment")
            return Instruction(
                target: .order(order),
                command: .offerVisit(
                    OfferVisit(
                        id: id, order: order, slot: body.hold.slot, minutes: body.hold.minutes,
                        freed: body.freed)),
                created: [Creation("appointment", id.uuid)])
        }
    }

    private var decline: Endpoint {
        .command(
            "/v1/appointments/{id}/decline", scope: .appointmentWrite, body: CancellationBody.self
        ) { call, body in
            let id: AppointmentID = try call.id()
            return Instruction(
                target: .appointment(id), command: .declineOffer(id, reason: body.reason))
        }
    }

    private static func cursor(_ call: Call) throws(Problem) -> WaitlistPlace? {
        try call.query.value("cursor", "the next of the page before") { WaitlistPlace(token: $0) }
    }

    /// A visit that gave its time back, or a chair from one time to another.
    private static func time(_ query: Query) throws(Problem) -> FreedTime {
        let freed = try query.value("freed", "a UUID") { AppointmentID($0) }
        let chair = try query.value("chair", "1 to 64 visible ASCII characters") { text in
            try? Field<ChairID>.chair.read(.string(text), "")
        }
        let (from, until) = (try query.instant("from"), try query.instant("until"))
        switch (freed, chair, from, until) {
        case (let freed?, nil, nil, nil): return .visit(freed)
        case (_, let chair?, let from?, let until?):
            let longest = InfusionLimits.appointmentMinutes.upperBound
            guard let span = TimeSpan(from: from, until: until), span.minutes <= longest else {
                throw Problem(
                    parameter: "until", problem: "is not within \(longest) minutes after from",
                    accepted: "a later time, \(longest) minutes later at most")
            }
            return .span(chair, span, freed: freed)
        case (_, _, _, _):
            throw Problem(
                parameter: freed == nil ? "freed" : "chair", problem: "is missing",
                accepted: "freed alone, or chair, from and until")
        }
    }
}
