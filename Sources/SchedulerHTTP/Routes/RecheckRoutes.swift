import EventStore
import Infusion
import InfusionApplication
import InfusionProjections
import InfusionWire

/// The recheck queue, why a row stands on it, and taking one off by hand.
struct RecheckRoutes {
    var endpoints: [Endpoint] { [queue, why, close] }

    private var queue: Endpoint {
        .query(
            "/v1/queues/recheck", scope: .queueRead,
            parameters: [
                "site", "status", "on", "knownAt", "knownAtPosition", "cursor", "limit",
            ]
        ) { call, actor in
            let question = try Self.question(call)
            let page = try await call.useCases.recheckQueue(question, actor: actor)
            return Reply(page.json, position: page.position)
        }
    }

    private static func question(_ call: Call) throws(Problem) -> RecheckQueueQuestion {
        let query = call.query
        let states = RecheckStatus.allCases.map(\.rawValue).joined(separator: ", ")
        return RecheckQueueQuestion(
            site: try query.value("site", "1 to 64 of a-z, 0-9 and -") { text in
                try? Field<SiteID>.site.read(.string(text), "")
            },
            status: try query.value("status", states) { RecheckStatus(rawValue: $0) },
            on: try query.date("on"), knownAt: try query.knowledge(),
            after: try query.value("cursor", "the next of the page before") {
                RecheckQueueCursor(token: $0)
            },
            limit: try query.limit(call.edge.limits))
    }

    private var why: Endpoint {
        .query(
            "/v1/queues/recheck/{id}/why", scope: .queueRead, parameters: PatientRoutes.asOf
        ) { call, actor in
            let row = try call.recheck()
            let explanation = try await call.useCases.why(
                row.recheck, of: row.patient, asOf: try call.query.asOf(), actor: actor)
            return Reply(explanation.json(\.json), position: explanation.position)
        }
    }

    private var close: Endpoint {
        .command(
            "/v1/queues/recheck/{id}/close", scope: .recheckWrite, body: RecheckCloseBody.self
        ) { call, body in
            let row = try call.call.recheck()
            return Instruction(
                target: .patient(row.patient),
                command: .closeRecheck(row.recheck, reason: body.reason))
        }
    }
}
