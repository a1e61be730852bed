import EventStore
import Foundation
import Infusion
import InfusionJournal
import PostgresEventStore
import Testing

@testable import ferrovia

/// `ferrovia site`: from a file into the log and back onto the screen.
@Suite struct SiteCommandLineTests {
    @Test func `what differs becomes events, and nothing else changes`() async throws {
        try await ImportingClinic.with { clinic in
            // Patients before and after, so that whoever reads them passes over the site.
            let log = WrittenLog(commands: 40, patients: 4)
            #expect(try await clinic.importing(try clinic.file(log.text)).status == 0)
            let path = try clinic.file(SitePlanFileTests.text, "sites.yaml")
            let apply = ["site", "apply", path, "--tenant", clinic.name, "--actor", "manager-1"]

            let first = try await clinic.tool.run(apply)
            #expect(first.status == 0, "\(first.error)")
            #expect(first.out.contains("main: 13 changes"), "\(first.out)")
            #expect(first.out.contains("east: 1 change,"), "\(first.out)")
            let head = try await clinic.store.head(tenant: clinic.tenant)
            let again = try await clinic.tool.run(apply)
            #expect(again.out == "main: nothing differs.\neast: nothing differs.\n")
            #expect(try await clinic.store.head(tenant: clinic.tenant) == head)

            let events = try await clinic.store.read(
                SiteStream.id(of: SiteID("main")), tenant: clinic.tenant, after: .none, limit: 100)
            #expect(events.count == 13)
            #expect(events.allSatisfy { $0.metadata.actor == "manager-1" })
            try await clinic.tool.succeed("rebuild", "--tenant", clinic.name)
            try await clinic.verify()
        }
    }

    @Test func `a day is drawn as it was known`() async throws {
        try await ImportingClinic.with { clinic in
            let path = try clinic.file(SitePlanFileTests.text, "sites.yaml")
            let apply = ["site", "apply", path, "--tenant", clinic.name, "--actor", "manager-1"]
            #expect(try await clinic.tool.run(apply).status == 0)
            let before = try await clinic.store.head(tenant: clinic.tenant)
            let closing = SitePlanFileTests.text.replacing(
                "  - site: east", with: "")
            let closed = try clinic.file(
                closing.replacing("firstDay: 2026-12-25", with: "firstDay: 2026-12-18")
                    .replacing("    timeZone: Australia/Lord_Howe", with: ""), "closed.yaml")
            #expect(
                try await clinic.tool.run([
                    "site", "apply", closed, "--tenant", clinic.name, "--actor", "manager-1",
                ]).status == 0)

            let show = ["site", "show", "main", "--tenant", clinic.name, "--date", "2026-12-21"]
            let now = try await clinic.tool.run(show)
            #expect(now.status == 0, "\(now.error)")
            #expect(now.out.contains("closure natale"), "\(now.out)")
            let then = try await clinic.tool.run(show + ["--known-at", "\(before)"])
            #expect(then.out.contains("open 08:00 to 12:00, 13:00 to 17:00"), "\(then.out)")
            let json = try await clinic.tool.run(
                show + ["--known-at", "\(before)", "--visit", "90", "--json"])
            #expect(json.out.contains(#""local":"2026-12-21T08:00""#), "\(json.out)")
            // 17:00, less 20 minutes and the visit's 90.
            #expect(
                json.out.contains(
                    #""lastStart":{"instant":"2026-12-21T14:10:00Z","local":"2026-12-21T15:10"}"#),
                "\(json.out)")
        }
    }

    @Test func `a log with sites moves to another tenant with them`() async throws {
        var exported = ""
        try await ImportingClinic.with { clinic in
            let path = try clinic.file(SitePlanFileTests.text, "sites.yaml")
            #expect(
                try await clinic.tool.run([
                    "site", "apply", path, "--tenant", clinic.name, "--actor", "manager-1",
                ]).status == 0)
            exported = try await clinic.exported()
        }
        try await ImportingClinic.with { clinic in
            let answer = try await clinic.importing(try clinic.file(exported))
            #expect(answer.status == 0, "\(answer.error)")
            #expect(try await clinic.exported() == exported)
            let show = try await clinic.tool.run([
                "site", "show", "main", "--tenant", clinic.name, "--date", "2026-11-23",
            ])
            #expect(show.out.contains("chair-2"), "\(show.out)\(show.error)")
            try await clinic.verify()
        }
    }

    @Test func `what is wrong is said, and how it ends`() async throws {
        try await ImportingClinic.with { clinic in
            let bad = try clinic.file(
                SitePlanFileTests.text.replacing("kind: recliner", with: "kind: stool"),
                "bad.yaml")
            let file = try await clinic.tool.run([
                "site", "apply", bad, "--tenant", clinic.name, "--actor", "manager-1",
            ])
            #expect(file.status == 74)
            #expect(file.error.contains("bad.yaml:7:"), "\(file.error)")
            let path = try clinic.file(SitePlanFileTests.text, "sites.yaml")
            let apply = ["--tenant", clinic.name, "--actor", "manager-1"]
            #expect(try await clinic.tool.run(["site", "apply", path] + apply).status == 0)
            // A chair that is left out is asked for.
            let lost = try clinic.file(
                SitePlanFileTests.text.replacing("chair: chair-2", with: "chair: chair-3"),
                "lost.yaml")
            let refused = try await clinic.tool.run(["site", "apply", lost] + apply)
            #expect(refused.status == 1)
            #expect(refused.error.contains("the chair chair-2"), "\(refused.error)")
            let nowhere = try await clinic.tool.run([
                "site", "show", "west", "--tenant", clinic.name,
            ])
            #expect(nowhere.status == 2)
            #expect(nowhere.error.contains("no such site"), "\(nowhere.error)")
        }
    }
}
