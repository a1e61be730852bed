import ArgumentParser
import EventStore
import Foundation
import Infusion
import InfusionApplication
import InfusionJournal
import InfusionPostgres
import InfusionProjections

struct Queue: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "The recheck queue, as of any day and as known at any moment.")
    @OptionGroup var options: TenantOptions
    @OptionGroup var known: KnownOptions
    @Option(help: "Only this site.") var site: String?
    @Option(help: "upcoming, due or overdue.") var status: String?
    @Option(help: "On this clinic-local date, YYYY-MM-DD; default: today.") var on: String?
    @Option(help: "At most so many rows.") var limit = QueryLimits.pageDefault
    @Flag(help: "Answer in JSON lines.") var json = false

    func run() async throws {
        try await Failing.run {
            let backend = try await options.open()
            let date = try on.map { text in
                guard let date = CalendarDate(text) else {
                    throw ValidationError("'\(text)' is no date; write YYYY-MM-DD")
                }
                return date
            }
            let wanted = try status.map { text in
                guard let status = RecheckStatus(rawValue: text) else {
                    throw ValidationError("--status is one of upcoming, due, overdue")
                }
                return status
            }
            let day = date ?? CalendarDate(Backend.now(), in: .gmt)
            let page = try await backend.readModels.recheckQueue(
                RecheckQueueQuery(
                    site: site.map { SiteID($0) }, status: wanted, on: day,
                    position: try await known.position(in: backend), after: nil,
                    limit: min(max(1, limit), QueryLimits.pageMaximum)),
                tenant: backend.tenant)
            show(page, on: day)
        }
    }

    private func show(_ page: RecheckQueuePage, on day: CalendarDate) {
        var table = Table("recheck", "urgency", "status", "due", "overdue after", "tests", "reason")
        for row in page.rows {
            let id = "\(row.patient).\(row.recheck)"
            let tests = row.tests.map(\.rawValue).joined(separator: ", ")
            if json {
                Console.out(
                    bytes: JSONAnswer.object { writer in
                        for (name, value) in [
                            ("id", id), ("site", row.site.name), ("urgency", row.urgency.rawValue),
                            ("status", row.status(on: day).rawValue),
                            ("earliest", "\(row.earliest)"),
                            ("due", "\(row.due)"), ("overdueAfter", "\(row.overdueAfter)"),
                            ("tests", tests), ("reason", row.reason),
                        ] {
                            writer.key(name)
                            writer.string(value)
                        }
                        writer.key("opened")
                        writer.integer(row.opened.value)
                    })
            } else {
                table.add(
                    id, row.urgency.rawValue, row.status(on: day).rawValue, "\(row.due)",
                    "\(row.overdueAfter)", tests, row.reason)
            }
        }
        if !json {
            Console.out(table.render())
            let more = page.next == nil ? "" : ", more with --limit"
            Console.note(
                "\(page.rows.count) rows on \(day), as known at position \(page.position)\(more)")
        }
    }
}
