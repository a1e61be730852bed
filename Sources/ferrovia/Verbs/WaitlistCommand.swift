import ArgumentParser
import EventStore
import Infusion
import InfusionApplication
import InfusionPostgres
import InfusionProjections
import InfusionWire

struct WaitlistCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "waitlist",
        abstract: "Who waits for a visit, as known at any moment.",
        discussion: "No key is needed: the list names patients by id.")
    @OptionGroup var options: TenantOptions
    @OptionGroup var known: KnownOptions
    @Option(help: "The site; who waits for any site is listed too.") var site: String
    @Option(
        parsing: .unconditional, help: "At most so many rows, 1 to \(QueryLimits.pageMaximum).",
        transform: Arguments.pageLimit)
    var limit = QueryLimits.pageDefault
    @Option(
        help: "Go on behind this row: the next of the page before.",
        transform: WaitlistCommand.cursor)
    var cursor: WaitlistPlace?
    @Flag(help: "All rows, however many.") var all = false
    @Flag(help: "Answer in JSON, as GET /v1/sites/{id}/waitlist does.") var json = false

    func run() async throws {
        try await Failing.run {
            let backend = try await options.open()
            let query = WaitlistQuery(
                site: SiteID(site), position: try await known.position(in: backend),
                after: cursor, limit: all ? QueryLimits.pageMaximum : limit)
            let page = try await all ? backend.wholeWaitlist(query) : backend.waitlist(query)
            if json { Console.out(page.json) } else { show(page) }
        }
    }

    private static func cursor(_ text: String) throws -> WaitlistPlace {
        guard let cursor = WaitlistPlace(token: text) else {
            throw ValidationError("give the next of the page before")
        }
        return cursor
    }

    private func show(_ page: WaitlistPage) {
        var table = Table("order", "urgency", "due", "since", "status", "minutes", "wishes")
        for row in page.rows {
            table.add(
                row.order.description, row.urgency.rawValue, "\(row.due)", row.since.text,
                row.status.rawValue, "\(row.request.minutes)", row.request.wishes)
        }
        Console.out(table.render())
        Console.note("\(page.rows.count.counted("row")), as known at position \(page.position)")
        if let next = page.next { Console.note("more with --all, or --cursor \(next.token)") }
    }
}

extension Backend {
    fileprivate func waitlist(_ query: WaitlistQuery) async throws -> WaitlistPage {
        try await readModels.waitlist(query, tenant: tenant)
    }

    /// Page after page, as of one position, so that together they are one answer.
    fileprivate func wholeWaitlist(_ query: WaitlistQuery) async throws -> WaitlistPage {
        var rows: [WaitlistRow] = []
        var after = query.after
        repeat {
            let page = try await waitlist(
                WaitlistQuery(
                    site: query.site, position: query.position, after: after, limit: query.limit))
            rows += page.rows
            after = page.next
        } while after != nil
        return WaitlistPage(rows: rows, next: nil, position: query.position)
    }
}

extension WaitlistRequest {
    /// `any site, from 2026-03-10, monday, 08:00-12:00, 24 h notice`; empty where everything suits.
    fileprivate var wishes: String {
        var wishes: [String] = []
        if site == nil { wishes.append("any site") }
        if let earliest { wishes.append("from \(earliest)") }
        if let latest { wishes.append("until \(latest)") }
        if weekdays.count < Weekday.allCases.count {
            wishes += Weekday.allCases.filter(weekdays.contains).map(\.rawValue)
        }
        if let hours { wishes.append(hours.description) }
        if noticeHours > 0 { wishes.append("\(noticeHours) h notice") }
        return wishes.joined(separator: ", ")
    }
}
