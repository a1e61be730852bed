import Infusion
import InfusionApplication
import InfusionWire

/// Counts over all patients of a tenant, of whom none is named.
struct ReportRoutes {
    var endpoints: [Endpoint] { [overrides] }

    private var overrides: Endpoint {
        .query(
            "/v1/reports/overrides", scope: .reportRead,
            parameters: ["knownAt", "knownAtPosition", "cursor", "limit"]
        ) { call, actor in
            let page = try await call.useCases.overrides(
                OverrideReportQuestion(
                    start: try Self.start(call.query),
                    limit: try call.query.limit(call.edge.limits)),
                actor: actor)
            return Reply(page.json, position: page.position)
        }
    }

    private static func start(_ query: Query) throws(Problem) -> OverrideReportQuestion.Start {
        let knowledge = try query.knowledge()
        let place = try query.value("cursor", "the next of the page before") {
            OverrideReportPlace(token: $0)
        }
        guard let place else { return .beginning(knownAt: knowledge) }
        guard knowledge == .now else {
            throw Problem(
                parameter: "cursor", problem: "is given together with knownAt or knownAtPosition",
                accepted: "the cursor alone, which says as of when")
        }
        return .after(place)
    }
}
