import EventStore
import Foundation
import Infusion
import InfusionWire
import Testing

@testable import ferrovia

/// `ferrovia calendar`: the demo clinic's chairs from the log onto the screen and into files.
@Suite struct CalendarCommandTests {
    @Test func `what was kept and what happened is told, as it was known`() async throws {
        try await ImportingClinic.with { clinic in
            let tenant = ["--tenant", clinic.name]
            let demo = try await clinic.tool.run(
                ["demo", "load", "--patients", "12", "--until", "2026-03-02"] + tenant)
            #expect(demo.status == 0, "\(demo.error)")
            var rows: [[String]] = []
            let last = try #require(CalendarDate("2026-03-02"))
            for month in 0..<12 {
                let to = last.adding(days: -31 * month)
                let from = to.adding(days: -30)
                let table = try await clinic.tool.run(
                    [
                        "calendar", "csv", "--site", "boston", "--from", "\(from)", "--to", "\(to)",
                    ] + tenant)
                #expect(table.status == 0, "\(table.error)")
                let lines = table.out.components(separatedBy: "\r\n")
                #expect(lines[0] == CalendarTable.columns.joined(separator: ","))
                rows += lines.dropFirst().filter { !$0.isEmpty }.map {
                    $0.components(separatedBy: ",")
                }
            }
            let attended = try #require(rows.first { $0[8] == "fulfilled" })
            #expect(attended[7] == "iron")
            // Begun, and out of the chair.
            #expect(!attended[11].isEmpty && !attended[12].isEmpty)

            // The same visit, of its patient.
            let patient = try await clinic.tool.run(["patient", attended[14]] + tenant)
            #expect(patient.status == 0, "\(patient.error)")
            let visit = patient.out.split(separator: "\n").first { $0.hasPrefix(attended[13]) }
            for cell in [
                "boston", attended[1], attended[3], "America/New_York", "attended", attended[15],
            ] {
                #expect(visit?.contains(cell) == true, "\(cell): \(patient.out)")
            }

            let day = ["calendar", "day", "boston", attended[2]] + tenant
            let drawn = try await clinic.tool.run(day)
            #expect(drawn.status == 0, "\(drawn.error)")
            #expect(drawn.out.contains("L━"), "\(drawn.out)")
            #expect(drawn.out.contains(attended[14]), "\(drawn.out)")
            #expect(!drawn.out.contains("\u{1B}"))
            let ascii = try await clinic.tool.run(day + ["--ascii"])
            #expect(ascii.out.contains("L="), "\(ascii.out)")
            let json = try await clinic.tool.run(day + ["--json"])
            #expect(json.out.contains(attended[13]), "\(json.out)")
            let before = try await clinic.tool.run(day + ["--known-at", "1"])
            #expect(before.out.contains("no appointments"), "\(before.out)")
            let beyond = try await clinic.tool.run(day + ["--known-at", "99999999"])
            #expect(beyond.status == 2)
            #expect(beyond.error.contains("is beyond the head, which is"), "\(beyond.error)")
            for verb in [
                day, ["queue"] + tenant,
                ["site", "utilization", "boston"] + tenant + [
                    "--from", "2026-03-01", "--to", "2026-03-02",
                ],
            ] {
                let toCome = try await clinic.tool.run(
                    verb + ["--known-at", "2126-03-02T10:00:00Z", "--json"])
                #expect(toCome.status == 2, "\(verb): \(toCome.out)")
                #expect(toCome.error.contains("still to come"), "\(toCome.error)")
            }
        }
    }

    @Test func `a feed is written, and a link to it is signed`() async throws {
        try await ImportingClinic.with { clinic in
            let tenant = ["--tenant", clinic.name]
            let feed = try await clinic.tool.run(["calendar", "ics", "boston"] + tenant)
            #expect(feed.status == 0, "\(feed.error)")
            // Nobody has opened the site, and nobody is booked into a chair of it.
            let unknown = try await clinic.tool.run(
                ["calendar", "ics", "boston", "--chair", "chair-1"] + tenant)
            #expect(unknown.status == 2)
            #expect(unknown.out.isEmpty)
            #expect(unknown.error.contains("chair-not-found"), "\(unknown.error)")
            #expect(feed.out.hasPrefix("BEGIN:VCALENDAR\r\n"))
            #expect(feed.out.hasSuffix("END:VCALENDAR\r\n"))

            let link = ["calendar", "link", "boston", "--url", "https://clinic.example/"] + tenant
            #expect(try await clinic.tool.run(link).status == 78)
            let key = Data((0..<32).map { UInt8($0) }).base64EncodedString()
            let path = try clinic.file("\(key)\n", "calendar.key")
            let tool = CommandLineTool(
                environment: clinic.tool.environment.merging([
                    "FERROVIA_CALENDAR_KEY_FILE": path
                ]) { $1 })
            let answer = try await tool.run(link)
            #expect(answer.status == 0, "\(answer.error)")
            let prefix =
                "https://clinic.example/v1/sites/boston/calendar.ics?tenant=\(clinic.tenant)&expires="
            #expect(answer.out.hasPrefix(prefix), "\(answer.out)")
            #expect(answer.out.contains("&signature="))
            #expect(!answer.out.contains(key))
            #expect(try await tool.run(link + ["--chair", "chair-1"]).status == 2)
            #expect(try await tool.run(link + ["--days", "0"]).status == 64)
            #expect(try await tool.run(link + ["--days", "401"]).status == 64)
        }
    }

    @Test func `what is wrong is said, and how it ends`() async throws {
        try await ImportingClinic.with { clinic in
            let tenant = ["--tenant", clinic.name]
            let nowhere = try await clinic.tool.run(["calendar", "day", "west"] + tenant)
            #expect(nowhere.status == 2)
            #expect(nowhere.error.contains("no such site"), "\(nowhere.error)")
            for dates in [
                ["--to", "2026-03-02"], ["--from", "2026-03-02", "--to", "2026-03-01"],
                ["--from", "2026-03-01", "--to", "2026-04-01"],
            ] {
                let answer = try await clinic.tool.run(
                    ["calendar", "csv", "--site", "boston"] + tenant + dates)
                #expect(answer.status == 64, "\(answer.error)")
            }
            let wrong = try await clinic.tool.run(
                ["calendar", "day", "boston", "tomorrow"] + tenant)
            #expect(wrong.status == 64)
        }
    }
}
