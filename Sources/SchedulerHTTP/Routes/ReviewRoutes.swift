import Faults
import Infusion
import InfusionApplication
import InfusionWire

/// Decisions that rested on a value which has changed: listed, and closed by a person.
struct ReviewRoutes {
    var endpoints: [Endpoint] { [open, close] }

    private var open: Endpoint {
        .query(
            "/v1/patients/{id}/reviews", scope: .patientRead,
            parameters: ["knownAt", "knownAtPosition"]
        ) { call, actor in
            let answer = try await call.useCases.reviews(
                of: try call.id(), knownAt: try call.query.knowledge(), actor: actor)
            return Reply(answer.json, position: answer.position)
        }
    }

    private var close: Endpoint {
        .command("/v1/patients/{id}/reviews", scope: .recheckWrite, body: ReviewBody.self) {
            call, body in
            Instruction(
                target: .patient(try call.id()), command: .reviewDecision(body.review))
        }
    }
}

/// `POST /v1/patients/{id}/reviews`
struct ReviewBody: WireBody {
    let review: DecisionReviewed

    init(from reader: inout ObjectReader) throws(FieldProblems) {
        let (decision, outcome) = try allRead(
            reading(try reader.required("decision", .integer(1...Int(Int32.max)))),
            reading(try reader.required("outcome", .oneOf(ReviewOutcome.self))))
        review = DecisionReviewed(decision: EventVersion(Int64(decision)), outcome: outcome)
    }
}
