import ArgumentParser
import EventStore
import Foundation
import Infusion
import InfusionApplication
import InfusionJournal
import InfusionPostgres
import InfusionProjections
import PostgresEventStore

struct Demo: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "A clinic of people who do not exist.", subcommands: [Load.self])

    struct Load: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Plays a year of a generated clinic through the real commands. Safe to repeat.")
        @OptionGroup var options: TenantOptions
        @Option(help: "How many patients.") var patients = DemoClinic.defaultPatients
        @Option(help: "Another seed makes another clinic.") var seed = DemoClinic.defaultSeed
        @Option(
            help: "The clinic's last day, YYYY-MM-DD; default: today.", transform: Arguments.date)
        var until: CalendarDate?
        @Flag(help: "Answer in JSON.") var json = false

        func run() async throws {
            try await Failing.run {
                let backend = try await options.open()
                let clock = DemoClock()
                let site = try await site(for: backend.tenant)
                guard let lastDay = try await lastDay(in: backend, zone: site.timeZone) else {
                    Console.note("The demo clinic is loaded already.")
                    return
                }
                let clinic = DemoClinic(
                    seed: seed, patients: patients, site: site, lastDay: lastDay)
                let loader = DemoLoader(
                    useCases: try await backend.useCases(now: { clock.now }), clock: clock,
                    actor: backend.actor)
                let bar = ProgressBar("demo")
                let outcome = try await loader.load(clinic) { done, total in
                    bar.update(done, of: total)
                }
                bar.finish()
                report(outcome)
            }
        }

        /// The demo's products are those of the US label.
        private func site(for tenant: TenantID) async throws -> ClinicSite {
            let sites = try await Backend.sites().sites(of: tenant)
            guard let site = sites.first(where: { $0.region == .us }) else {
                throw Console.fail(
                    "the demo needs a site of region us in the sites file", .configuration)
            }
            return site
        }

        /// Until when; `nil` if a clinic was loaded on another day, which is left as it is.
        private func lastDay(in backend: Backend, zone: TimeZone) async throws -> CalendarDate? {
            if let until { return until }
            let head = try await backend.log.head(tenant: backend.tenant)
            return head == .start ? CalendarDate(Backend.now(), in: zone) : nil
        }

        private func report(_ outcome: DemoOutcome) {
            let refused = outcome.refused.sorted { $0.key < $1.key }
            if json {
                Console.out(
                    bytes: JSONAnswer.object { writer in
                        writer.key("accepted")
                        writer.integer(Int64(outcome.accepted))
                        writer.key("refused")
                        writer.beginObject()
                        for (code, count) in refused {
                            writer.key(code)
                            writer.integer(Int64(count))
                        }
                        writer.endObject()
                    })
            } else {
                Console.out("Accepted \(outcome.accepted.counted("command")).")
                for (code, count) in refused { Console.out("Refused \(count): \(code)") }
            }
        }
    }
}
