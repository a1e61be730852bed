import ArgumentParser
import EventStore
import Foundation
import Infusion
import InfusionApplication
import InfusionWire

struct CalendarCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "calendar",
        abstract: "Who is kept which chair, and what became of it; drawn, as a table, as a feed.",
        discussion: """
            docs/calendar.md describes the answers. No key of patients is needed: they are named by id, and in \
            feeds not at all. Sites without events of their own need FERROVIA_SITES_FILE, for their time zone.
            """,
        subcommands: [Day.self, Table.self, Feed.self, Link.self])

    struct Day: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Draws a date of a site with its appointments, and lists them.")
        @OptionGroup var options: TenantOptions
        @OptionGroup var known: KnownOptions
        @OptionGroup var drawing: DrawingOptions
        @Argument(help: "The site's name.") var site: String
        @Argument(
            help: "The date, YYYY-MM-DD; default: today at the site.", transform: Arguments.date)
        var date: CalendarDate?
        @Flag(help: "Answer in JSON, as GET /v1/sites/{id}/calendar does.") var json = false

        func run() async throws {
            try await Failing.run {
                let backend = try await options.open()
                let answer = try await backend.calendar(
                    of: site, date.map { .range(CalendarDateRange($0)) } ?? .today,
                    known.knowledge)
                guard !json else { return Console.out(answer.json) }
                for day in answer.days {
                    let drawing = SiteDayDrawing(day, of: answer, style: drawing.style)
                    for line in drawing.lines { Console.out(line) }
                    let entries = answer.entries(on: day)
                    if !entries.isEmpty { Console.out("\n" + list(entries, on: day, answer)) }
                }
                Console.note("as known at position \(answer.position)")
            }
        }

        private func list(
            _ entries: [CalendarEntry], on day: CalendarAnswer.Day, _ answer: CalendarAnswer
        ) -> String {
            let clock = ZoneClock(answer.timeZone)
            func text(_ instant: Instant?) -> String {
                guard let local = instant.map(clock.localTime) else { return "" }
                return local.date == day.date ? "\(local.time)" : "\(local)"
            }
            var table = ferrovia.Table(
                "from", "to", "chair", "status", "kind", "arrived", "started", "left", "patient",
                "overridden")
            for entry in entries {
                table.add(
                    text(entry.slot.start), text(entry.slot.end), entry.slot.chair.name,
                    entry.drawn.meaning, entry.kind?.rawValue ?? "", text(entry.arrived),
                    text(entry.started), text(entry.discharged), entry.patient.description,
                    Self.text(entry.capacityOverride))
            }
            return table.render()
        }

        /// `nurse-starts, stock-short (staffAgreed)`.
        private static func text(_ override: CapacityOverride?) -> String {
            guard let override else { return "" }
            let rules = override.rules.map(\.rawValue).sorted().joined(separator: ", ")
            return "\(rules) (\(override.reason.rawValue))"
        }
    }

    struct Table: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "csv",
            abstract:
                "Writes scheduled and actual times as CSV; of yesterday unless told otherwise.")
        @OptionGroup var options: TenantOptions
        @OptionGroup var known: KnownOptions
        @Option(help: "The site's name.") var site: String
        @Option(help: "The first date, YYYY-MM-DD.", transform: Arguments.date)
        var from: CalendarDate?
        @Option(
            help:
                "The last date; default: the first. At most \(ApplicationLimits.calendarTableDays) days in all.",
            transform: Arguments.date)
        var to: CalendarDate?

        func run() async throws {
            try await Failing.run {
                let backend = try await options.open()
                let answer = try await backend.calendar(
                    of: site, dates, known.knowledge)
                Console.raw(CalendarTable(answer).bytes)
                Console.note(
                    "\(answer.beginning.count.counted("appointment")), "
                        + "as known at position \(answer.position)"
                )
            }
        }

        func validate() throws {
            guard let to else { return }
            let days = ApplicationLimits.calendarTableDays
            guard let from, CalendarDateRange(from: from, to: to, atMost: days) != nil else {
                throw ValidationError("give --from, and --to not before it, at most \(days) days")
            }
        }

        private var dates: CalendarQuestion.Dates {
            guard let from else { return .around(back: 1, ahead: 0) }
            let range = CalendarDateRange(
                from: from, to: to ?? from, atMost: ApplicationLimits.calendarTableDays)
            return .range(range ?? CalendarDateRange(from))
        }
    }

    struct Feed: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "ics",
            abstract: "Writes the feed of a site or a chair, as GET .../calendar.ics does.")
        @OptionGroup var options: TenantOptions
        @OptionGroup var known: KnownOptions
        @Argument(help: "The site's name.") var site: String
        @Option(help: "Only this chair.") var chair: String?

        func run() async throws {
            try await Failing.run {
                let backend = try await options.open()
                let chair = chair.map { ChairID($0) }
                let answer = try await backend.calendar(
                    of: site,
                    .around(
                        back: ApplicationLimits.feedDaysBack, ahead: ApplicationLimits.feedDaysAhead
                    ), known.knowledge, chair: chair)
                Console.raw(CalendarFeed(answer, of: chair).bytes)
            }
        }
    }

    struct Link: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Makes a link that a calendar program reads a feed by, without a token.",
            discussion: """
                Whoever has the link reads the feed until it ends. FERROVIA_CALENDAR_KEY_FILE names the keys, \
                the same as the service's; a link ends early when its key is taken out.
                """)
        @OptionGroup var options: TenantOptions
        @Argument(help: "The site's name.") var site: String
        @Option(help: "Only this chair.") var chair: String?
        @Option(
            parsing: .unconditional,
            help: "Good for so many days, 1 to \(CalendarLink.daysMaximum).", transform: Self.days)
        var days = 90
        @Option(help: "Where the service is reached; without it, only the path is written.")
        var url = ""

        func run() async throws {
            try await Failing.run {
                let keys = try Environment.file(
                    "FERROVIA_CALENDAR_KEY_FILE", "the file of keys for calendar links"
                ) { try CalendarLinkKeys(file: $0) }
                let backend = try await options.open()
                let chair = chair.map { ChairID($0) }
                let answer = try await backend.calendar(of: site, .today, .now, chair: chair)
                let now = Backend.now().microsecondsSinceUnixEpoch / 1_000_000
                let link = CalendarLink(
                    tenant: backend.tenant, site: answer.site, chair: chair,
                    expires: now + Int64(days) * 86_400)
                let base = url.hasSuffix("/") ? String(url.dropLast()) : url
                Console.out(base + link.path(signedWith: keys.signature(of: link)))
            }
        }

        private static func days(_ text: String) throws -> Int {
            guard let days = Int(text), (1...CalendarLink.daysMaximum).contains(days) else {
                throw ValidationError("whole days, 1 to \(CalendarLink.daysMaximum)")
            }
            return days
        }
    }
}

extension Backend {
    fileprivate func calendar(
        of site: String, _ dates: CalendarQuestion.Dates, _ known: AsOf.Knowledge,
        chair: ChairID? = nil
    ) async throws -> CalendarAnswer {
        let sites: any SiteDirectory = try Backend.sitesIfNamed() ?? FixedSites([:])
        return try await CalendarService(
            log: log, readModels: readModels, sites: sites, now: Backend.now
        ).calendar(
            CalendarQuestion(
                site: SiteID(site), dates: dates, chair: chair,
                knownAt: known),
            actor: actor)
    }
}
