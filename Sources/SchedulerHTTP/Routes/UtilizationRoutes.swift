import EventStore
import Infusion
import InfusionApplication
import InfusionProjections
import InfusionWire

/// How a site's chairs were used, and how its visits went.
struct UtilizationRoutes {
    var endpoints: [Endpoint] { [utilization, table] }

    private static let asked = Set(UtilizationTerm.allCases.map(\.rawValue)).union([
        "from", "to", "knownAt", "knownAtPosition",
    ])

    private var utilization: Endpoint {
        .query("/v1/sites/{id}/utilization", scope: .siteRead, parameters: Self.asked) {
            call, actor in
            let answer = try await call.utilization(actor: actor)
            return Reply(answer.json, position: answer.position)
        }
    }

    private var table: Endpoint {
        .query("/v1/sites/{id}/utilization.csv", scope: .siteRead, parameters: Self.asked) {
            call, actor in
            let answer = try await call.utilization(actor: actor)
            return Reply(
                bytes: UtilizationTable(answer).bytes, mediaType: UtilizationTable.mediaType
            ).with(.ferroviaPosition, answer.position.description)
        }
    }
}

extension Call {
    fileprivate func utilization(actor: Actor) async throws -> UtilizationAnswer {
        try await useCases.utilization(
            UtilizationQuestion(
                site: try site(), period: try period(), terms: try query.terms(),
                knownAt: try query.knowledge()),
            actor: actor)
    }

    /// `from` and `to`, both required.
    private func period() throws(Problem) -> CalendarDateRange {
        let from = try required("from")
        let days = ApplicationLimits.utilizationDays
        guard let period = CalendarDateRange(from: from, to: try required("to"), atMost: days)
        else {
            throw Problem(
                parameter: "to", problem: "is not valid",
                accepted: "\(from) or later, \(days) dates at most")
        }
        return period
    }

    private func required(_ name: String) throws(Problem) -> CalendarDate {
        guard let date = try calendarDate(name) else {
            throw Problem(parameter: name, problem: "is missing", accepted: "a date, YYYY-MM-DD")
        }
        return date
    }
}

extension Query {
    fileprivate func terms() throws(Problem) -> UtilizationTerms {
        var values: [UtilizationTerm: Int] = [:]
        for term in UtilizationTerm.allCases {
            let accepted = term.accepted
            values[term] = try value(
                term.rawValue, "\(accepted.lowerBound) to \(accepted.upperBound) minutes"
            ) { text in Int(text).flatMap { accepted.contains($0) ? $0 : nil } }
        }
        return UtilizationTerms(values)
    }
}
