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
        subcommands: [Apply.self, Show.self, Stock.self, Utilization.self])

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
                let words = try await sitesFile(of: backend.tenant).map { known in
                    try plans.map { try agreed($0, with: known) }
                }
                for (index, plan) in plans.enumerated() {
                    show(
                        try await backend.sites.handle(request(plan, in: backend.tenant)),
                        of: plan, words?[index])
                }
            }
        }

        /// `nil` where nobody named the file.
        private func sitesFile(of tenant: TenantID) async throws -> [ClinicSite]? {
            try await Backend.sitesIfNamed()?.sites(of: tenant)
        }

        /// Before anything is recorded of any site.
        private func agreed(
            _ plan: SitePlan, with known: [ClinicSite]
        ) throws -> SitesFileWord {
            let word = plan.word(of: known)
            if case .contradicts(let timeZone) = word {
                throw Console.fail(
                    "\(plan.site): timeZone is \(plan.timeZone) in \(file), and \(timeZone) in the "
                        + "sites file (FERROVIA_SITES_FILE): correct the one that is wrong",
                    .configuration)
            }
            return word
        }

        private func request(_ plan: SitePlan, in tenant: TenantID) -> SiteRequest {
            let id = UUID()
            return SiteRequest(
                actor: Actor(
                    subject: actor, tenant: tenant, role: .administrator, scopes: [.siteWrite]),
                commandID: CommandID(id), fingerprint: withUnsafeBytes(of: id.uuid, Array.init),
                correlationID: id, expectedVersion: nil, site: plan.site, command: .apply(plan))
        }

        private func show(_ receipt: SiteReceipt, of plan: SitePlan, _ word: SitesFileWord?) {
            guard !json else {
                return Console.out([
                    "site": .string(receipt.site.name),
                    "inSitesFile": .optional(word) { .bool($0 == .agrees) },
                    "version": .integer(receipt.version.value),
                    "events": .list(receipt.events) { .string($0) },
                    "unfitVisits": [
                        "total": .integer(receipt.unfit.total),
                        "visits": .list(receipt.unfit.named, \.json),
                    ],
                    "position": .integer(receipt.position.value),
                ])
            }
            defer { tell(word, of: plan) }
            guard let positions = receipt.positions else {
                return Console.out("\(receipt.site): nothing differs.")
            }
            Console.out(
                "\(receipt.site): \(receipt.events.count.counted("change")), positions "
                    + "\(positions.lowerBound) to \(positions.upperBound).")
            for event in receipt.events { Console.out("  \(event)") }
            tell(receipt.unfit)
        }

        /// What is still to be done for the site.
        private func tell(_ word: SitesFileWord?, of plan: SitePlan) {
            switch word {
            case nil:
                Console.note(
                    "\(plan.site): not held against the sites file, since FERROVIA_SITES_FILE names none"
                )
            case .missing:
                Console.note(
                    """
                    \(plan.site): not in the sites file (FERROVIA_SITES_FILE). No patient can be registered there \
                    before it has {"id": "\(plan.site)", "timeZone": "\(plan.timeZone)", "region": …} with the \
                    region "us" or "eu"
                    """)
            case .agrees, .contradicts: break
            }
        }

        /// They stay booked: somebody has to move them, or to answer for them.
        private func tell(_ unfit: UnfitVisits) {
            guard unfit.total > 0 else { return }
            Console.out(
                unfit.total.counted("visit stays booked and does", "visits stay booked and do")
                    + " not fit any more:")
            for visit in unfit.named {
                Console.out(
                    "  \(visit.start)  \(visit.slot.chair)  \(visit.reason.rawValue)  "
                        + "\(visit.appointment)")
            }
            if unfit.total > unfit.named.count {
                let later = unfit.total - unfit.named.count
                Console.out("  and \(later.counted("later one"))")
            }
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
    /// Sites need no keys.
    var sites: SiteService {
        SiteService(
            log: PostgresEventStore(pool: pool, logger: Quiet.logger), readModels: readModels,
            knowledge: ActivatedKnowledge(log: log), now: Backend.now)
    }
}
