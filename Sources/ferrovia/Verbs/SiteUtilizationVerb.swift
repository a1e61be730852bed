import ArgumentParser
import Infusion
import InfusionApplication
import InfusionProjections
import InfusionWire

extension SiteCommandLine {
    struct Utilization: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "How a site's chairs were used, and how its visits went, over a period.",
            discussion: """
                Counts and minutes, never a percentage alone; nobody is named. docs/sites.md says how each is \
                made.
                """)
        @OptionGroup var options: TenantOptions
        @OptionGroup var known: KnownOptions
        @Argument(help: "The site's name.") var site: String
        @Option(help: "The first date, YYYY-MM-DD.", transform: Arguments.date)
        var from: CalendarDate
        @Option(help: "The last date, YYYY-MM-DD.", transform: Arguments.date)
        var to: CalendarDate
        @Option(help: "Minutes after the agreed start beyond which an arrival is late.")
        var lateAfter = UtilizationTerm.lateAfter.standard
        @Option(help: "Minutes from the start of a slot to its infusion, as planned.")
        var preparation = UtilizationTerm.preparation.standard
        @Option(help: "Minutes by which an infusion that begins on time may differ from the plan.")
        var startWithin = UtilizationTerm.startWithin.standard
        @Flag(help: "Answer in JSON, as GET /v1/sites/{id}/utilization does.") var json = false
        @Flag(help: "Answer as CSV, as GET /v1/sites/{id}/utilization.csv does.") var csv = false

        private var terms: [UtilizationTerm: Int] {
            [.lateAfter: lateAfter, .preparation: preparation, .startWithin: startWithin]
        }

        private var period: CalendarDateRange? {
            let years = ApplicationLimits.calendarYears
            guard years.contains(from.components.year), years.contains(to.components.year) else {
                return nil
            }
            return CalendarDateRange(
                from: from, to: to, atMost: ApplicationLimits.utilizationDays)
        }

        func validate() throws {
            guard !(json && csv) else { throw ValidationError("--json or --csv, not both") }
            guard period != nil else {
                throw ValidationError(
                    "--to is --from or later, \(ApplicationLimits.utilizationDays) dates at most, of "
                        + "the years \(ApplicationLimits.calendarYears.lowerBound) to "
                        + "\(ApplicationLimits.calendarYears.upperBound)")
            }
            for (term, minutes) in terms where !term.accepted.contains(minutes) {
                throw ValidationError(
                    "minutes are \(term.accepted.lowerBound) to \(term.accepted.upperBound)")
            }
        }

        func run() async throws {
            try await Failing.run {
                guard let period else {
                    preconditionFailure("arguments are validated before they are used")
                }
                let backend = try await options.open()
                let sites: (any SiteDirectory)? = try Backend.sitesIfNamed()
                let service = UtilizationService(
                    log: backend.log, readModels: backend.readModels,
                    sites: sites ?? FixedSites([:]), now: Backend.now)
                let answer = try await service.utilization(
                    UtilizationQuestion(
                        site: SiteID(site), period: period, terms: UtilizationTerms(terms),
                        knownAt: .position(try await known.position(in: backend))),
                    actor: backend.actor)
                if json {
                    Console.out(answer.json)
                } else if csv {
                    Console.raw(UtilizationTable(answer).bytes)
                } else {
                    show(answer)
                }
            }
        }

        private func show(_ answer: UtilizationAnswer) {
            let use = answer.utilization
            var table = Table(
                "", "visits", "scheduled min", "actual min", "no-show", "late", "on time",
                "cancelled", "lead time, median")
            for day in use.days { add(day.date.description, day.figures, to: &table) }
            for chair in use.chairs { add(chair.chair.name, chair.figures, to: &table) }
            add("total", use.total, to: &table)
            Console.out(table.render())
            Console.out(
                "of the minutes that chairs could be used; of those who came and did not; of arrivals; "
                    + "of infusions begun; of all visits")
            Console.note("as known at position \(answer.position)")
        }

        private func add(_ name: String, _ figures: UtilizationFigures, to table: inout Table) {
            table.add(
                name, "\(figures.allVisits)",
                figures.scheduledUtilization.map(text) ?? "\(figures.scheduledSeconds / 60)",
                figures.actualUtilization.map(text) ?? "\(figures.actualSeconds / 60)",
                text(figures.noShow), text(figures.lateArrivals), text(figures.templateAdherence),
                text(figures.cancelled),
                figures.leadTimes.percentile(50).map(days) ?? "–")
        }

        private func text(_ share: Share) -> String {
            let percent = share.percent.map { " (\($0) %)" } ?? ""
            return "\(share.numerator) of \(share.denominator)\(percent)"
        }

        /// Whole days and hours.
        private func days(_ minutes: Int64) -> String {
            "\(minutes / 1_440) d \(abs(minutes % 1_440) / 60) h"
        }
    }
}
