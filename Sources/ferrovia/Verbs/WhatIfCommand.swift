import ArgumentParser
import EventStore
import Foundation
import Infusion
import InfusionApplication
import InfusionKnowledge
import InfusionPostgres
import PostgresEventStore

struct WhatIfCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "whatif",
        abstract: "Asks a tenant's log again under other rules, and says what would be different.",
        discussion: """
            Writes nothing. Orders and begun doses are asked again, each by itself, on the history as it \
            was; open orders, the recheck queue and the last course's verdict as of now. Give another \
            formulary, other pathways, another sites file with another policy, or several of them. \
            Needs FERROVIA_SITES_FILE and FERROVIA_MASTER_KEY_FILE.
            """)
    @OptionGroup var options: TenantOptions
    @Option(help: "The formulary that would decide, as YAML.") var formulary: String?
    @Option(help: "The pathways that would decide, as YAML.") var pathways: String?
    @Option(help: "The sites file that would decide.") var sites: String?
    @Option(
        help:
            "Only decisions recorded after this position or instant (RFC 3339); today's answers always.",
        transform: Known.init)
    var since: Known?
    @Flag(help: "Answer in JSON, one line a difference, and the counts at the end.") var json =
        false

    func validate() throws {
        guard formulary != nil || pathways != nil || sites != nil else {
            throw ValidationError(
                "give --formulary, --pathways, --sites or several: which rules instead?")
        }
    }

    func run() async throws {
        try await Failing.run {
            let instead = WhatIfRun.Instead(
                formulary: try formulary.map {
                    try KnowledgeVerbs<FormularyFile>.require($0).formulary
                },
                pathways: try pathways.map {
                    try KnowledgeVerbs<PathwaysFile>.require($0).pathways
                })
            let backend = try await options.open()
            let run = try WhatIfRun(
                backend: backend, sites: try await Backend.sites().sites(of: backend.tenant),
                otherSites: try await otherSites(by: instead.pathways ?? .standard)
                    .sites(of: backend.tenant),
                instead: instead, since: try await position(in: backend), now: Backend.now())
            var answer = WhatIfAnswer(isJSON: json)
            let bar = ProgressBar("whatif")
            let head = try await backend.log.head(tenant: backend.tenant)
            let histories = PatientHistories(
                pool: backend.pool, tenant: backend.tenant, upTo: head)
            for try await page in histories.pages {
                answer.add(try await run.judge(page))
                bar.update(answer.events, of: Int(head.value))
            }
            bar.finish()
            answer.finish()
        }
    }

    private func otherSites(by numbers: ClinicalPathways) throws -> SitesFile {
        guard let sites else { return try Backend.sites(by: numbers) }
        do {
            return try SitesFile(json: try Files.read(sites), pathways: numbers)
        } catch let problem as SitesFile.Problem {
            throw Console.fail("\(sites): \(problem)", .inputOutput)
        }
    }

    private func position(in backend: Backend) async throws -> Position {
        guard let since else { return .start }
        return try await ReplaySource.log(backend).position(since)
    }
}
