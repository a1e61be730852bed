import Foundation
import Infusion
import InfusionApplication
import InfusionWire

/// A site's days, and what changes while one goes on. What is planned in peace comes from a file; see
/// `docs/sites.md`.
struct SiteRoutes {
    var endpoints: [Endpoint] {
        [
            day, openings, takeChairOut, returnChair, close, shortenShift, withdrawShift,
            stock, countStock, recordDelivery, withdrawDelivery,
        ]
    }

    private var day: Endpoint {
        .query(
            "/v1/sites/{id}/days/{date}", scope: .siteRead,
            parameters: ["visit", "knownAt", "knownAtPosition"]
        ) { call, actor in
            guard let date = call.parameters["date"].flatMap({ CalendarDate($0) }) else {
                throw Problem(
                    parameter: "date", problem: "is not valid", accepted: "a date, YYYY-MM-DD")
            }
            let accepted = InfusionLimits.appointmentMinutes
            let visit = try call.query.value(
                "visit", "\(accepted.lowerBound) to \(accepted.upperBound) minutes"
            ) { text in Int(text).flatMap { accepted.contains(Int64($0)) ? $0 : nil } }
            let answer = try await call.sites.day(
                date, of: try call.site(), knownAt: try call.query.knowledge(), actor: actor)
            let json = answer.day.json(
                visit: visit, version: answer.version, position: answer.position)
            return Reply(json, position: answer.position).with(version: answer.version)
        }
    }

    /// Where there is room: for a visit of so long, the next visit of an order, or all that it still needs.
    private var openings: Endpoint {
        .query(
            "/v1/sites/{id}/openings", scope: .siteRead, parameters: OpeningsParameters.names
        ) { call, actor in
            let parameters = try OpeningsParameters(call.query)
            let answer = try await call.useCases.openings(
                parameters.question(of: try call.site()), actor: actor)
            return Reply(answer.json, position: answer.position)
        }
    }

    private var takeChairOut: Endpoint {
        .siteCommand(
            "/v1/sites/{id}/chairs/{chair}/out-of-service", body: ChairOutageBody.self
        ) { call, body in
            .takeChairOut(
                ChairOutage(
                    id: call.entry(body.outage, "outage"), chair: try call.call.chair(),
                    from: body.from, until: body.until, reason: body.reason))
        }
    }

    private var returnChair: Endpoint {
        .siteCommand(
            "/v1/sites/{id}/chairs/{chair}/back-in-service", body: ChairReturnBody.self
        ) { call, body in
            .returnChair(try call.call.chair(), at: body.at)
        }
    }

    private var close: Endpoint {
        .siteCommand("/v1/sites/{id}/closures", body: ClosureBody.self) { call, body in
            .announceClosure(
                SiteClosure(
                    id: call.entry(body.closure, "closure"), period: body.period,
                    reason: body.reason))
        }
    }

    private var shortenShift: Endpoint {
        .siteCommand(
            "/v1/sites/{id}/shifts/{shift}/shorten", body: ShiftShorteningBody.self
        ) { call, body in
            .shortenShift(try call.call.shift(), to: body.period, reason: body.reason)
        }
    }

    private var withdrawShift: Endpoint {
        .siteCommand(
            "/v1/sites/{id}/shifts/{shift}/withdraw", body: ShiftWithdrawalBody.self
        ) { call, body in
            .withdrawShift(try call.call.shift(), reason: body.reason)
        }
    }

    /// What a site has of its vials, and what is left of them.
    private var stock: Endpoint {
        .query(
            "/v1/sites/{id}/stock", scope: .siteRead, parameters: ["knownAt", "knownAtPosition"]
        ) { call, actor in
            let answer = try await call.sites.stock(
                of: try call.site(), knownAt: try call.query.knowledge(), actor: actor)
            return Reply(answer.json, position: answer.position).with(version: answer.version)
        }
    }

    private var countStock: Endpoint {
        .siteCommand("/v1/sites/{id}/stock/counts", body: StockCountBody.self) { _, body in
            .countStock(body.count)
        }
    }

    private var recordDelivery: Endpoint {
        .siteCommand("/v1/sites/{id}/stock/deliveries", body: StockDeliveryBody.self) {
            call, body in
            .recordDelivery(
                StockDelivery(
                    id: call.entry(body.delivery, "delivery"), item: body.item, on: body.on,
                    lot: body.lot))
        }
    }

    private var withdrawDelivery: Endpoint {
        .siteCommand(
            "/v1/sites/{id}/stock/deliveries/{delivery}/withdraw", body: EmptyBody.self
        ) { call, _ in
            .withdrawDelivery(try call.call.delivery())
        }
    }
}

extension Call {
    /// The site in the path.
    func site() throws(Problem) -> SiteID { try name("id", .site) }

    func chair() throws(Problem) -> ChairID { try name("chair", .chair) }

    fileprivate func shift() throws(Problem) -> SiteEntryID { try name("shift", .siteEntry) }

    fileprivate func delivery() throws(Problem) -> SiteEntryID {
        try name("delivery", .siteEntry)
    }

    /// A name in the path, percent-encoded where it has to be.
    private func name<Name>(
        _ parameter: String, _ field: Field<Name>
    ) throws(Problem) -> Name {
        guard let text = parameters[parameter]?.removingPercentEncoding,
            let name = try? field.read(.string(text), "")
        else {
            throw Problem(
                parameter: parameter, problem: "is not valid", accepted: field.accepted)
        }
        return name
    }
}
