import EventStore
import Infusion
import InfusionApplication
import InfusionProjections

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
            let (patient, recheck) = try call.recheckID()
            let explanation = try await call.useCases.why(
                recheck, of: patient, asOf: try call.query.asOf(), actor: actor)
            return Reply(explanation.json, position: explanation.position)
        }
    }

    private var close: Endpoint {
        .command(
            "/v1/queues/recheck/{id}/close", scope: .recheckWrite, body: RecheckCloseBody.self
        ) { call, body in
            let (patient, recheck) = try call.call.recheckID()
            return Instruction(
                target: .patient(patient), command: .closeRecheck(recheck, reason: body.reason))
        }
    }
}

extension RecheckQueuePage {
    var json: JSON {
        [
            "rows": .list(rows) { $0.json(on: on) }, "on": .date(on),
            "next": .optional(next) { .string($0.token) }, "position": .integer(position.value),
        ]
    }
}

extension RecheckQueueCursor {
    /// The sort key, readable on purpose: `urgent_2026-03-01_<patient>.R3-17`.
    var token: String { "\(urgency.rawValue)_\(due)_\(patient).\(recheck)" }

    init?(token: String) {
        let parts = token.split(separator: "_", omittingEmptySubsequences: false)
        guard parts.count == 3, let urgency = Urgency(rawValue: String(parts[0])),
            let due = CalendarDate(String(parts[1])), let point = parts[2].firstIndex(of: "."),
            let patient = PatientID(String(parts[2][..<point])),
            let recheck = RecheckID(text: parts[2][parts[2].index(after: point)...])
        else { return nil }
        self.init(urgency: urgency, due: due, patient: patient, recheck: recheck)
    }
}
