import ArgumentParser
import EventStore
import Foundation
import Infusion
import InfusionApplication
import InfusionPostgres
import InfusionProjections
import InfusionWire

struct Queue: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "The recheck queue, as of any day and as known at any moment.",
        discussion: "No key is needed: the queue names patients by id.")
    @OptionGroup var options: TenantOptions
    @OptionGroup var known: KnownOptions
    @Option(help: "Only this site.") var site: String?
    @Option(help: "upcoming, due or overdue.", transform: Arguments.name)
    var status: RecheckStatus?
    @Option(
        help: "On this clinic-local date, YYYY-MM-DD; default: today.", transform: Arguments.date)
    var on: CalendarDate?
    @Option(
        parsing: .unconditional, help: "At most so many rows, 1 to \(QueryLimits.pageMaximum).",
        transform: Arguments.pageLimit)
    var limit = QueryLimits.pageDefault
    @Option(help: "Go on behind this row: the next of the page before.", transform: Queue.cursor)
    var cursor: RecheckQueueCursor?
    @Flag(help: "All rows, however many.") var all = false
    @Flag(help: "Answer in JSON, as GET /v1/queues/recheck does.") var json = false

    func run() async throws {
        try await Failing.run {
            let backend = try await options.open()
            let sites = try await Backend.sitesIfNamed()?.sites(of: backend.tenant)
            let query = RecheckQueueQuery(
                site: try wantedSite(of: sites), status: status,
                on: on ?? today(at: sites), position: try await known.position(in: backend),
                after: cursor, limit: all ? QueryLimits.pageMaximum : limit)
            let page = try await all ? backend.wholeQueue(query) : backend.queue(query)
            if json { Console.out(page.json) } else { show(page) }
        }
    }

    private static func cursor(_ text: String) throws -> RecheckQueueCursor {
        guard let cursor = RecheckQueueCursor(token: text) else {
            throw ValidationError("give the next of the page before")
        }
        return cursor
    }

    private func wantedSite(of sites: [ClinicSite]?) throws -> SiteID? {
        guard let site = site.map({ SiteID($0) }) else { return nil }
        if let sites, !sites.contains(where: { $0.id == site }) {
            let names = sites.map(\.id.name).sorted().joined(separator: ", ")
            throw Console.fail("no site '\(site.name)'; there are: \(names)", .noAnswer)
        }
        return site
    }

    /// At the asked site, else at the westernmost of all, so that nothing is called overdue anywhere
    /// before that day has begun there; in UTC where the sites are not known.
    private func today(at sites: [ClinicSite]?) -> CalendarDate {
        let asked = (sites ?? []).filter { site == nil || $0.id.name == site }
        let now = Backend.now()
        return asked.map { CalendarDate(now, in: $0.timeZone) }.min() ?? CalendarDate(now, in: .gmt)
    }

    private func show(_ page: RecheckQueuePage) {
        var table = Table("recheck", "urgency", "status", "due", "overdue after", "tests", "reason")
        for row in page.rows {
            table.add(
                row.id, row.urgency.rawValue, row.status(on: page.on).rawValue, "\(row.due)",
                "\(row.overdueAfter)", row.tests.map(\.rawValue).joined(separator: ", "),
                row.reason)
        }
        Console.out(table.render())
        Console.note(
            "\(page.rows.count.counted("row")) on \(page.on), as known at position \(page.position)"
        )
        if let next = page.next { Console.note("more with --all, or --cursor \(next.token)") }
    }
}

extension Backend {
    fileprivate func queue(_ query: RecheckQueueQuery) async throws -> RecheckQueuePage {
        try await readModels.recheckQueue(query, tenant: tenant)
    }

    /// Page after page, as of one position, so that together they are one answer.
    fileprivate func wholeQueue(_ query: RecheckQueueQuery) async throws -> RecheckQueuePage {
        var rows: [RecheckQueueRow] = []
        var after = query.after
        repeat {
            let page = try await queue(
                RecheckQueueQuery(
                    site: query.site, status: query.status, on: query.on, position: query.position,
                    after: after, limit: query.limit))
            rows += page.rows
            after = page.next
        } while after != nil
        return RecheckQueuePage(rows: rows, next: nil, on: query.on, position: query.position)
    }
}
