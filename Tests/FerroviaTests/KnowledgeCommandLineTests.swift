import EventStore
import Foundation
import InfusionJournal
import PostgresEventStore
import Testing

@testable import ferrovia

/// `ferrovia pathways` and `ferrovia formulary`: from a file into force for a tenant, and back onto the
/// screen.
@Suite struct KnowledgeCommandLineTests {
    /// The shipped pathways as another version, in which results of iron are good for so long.
    private func pathways(
        _ clinic: ImportingClinic, _ version: String, days: Int, accepted: String = "1 to 120"
    ) async throws -> String {
        let shipped = try await clinic.tool.succeed("pathways", "show")
        let text = shipped.replacing("\nversion: 2026.11.0\n", with: "\nversion: \(version)\n")
            .replacing(
                "value: 56 d\n    accepted: 1 to 120\n",
                with: "value: \(days) d\n    accepted: \(accepted)\n")
        #expect(text != shipped)
        return text
    }

    private func activate(
        _ path: String, in clinic: ImportingClinic, kind: String = "pathways"
    ) -> [String] {
        [kind, "activate", path, "--tenant", clinic.name, "--actor", "dr-bianchi"]
    }

    @Test func `pathways come into force as an event with the whole file`() async throws {
        try await ImportingClinic.with { clinic in
            let log = WrittenLog(commands: 20, patients: 2)
            #expect(try await clinic.importing(try clinic.file(log.text)).status == 0)
            let before = try await clinic.store.head(tenant: clinic.tenant)
            let text = try await pathways(clinic, "2026.11.0+old.1", days: 42)
            let path = try clinic.file(text, "pathways.yaml")
            let none = try await clinic.tool.succeed(
                "pathways", "history", "--tenant", clinic.name)
            #expect(none == "None activated: what is shipped decides, 2026.11.0.\n")

            let first = try await clinic.tool.run(activate(path, in: clinic))
            #expect(first.status == 0, "\(first.error)")
            let position = Position(before.value + 1)
            #expect(first.out == "2026.11.0+old.1 is in force from position \(position) on.\n")
            let again = try await clinic.tool.run(activate(path, in: clinic))
            #expect(
                again.out == "2026.11.0+old.1 has been in force since position \(position).\n")
            #expect(try await clinic.store.head(tenant: clinic.tenant) == position)

            let event = try #require(
                try await clinic.store.administration(of: clinic.tenant).last)
            #expect(event.data.type == "pathways-activated")
            #expect(event.metadata.actor == "dr-bianchi")
            guard
                case .pathwaysActivated(let activated) = try AdministrationCodec().decode(
                    event.data)
            else {
                Issue.record("\(event.data.type)")
                return
            }
            #expect(activated.content == text)
            #expect(
                try await clinic.tool.succeed("pathways", "show", "--tenant", clinic.name) == text)
            let history = try await clinic.tool.succeed(
                "pathways", "history", "--tenant", clinic.name, "--json")
            #expect(history.contains(activated.contentHash), "\(history)")
            // The formulary has a history of its own.
            let formulary = try await clinic.tool.succeed(
                "formulary", "history", "--tenant", clinic.name)
            #expect(formulary.hasPrefix("None activated"), "\(formulary)")
            try await clinic.tool.succeed("rebuild", "--tenant", clinic.name)
            try await clinic.verify()
        }
    }

    @Test func `what a file changes is told against what is in force`() async throws {
        try await ImportingClinic.with { clinic in
            let path = try clinic.file(
                try await pathways(clinic, "2026.11.0+old.1", days: 42), "pathways.yaml")
            let diff = ["pathways", "diff", path, "--tenant", clinic.name]
            let before = try await clinic.tool.run(diff)
            #expect(before.status == 1)
            #expect(
                before.out == "~ numbers ironMaxAgeDays.value\n    - 56 d\n    + 42 d\n",
                "\(before.out)")
            #expect(try await clinic.tool.run(activate(path, in: clinic)).status == 0)
            let after = try await clinic.tool.run(diff)
            #expect(after.status == 0, "\(after.out)")
            let both = try await clinic.tool.run(["pathways", "diff", path, path] + diff.suffix(2))
            #expect(both.status == 64)
        }
    }

    @Test func `what may not come into force is refused, and nothing is recorded`() async throws {
        try await ImportingClinic.with { clinic in
            let head = try await clinic.store.head(tenant: clinic.tenant)
            func refused(_ text: String, _ reason: String, status: Int32 = 1) async throws {
                let path = try clinic.file(text, "refused.yaml")
                let answer = try await clinic.tool.run(activate(path, in: clinic))
                #expect(answer.status == status, "\(answer.out)\(answer.error)")
                #expect(answer.error.contains(reason), "\(answer.error)")
                #expect(try await clinic.store.head(tenant: clinic.tenant) == head)
            }
            try await refused(
                try await pathways(clinic, "2026.11.0+w", days: 121, accepted: "1 to 121"),
                "ironMaxAgeDays.value: is 121")
            try await refused(
                try await pathways(clinic, "2026.11.0", days: 42),
                "2026.11.0 is shipped with another content")
            try await refused("format: 1\n", "refused.yaml:1:", status: 74)
        }
    }

    @Test func `what a site has set for itself is asked before pathways stand against it`()
        async throws
    {
        try await ImportingClinic.with { clinic in
            let sites = try clinic.file(
                ImportingClinic.sites.replacing(
                    #""region":"us""#, with: #""region":"us","policy":{"ironMaxAgeDays":90}"#),
                "other-sites.json")
            let tool = CommandLineTool(
                environment: clinic.tool.environment.merging(["FERROVIA_SITES_FILE": sites]) { $1 })
            let path = try clinic.file(
                try await pathways(
                    clinic, "2026.11.0+old.1", days: 28, accepted: "14 to 42"), "pathways.yaml")
            let refused = try await tool.run(activate(path, in: clinic))
            #expect(refused.status == 1)
            #expect(
                refused.error.contains(
                    "site boston sets ironMaxAgeDays to 90; accepted: a whole number from 14 to 42"
                ), "\(refused.error)")
            let accepted = try await clinic.tool.run(activate(path, in: clinic))
            #expect(accepted.status == 0, "\(accepted.error)")
        }
    }

    @Test func `a version that was activated before means its content for ever`() async throws {
        try await ImportingClinic.with { clinic in
            let first = try clinic.file(
                try await pathways(clinic, "2026.11.0+old.1", days: 42), "p.yaml")
            #expect(try await clinic.tool.run(activate(first, in: clinic)).status == 0)
            let other = try clinic.file(
                try await pathways(clinic, "2026.11.0+old.1", days: 41), "p.yaml")
            let refused = try await clinic.tool.run(activate(other, in: clinic))
            #expect(refused.status == 1)
            #expect(
                refused.error.contains(
                    "2026.11.0+old.1 was activated at position 1 with another content"),
                "\(refused.error)")
            // Of a formulary it may be the version all the same.
            let shipped = try await clinic.tool.succeed("formulary", "show")
            let path = try clinic.file(
                shipped.replacing("\nversion: 2026.11.0\n", with: "\nversion: 2026.11.0+old.1\n"),
                "f.yaml")
            let formulary = try await clinic.tool.run(
                activate(path, in: clinic, kind: "formulary"))
            #expect(formulary.status == 0, "\(formulary.error)")
            #expect(formulary.out == "2026.11.0+old.1 is in force from position 2 on.\n")
        }
    }
}
