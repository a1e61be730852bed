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

    @Test func `openings are told with what rules every other date out`() async throws {
        try await ImportingClinic.with { clinic in
            let text = SitePlanFileTests.text.replacing("site: main", with: "site: boston")
                .replacing("Europe/Rome", with: "America/New_York")
            let path = try clinic.file(text, "sites.yaml")
            let apply = ["site", "apply", path, "--tenant", clinic.name, "--actor", "manager-1"]
            #expect(try await clinic.tool.run(apply).status == 0)
            let openings = ["openings", "boston", "--tenant", clinic.name]
            // So far ahead the file has no shift, whenever this runs.
            let now = Instant(
                microsecondsSinceUnixEpoch: Int64(Date().timeIntervalSince1970) * 1_000_000)
            let day = CalendarDate(now, in: .gmt).adding(days: 400)
            let far = openings + ["--visit", "60", "--from", "\(day)", "--to", "\(day)"]
            let json = try await clinic.tool.run(far + ["--json"])
            #expect(json.status == 0, "\(json.error)")
            #expect(json.out.contains(#""site":"boston""#), "\(json.out)")
            #expect(json.out.contains(#""openings":[]"#), "\(json.out)")
            let drawn = try await clinic.tool.run(far + ["--days"])
            #expect(drawn.out.contains("no opening"), "\(drawn.out)")
            #expect(drawn.out.contains("\(day)  0       "), "\(drawn.out)")

            let nobody = "00000000-0000-4000-8000-00000000dead"
            let unknown = try await clinic.tool.run(openings + ["--order", nobody])
            #expect(unknown.status == 2, "\(unknown.error)")
            for wrong in [
                [], ["--visit", "4"], ["--visit", "60", "--course"], ["--order", "7"],
                ["--visit", "60", "--hours", "8-12"], ["--visit", "60", "--weekday", "lunedi"],
                ["--visit", "60", "--limit", "0"], ["--visit", "60", "--per-day", "0"],
                ["--visit", "60", "--moving", nobody], ["--order", nobody, "--moving", "7"],
                ["--order", nobody, "--course", "--moving", nobody],
                ["--visit", "60", "--kind", "stool"], ["--visit", "60", "--equipment", "piano"],
                ["--visit", "60", "--due", "soon"],
            ] {
                #expect(try await clinic.tool.run(openings + wrong).status == 64, "\(wrong)")
            }
            let tooFar = try await clinic.tool.run(
                openings + ["--visit", "60", "--to", "\(day.adding(days: 4_000))", "--json"])
            #expect(tooFar.status == 3, "\(tooFar.error)")
            #expect(tooFar.error.contains(#""refusal":{"code":"invalid-value""#), "\(tooFar.error)")
            #expect(tooFar.error.contains(#""field":"to""#), "\(tooFar.error)")
            #expect(tooFar.error.contains(#""accepted":""#), "\(tooFar.error)")
            let elsewhere = try await clinic.tool.run([
                "openings", "west", "--tenant", clinic.name, "--visit", "60",
            ])
            #expect(elsewhere.status == 2, "\(elsewhere.error)")
        }
    }

    @Test func `what a visit needs of its chair, when it is due and how many of a date are asked`()
        async throws
    {
        try await ImportingClinic.with { clinic in
            let weekdays = Weekday.allCases.map { "        \($0.rawValue): [08:00-17:00]" }
            let text = """
                format: 1
                sites:
                  - site: boston
                    timeZone: America/New_York
                    chairs:
                      - {chair: chair-1, kind: recliner, equipment: [infusionPump, oxygen]}
                      - {chair: chair-2, kind: bed, isolated: true}
                    hours:
                      - from: 2026-01-05

                """
            let path = try clinic.file(
                text + weekdays.joined(separator: "\n") + "\n", "sites.yaml")
            let apply = ["site", "apply", path, "--tenant", clinic.name, "--actor", "manager-1"]
            let applied = try await clinic.tool.run(apply)
            #expect(applied.status == 0, "\(applied.error)")
            let now = Instant(
                microsecondsSinceUnixEpoch: Int64(Date().timeIntervalSince1970) * 1_000_000)
            let day = CalendarDate(now, in: .gmt).adding(days: 10)
            let ask = [
                "openings", "boston", "--tenant", clinic.name, "--visit", "60", "--from",
                "\(day)", "--to", "\(day.adding(days: 1))", "--json",
            ]
            for (needs, wanted, other) in [
                (["--isolated"], "chair-2", "chair-1"), (["--kind", "bed"], "chair-2", "chair-1"),
                (["--kind", "recliner"], "chair-1", "chair-2"),
                (["--equipment", "infusionPump", "--equipment", "oxygen"], "chair-1", "chair-2"),
            ] {
                let answer = try await clinic.tool.run(ask + needs)
                #expect(answer.status == 0, "\(answer.error)")
                #expect(answer.out.contains(#""chair":"\#(wanted)""#), "\(answer.out)")
                #expect(!answer.out.contains(#""chair":"\#(other)""#), "\(answer.out)")
            }
            let due = day.adding(days: 1)
            let one = try await clinic.tool.run(ask + ["--per-day", "1", "--due", "\(due)"])
            #expect(one.out.contains(#""due":"\#(due)""#), "\(one.out)")
            #expect(one.out.components(separatedBy: #""chairsFree":"#).count == 3, "\(one.out)")
            let usual = try await clinic.tool.run(ask)
            #expect(
                usual.out.components(separatedBy: #""chairsFree":"#).count
                    == 2 * InfusionLimits.openingsPerDayUsual + 1, "\(usual.out)")
        }
    }

    @Test func `the use of a site is counted over its hours, as they were known`() async throws {
        try await ImportingClinic.with { clinic in
            let path = try clinic.file(SitePlanFileTests.text, "sites.yaml")
            #expect(
                try await clinic.tool.run([
                    "site", "apply", path, "--tenant", clinic.name, "--actor", "manager-1",
                ]).status == 0)
            let ask = ["site", "utilization", "main", "--tenant", clinic.name]
            // A Monday of eight hours and a Tuesday without any, two chairs.
            let period = ["--from", "2026-11-16", "--to", "2026-11-17"]
            let json = try await clinic.tool.run(ask + period + ["--json", "--late-after", "10"])
            #expect(json.status == 0, "\(json.error)")
            #expect(json.out.contains(#""openChairMinutes":960"#), "\(json.out)")
            #expect(json.out.contains(#""lateAfterMinutes":10"#), "\(json.out)")
            let table = try await clinic.tool.run(ask + period)
            #expect(table.out.contains("0 of 960 (0 %)"), "\(table.out)\(table.error)")
            // Dates without visits too: a closed Tuesday is a row of zeros.
            for date in ["2026-11-16", "2026-11-17"] {
                #expect(
                    table.out.split(separator: "\n").contains { $0.hasPrefix("\(date)  0 ") },
                    "\(table.out)")
            }
            let csv = try await clinic.tool.run(ask + period + ["--csv"])
            #expect(
                csv.out.contains("main,2026-11-16,2026-11-17,date,2026-11-16,960,0,0,0,0,"),
                "\(csv.out)\(csv.error)")
            let before = try await clinic.tool.run(ask + period + ["--known-at", "1"])
            #expect(!before.out.contains("chair-1"), "\(before.out)\(before.error)")
            let backwards = try await clinic.tool.run(
                ask + ["--from", "2026-11-17", "--to", "2026-11-16"])
            #expect(backwards.status == 64)
            let tooLate = try await clinic.tool.run(ask + period + ["--late-after", "121"])
            #expect(tooLate.status == 64)
        }
    }

    @Test func `a site that contradicts the sites file is refused, with all of its file`()
        async throws
    {
        try await ImportingClinic.with { clinic in
            let apply = ["--tenant", clinic.name, "--actor", "manager-1"]
            // The sites file has boston, in New York; north is told first.
            let text = """
                format: 1
                sites:
                  - {site: north, timeZone: Europe/Rome}
                  - {site: boston, timeZone: Europe/Rome}
                """
            let wrong = try clinic.file(text, "wrong.yaml")
            let refused = try await clinic.tool.run(["site", "apply", wrong] + apply)
            #expect(refused.status == 78, "\(refused.error)")
            for word in ["boston", "Europe/Rome", "America/New_York", "FERROVIA_SITES_FILE"] {
                #expect(refused.error.contains(word), "\(refused.error)")
            }
            let head = try await clinic.store.head(tenant: clinic.tenant)

            let right = try clinic.file(
                text.replacing(
                    "boston, timeZone: Europe/Rome", with: "boston, timeZone: America/New_York"),
                "right.yaml")
            let told = try await clinic.tool.run(["site", "apply", right] + apply)
            #expect(told.status == 0, "\(told.error)")
            #expect(told.out.contains("positions \(head.value + 1) to"), "\(told.out)")
            #expect(told.error.contains("north: not in the sites file"), "\(told.error)")
            #expect(!told.error.contains("boston:"), "\(told.error)")
            let json = try await clinic.tool.run(["site", "apply", right, "--json"] + apply)
            #expect(json.out.contains(#""site":"north","inSitesFile":false"#), "\(json.out)")
            #expect(json.out.contains(#""site":"boston","inSitesFile":true"#), "\(json.out)")
        }
    }

    @Test func `a site that nobody opened is told how to, wherever it is asked for`() async throws {
        try await ImportingClinic.with { clinic in
            let tenant = ["--tenant", clinic.name]
            for verb in [
                ["site", "show", "boston"], ["site", "stock", "boston"],
                ["openings", "boston", "--visit", "60"],
            ] {
                let answer = try await clinic.tool.run(verb + tenant)
                #expect(answer.status == 2, "\(answer.error)")
                #expect(answer.error.contains("`ferrovia site apply` opens"), "\(answer.error)")
            }
            let day = try await clinic.tool.run(["calendar", "day", "boston"] + tenant)
            #expect(day.status == 0, "\(day.error)")
            #expect(day.out.contains("`ferrovia site apply` opens"), "\(day.out)")
        }
    }

    @Test func `a site that keeps account of no vials says so`() async throws {
        try await ImportingClinic.with { clinic in
            let path = try clinic.file(SitePlanFileTests.text, "sites.yaml")
            #expect(
                try await clinic.tool.run([
                    "site", "apply", path, "--tenant", clinic.name, "--actor", "manager-1",
                ]).status == 0)
            let stock = try await clinic.tool.run([
                "site", "stock", "main", "--tenant", clinic.name,
            ])
            #expect(stock.status == 0, "\(stock.error)")
            #expect(stock.out == "main keeps account of no vials.\n")
            let json = try await clinic.tool.run([
                "site", "stock", "main", "--tenant", clinic.name, "--json",
            ])
            #expect(json.out.contains(#""stock":[]"#), "\(json.out)")
            let nowhere = try await clinic.tool.run([
                "site", "stock", "west", "--tenant", clinic.name,
            ])
            #expect(nowhere.status == 2, "\(nowhere.error)")
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
            #expect(refused.status == 3)
            #expect(refused.error.contains("the chair chair-2"), "\(refused.error)")
            let inJSON = try await clinic.tool.run(["site", "apply", lost, "--json"] + apply)
            #expect(inJSON.status == 3)
            #expect(inJSON.error.contains(#""code":"missing-from-plan""#), "\(inJSON.error)")
            #expect(inJSON.error.contains(#""chairs":["chair-2"]"#), "\(inJSON.error)")
            let nowhere = try await clinic.tool.run([
                "site", "show", "west", "--tenant", clinic.name,
            ])
            #expect(nowhere.status == 2)
            #expect(nowhere.error.contains("no such site"), "\(nowhere.error)")
        }
    }
}
