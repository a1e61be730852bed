import EventStore
import Infusion
import InfusionApplication
import InfusionWire
import Logging

/// The calendar of a site: chairs and time, as JSON, as a table and as feeds. See `docs/calendar.md`.
struct CalendarRoutes {
    var endpoints: [Endpoint] { [calendar, table, siteFeed, chairFeed] }

    private static let asked: Set = ["date", "from", "to", "chair", "knownAt", "knownAtPosition"]

    private var calendar: Endpoint {
        .query(
            "/v1/sites/{id}/calendar", scope: .appointmentRead, parameters: Self.asked
        ) { call, actor in
            let answer = try await call.calendar(
                atMost: ApplicationLimits.calendarDays, actor: actor)
            return Reply(answer.json, position: answer.position)
        }
    }

    private var table: Endpoint {
        .query(
            "/v1/sites/{id}/calendar.csv", scope: .appointmentRead, parameters: Self.asked
        ) { call, actor in
            let answer = try await call.calendar(
                atMost: ApplicationLimits.calendarTableDays, actor: actor)
            return Reply(bytes: CalendarTable(answer).bytes, mediaType: CalendarTable.mediaType)
                .with(.ferroviaPosition, answer.position.description)
        }
    }

    private var siteFeed: Endpoint { feed("/v1/sites/{id}/calendar.ics") { _ in nil } }

    private var chairFeed: Endpoint {
        feed("/v1/sites/{id}/chairs/{chair}/calendar.ics") { try $0.chair() }
    }

    private func feed(
        _ template: String, of chair: @escaping @Sendable (Call) throws -> ChairID?
    ) -> Endpoint {
        .feed(
            template, scope: .appointmentRead,
            parameters: ["tenant", "expires", "signature", "knownAt", "knownAtPosition"]
        ) { call, actor in
            let site = try call.site()
            let chair = try chair(call)
            let reader = try actor ?? call.reader(site: site, chair: chair)
            let answer = try await call.edge.calendar.calendar(
                CalendarQuestion(
                    site: site,
                    dates: .around(
                        back: ApplicationLimits.feedDaysBack,
                        ahead: ApplicationLimits.feedDaysAhead),
                    chair: chair, knownAt: try call.query.knowledge()),
                actor: reader)
            return Reply(
                bytes: CalendarFeed(answer, of: chair).bytes, mediaType: CalendarFeed.mediaType
            ).with(.ferroviaPosition, answer.position.description)
        }
    }
}

extension Call {
    fileprivate func calendar(
        atMost days: Int, actor: Actor
    ) async throws -> CalendarAnswer {
        try await edge.calendar.calendar(
            CalendarQuestion(
                site: try site(), dates: try dates(atMost: days),
                chair: try query.value("chair", Field<ChairID>.chair.accepted) { text in
                    try? Field<ChairID>.chair.read(.string(text), "")
                },
                knownAt: try query.knowledge()),
            actor: actor)
    }

    /// `date`, or `from` and `to`; today at the site when nothing is named.
    private func dates(atMost days: Int) throws(Problem) -> CalendarQuestion.Dates {
        let date = try calendarDate("date")
        let from = try calendarDate("from")
        let to = try calendarDate("to")
        switch (date, from, to) {
        case (nil, nil, nil): return .today
        case (let date?, nil, nil): return .range(try range(date, date, days))
        case (nil, let from?, let to?): return .range(try range(from, to, days))
        case (_?, _, _):
            throw Problem(
                parameter: "date", problem: "is given together with from or to",
                accepted: "either of them")
        case (nil, _, _):
            throw Problem(
                parameter: from == nil ? "from" : "to", problem: "is missing",
                accepted: "from and to together")
        }
    }

    /// A date of the years that calendars are asked about.
    func calendarDate(_ name: String) throws(Problem) -> CalendarDate? {
        let years = ApplicationLimits.calendarYears
        return try query.value(
            name, "a date, YYYY-MM-DD, of the years \(years.lowerBound) to \(years.upperBound)"
        ) { text in
            CalendarDate(text).flatMap { years.contains($0.components.year) ? $0 : nil }
        }
    }

    private func range(
        _ from: CalendarDate, _ to: CalendarDate, _ days: Int
    ) throws(Problem) -> CalendarDateRange {
        guard let range = CalendarDateRange(from: from, to: to, atMost: days) else {
            throw Problem(
                parameter: "to", problem: "is not valid",
                accepted: "from or later, at most \(days) days in all")
        }
        return range
    }

    /// Whoever made the link in the URL may read what it names, as of now: nothing that is not signed changes what
    /// it shows.
    fileprivate func reader(site: SiteID, chair: ChairID?) throws(Problem) -> Actor {
        guard let signature = query["signature"] else { throw Problem.tokenMissing }
        let tenant = try query.value("tenant", "a UUID") { TenantID($0) }
        guard let tenant, let expires = try query.count("expires"), let links = edge.calendarLinks
        else { throw Problem(token: .signatureInvalid) }
        let reader: Actor
        do {
            reader = try links.reader(
                of: CalendarLink(tenant: tenant, site: site, chair: chair, expires: expires),
                signature: signature)
        } catch {
            logger.info("calendar link refused", metadata: ["reason": "\(error.reason)"])
            throw Problem(token: error)
        }
        for name in ["knownAt", "knownAtPosition"] where query[name] != nil {
            throw Problem(
                parameter: name, problem: "is not part of the link",
                accepted: "a token, or the link without it")
        }
        return reader
    }
}
