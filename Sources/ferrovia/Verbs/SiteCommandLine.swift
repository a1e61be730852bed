import ArgumentParser
import EventStore
import Foundation
import Infusion
import InfusionApplication
import InfusionKnowledge
import InfusionWire
import PostgresEventStore
import YAMLReader

struct SiteCommandLine: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "site",
        abstract: "Sites: chairs, opening hours, closures and shifts, as events.",
        discussion: "docs/sites.md describes the file. No key is needed.",
        subcommands: [Apply.self, Show.self, Utilization.self])

    struct Apply: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Makes the sites of a tenant what a file says: what differs becomes events.",
            discussion: """
                Where nothing differs nothing is recorded. Each site is changed as a whole or not at all. \
                What was said on the day, a shift withdrawn or a chair that came back, is not undone by an \
                older plan.
                """)
        @OptionGroup var options: TenantOptions
        @Argument(help: "The YAML file.") var file: String
        @Option(
            help: "Who decided it: a name as the clinic's tokens carry it.",
            transform: Arguments.actor)
        var actor: String
        @Flag(help: "Answer in JSON, one line a site.") var json = false

        func run() async throws {
            try await Failing.run {
                let (text, name) = try Files.text(file)
                let plans = try SitePlanFile(text, file: name, now: Backend.now()).plans
                let backend = try await options.open()
                for plan in plans {
                    show(try await backend.sites.handle(request(plan, in: backend.tenant)))
                }
            }
        }

        private func request(_ plan: SitePlan, in tenant: TenantID) -> SiteRequest {
            let id = UUID()
            return SiteRequest(
                actor: Actor(
                    subject: actor, tenant: tenant, role: .administrator, scopes: [.siteWrite]),
                commandID: CommandID(id), fingerprint: withUnsafeBytes(of: id.uuid, Array.init),
                correlationID: id, expectedVersion: nil, site: plan.site, command: .apply(plan))
        }

        private func show(_ receipt: SiteReceipt) {
            guard !json else {
                return Console.out([
                    "site": .string(receipt.site.name),
                    "version": .integer(receipt.version.value),
                    "events": .list(receipt.events) { .string($0) },
                    "position": .integer(receipt.position.value),
                ])
            }
            guard let positions = receipt.positions else {
                return Console.out("\(receipt.site): nothing differs.")
            }
            let count = receipt.events.count
            Console.out(
                "\(receipt.site): \(count) \(count == 1 ? "change" : "changes"), positions "
                    + "\(positions.lowerBound) to \(positions.upperBound).")
            for event in receipt.events { Console.out("  \(event)") }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Draws a date of a site: when it is open, its chairs, who is there.")
        @OptionGroup var options: TenantOptions
        @OptionGroup var known: KnownOptions
        @OptionGroup var drawing: DrawingOptions
        @Argument(help: "The site's name.") var site: String
        @Option(
            help: "The date, YYYY-MM-DD; default: today at the site.", transform: Arguments.date)
        var date: CalendarDate?
        @Option(
            help: "Also the last start of a visit of so many minutes.",
            transform: Arguments.visitMinutes)
        var visit: Int?
        @Flag(help: "Answer in JSON, as GET /v1/sites/{id}/days/{date} does.") var json = false

        func run() async throws {
            try await Failing.run {
                let backend = try await options.open()
                let view = try await backend.sites.site(
                    SiteID(site), knownAt: .position(try await known.position(in: backend)),
                    actor: backend.actor)
                let zone = view.state.timeZone.flatMap { TimeZone(identifier: $0) } ?? .gmt
                let date = self.date ?? CalendarDate(Backend.now(), in: zone)
                guard let day = SiteDay(of: date, given: view.state) else {
                    throw Console.fail(
                        "this program does not know the time zone of \(site)", .software)
                }
                if json {
                    Console.out(
                        day.json(visit: visit, version: view.version, position: view.position))
                } else {
                    show(day, at: view.position)
                }
            }
        }

        private func show(_ day: SiteDay, at position: Position) {
            for line in SiteDayDrawing(day, style: drawing.style).lines { Console.out(line) }
            if let visit {
                let clock = ZoneClock(day.timeZone)
                let last = day.lastStart(of: visit).map { "\(clock.localTime(of: $0))" }
                Console.out("the last visit of \(visit) min begins at \(last ?? "no time")")
            }
            Console.note("as known at position \(position)")
        }
    }
}

extension Backend {
    /// Sites need neither keys nor projections.
    var sites: SiteService {
        SiteService(
            log: PostgresEventStore(pool: pool, logger: Quiet.logger), now: Backend.now)
    }
}
