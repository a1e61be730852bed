import EventStore
import Foundation
import HTTPTypes
import Infusion
import InfusionApplication
import InfusionWire
import Testing

@testable import SchedulerHTTP

/// Calendars over HTTP: as JSON, as a table, as feeds with a token or a signed link.
@Suite struct CalendarTests {
    private static let calendar = "/v1/sites/north/calendar"
    private static let chairFeed = "/v1/sites/north/chairs/chair-3/calendar.ics"

    @Test func `a day is told with its site and everybody who is kept a chair`() async throws {
        try await withAPI { api in
            let answer = try await api.get("\(Self.calendar)?date=2026-03-10")
            #expect(answer.status == 200, "\(answer.text)")
            #expect(answer.header("Ferrovia-Position") == "4711")
            let calendar = answer.json
            #expect(calendar["timeZone"] == "Europe/Rome")
            #expect(calendar["days"]?.elements.count == 1)
            #expect(calendar["days"]?[0]?["day"]?["from"]?["local"] == "2026-03-10T00:00")
            #expect(calendar["days"]?[0]?["site"]?["chairs"]?[0]?["chair"] == "chair-3")
            #expect(calendar["appointments"]?.elements.count == 5)
            let first = calendar["appointments"]?[0]
            #expect(first?["patient"] == .id(PatientID(Samples.uuid(0x1001))))
            #expect(first?["kind"] == "iron")
            #expect(first?["status"] == "fulfilled")
            #expect(first?["start"]?["local"] == "2026-03-10T08:00")
            #expect(first?["minutes"] == 90)
            #expect(first?["arrived"]?["instant"] == "2026-03-10T06:55:00Z")
            #expect(first?["started"]?["local"] == "2026-03-10T08:12")
            #expect(first?["discharged"]?["local"] == "2026-03-10T09:25")
            #expect(first?["changes"] == 3)
            #expect(first?["changedAt"] == "2026-03-02T09:30:00.250000Z")
            #expect(first?["capacityOverride"] == .null)
            let overridden = calendar["appointments"]?[1]?["capacityOverride"]
            #expect(overridden?["rules"] == ["after-last-start", "nurse-starts"])
            #expect(overridden?["reason"] == "staffAgreed")
            #expect(overridden?["role"] == "nurse")
            let hold = calendar["appointments"]?[2]
            #expect(hold?["status"] == "pending")
            #expect(hold?["expired"] == false)
            #expect(hold?["heldUntil"]?["instant"] == "2026-03-10T06:00:00Z")
            #expect(calendar["appointments"]?[3]?["kind"] == .null)
            #expect(calendar["appointments"]?[4]?["expired"] == true)
        }
    }

    @Test func `dates, chair and what was known are passed on`() async throws {
        try await withAPI { api in
            let range = try #require(
                CalendarDateRange(
                    from: CalendarDate(dayNumber: 20_522), to: CalendarDate(dayNumber: 20_524),
                    atMost: 7))
            let answer = try await api.get(
                "\(Self.calendar)?from=2026-03-10&to=2026-03-12&chair=chair-3&knownAtPosition=17")
            #expect(answer.json["days"]?.elements.count == 3)
            _ = try await api.get("\(Self.calendar)?knownAt=2026-03-02T10:30:00%2B01:00")
            _ = try await api.get("\(Self.calendar).ics")
            _ = try await api.get(Self.chairFeed)
            _ = try await api.get("\(Self.calendar).ics?knownAtPosition=17")
            _ = try await api.get("\(Self.chairFeed)?knownAt=2026-03-02T10:30:00%2B01:00")
            let instant = Timestamp(
                microsecondsSinceUnixEpoch: Samples.instant.microsecondsSinceUnixEpoch)
            #expect(
                api.calendar.questions == [
                    CalendarQuestion(
                        site: SampleSites.site, dates: .range(range), chair: ChairID("chair-3"),
                        knownAt: .position(Position(17))),
                    CalendarQuestion(
                        site: SampleSites.site, dates: .today, knownAt: .instant(instant)),
                    CalendarQuestion(site: SampleSites.site, dates: .around(back: 7, ahead: 42)),
                    CalendarQuestion(
                        site: SampleSites.site, dates: .around(back: 7, ahead: 42),
                        chair: ChairID("chair-3")),
                    CalendarQuestion(
                        site: SampleSites.site, dates: .around(back: 7, ahead: 42),
                        knownAt: .position(Position(17))),
                    CalendarQuestion(
                        site: SampleSites.site, dates: .around(back: 7, ahead: 42),
                        chair: ChairID("chair-3"), knownAt: .instant(instant)),
                ])
        }
    }

    @Test(arguments: [
        "date=2026-02-30", "date=1899-12-31", "from=2199-12-31&to=2200-01-01",
        "date=2026-03-10&to=2026-03-11", "from=2026-03-10", "to=2026-03-10",
        "from=2026-03-10&to=2026-03-09", "from=2026-03-10&to=2026-03-17", "chair=chair%203",
        "date=2026-03-10&effectiveAt=2026-03-10T10:00:00Z", "knownAt=yesterday",
    ])
    func `a parameter that is not valid is named`(_ query: String) async throws {
        try await withAPI { api in
            let answer = try await api.get("\(Self.calendar)?\(query)")
            #expect(answer.status == 400)
            #expect(answer.code == "invalid-parameter", "\(answer.text)")
            #expect(api.calendar.questions.isEmpty)
        }
    }

    @Test func `a table may be of a month`() async throws {
        try await withAPI { api in
            let answer = try await api.get("\(Self.calendar).csv?from=2026-03-10&to=2026-04-09")
            #expect(answer.status == 200, "\(answer.text)")
            #expect(answer.header("Content-Type") == "text/csv; charset=utf-8; header=present")
            #expect(answer.header("Ferrovia-Position") == "4711")
            let lines = answer.text.components(separatedBy: "\r\n")
            #expect(lines.count == 7)
            #expect(lines[0] == CalendarTable.columns.joined(separator: ","))
            #expect(lines.last == "")
            let longer = try await api.get("\(Self.calendar).csv?from=2026-03-10&to=2026-04-10")
            #expect(longer.code == "invalid-parameter")
        }
    }

    @Test func `nobody reads a calendar without the scope, or one of nowhere`() async throws {
        try await withAPI { api in
            for path in [
                Self.calendar, "\(Self.calendar).csv", "\(Self.calendar).ics", Self.chairFeed,
            ] {
                let reader = try await api.send(.get, path, token: "reader")
                #expect(reader.code == "scope-missing")
                #expect(reader.json["neededScope"] == "appointment.read")
                #expect(try await api.send(.get, path, token: nil).code == "token-missing")
                let elsewhere = try await api.get(path.replacing("north", with: "west"))
                #expect(elsewhere.status == 404)
            }
        }
    }

    // MARK: Links

    private static func link(
        chair: ChairID? = nil, site: SiteID = SampleSites.site, seconds: Int64 = 3_600
    ) -> CalendarLink {
        CalendarLink(
            tenant: Samples.tenant, site: site, chair: chair,
            expires: Samples.instant.microsecondsSinceUnixEpoch / 1_000_000 + seconds)
    }

    @Test(arguments: [nil, ChairID("chair-3"), ChairID("a/b?c=d")])
    func `a link reads its feed without a token`(_ chair: ChairID?) async throws {
        let link = Self.link(chair: chair)
        let signature = try TestKeys.calendar().signature(of: link)
        let path = link.path(signedWith: signature)
        try await withAPI { api in
            let answer = try await api.send(.get, path, token: nil)
            #expect(answer.status == 200, "\(answer.text)")
            #expect(answer.header("Content-Type") == "text/calendar; charset=utf-8")
            #expect(answer.text.hasPrefix("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"))
            #expect(api.calendar.questions.last?.chair == chair)
            let actor = try #require(api.calendar.actors.last)
            #expect(actor.tenant == Samples.tenant)
            #expect(actor.scopes == [.appointmentRead])
            #expect(!api.log.text.contains("signature="))
            #expect(!api.log.text.contains(signature))
        }
    }

    @Test func `a link reads nothing but its feed`() async throws {
        let link = Self.link(chair: ChairID("chair-3"))
        let signature = try TestKeys.calendar().signature(of: link)
        let path = link.path(signedWith: signature)
        let other = Samples.uuid(0xBBBB).uuidString.lowercased()
        let forged = [
            path.replacing("chair-3", with: "chair-4"), path.replacing("/chairs/chair-3", with: ""),
            path.replacing("north", with: "south"),
            path.replacing(Samples.tenantText, with: other),
            path.replacing("expires=\(link.expires)", with: "expires=\(link.expires + 1)"),
            link.path(signedWith: String(signature.dropLast())),
            link.path(signedWith: "A" + signature.dropFirst(2) + "B"),
            link.path(signedWith: ""), link.path(signedWith: "%C3%A4"),
            link.path(signedWith: try TestKeys.calendar(2).signature(of: link)),
            path.replacing("expires=\(link.expires)&", with: ""),
            path.replacing("tenant=\(Samples.tenantText)&", with: ""),
        ]
        try await withAPI { api in
            #expect(try await api.send(.get, path, token: nil).status == 200)
            for path in forged {
                let answer = try await api.send(.get, path, token: nil)
                #expect(answer.status == 401, "\(path)")
                #expect(answer.code == "token-invalid", "\(path)")
            }
            #expect(api.calendar.questions.count == 1)
            #expect(!api.log.text.contains(signature))
            // It is no token elsewhere.
            let query = path.split(separator: "?")[1]
            let json = try await api.send(.get, "\(Self.calendar)?\(query)", token: nil)
            #expect(json.code == "token-missing")
        }
    }

    @Test(arguments: ["knownAt=2026-03-02T10:30:00%2B01:00", "knownAtPosition=17"])
    func `a link shows what is known now, and nothing of before`(_ then: String) async throws {
        let link = Self.link()
        let path = link.path(signedWith: try TestKeys.calendar().signature(of: link))
        try await withAPI { api in
            let answer = try await api.send(.get, "\(path)&\(then)", token: nil)
            #expect(answer.status == 400, "\(answer.text)")
            #expect(answer.code == "invalid-parameter")
            #expect(api.calendar.questions.isEmpty)
            // Of a link that nobody made nothing is told.
            let forged = try await api.send(
                .get, "\(link.path(signedWith: "A"))&\(then)", token: nil)
            #expect(forged.code == "token-invalid")
            let signed = try await api.get("\(path)&\(then)")
            #expect(signed.status == 200, "\(signed.text)")
        }
    }

    @Test func `a link ends when it says`() async throws {
        let old = Self.link(seconds: 0)
        let keys = try TestKeys.calendar()
        try await withAPI { api in
            let answer = try await api.send(
                .get, old.path(signedWith: keys.signature(of: old)), token: nil)
            #expect(answer.status == 401)
            #expect(answer.code == "token-expired")
        }
        #expect(!Self.link(seconds: 60).hasEnded(at: Samples.instant))
    }

    @Test func `a link that ends too late is not good yet, whoever signed it`() async throws {
        let longest = Int64(CalendarLink.daysMaximum) * 86_400
        let keys = try TestKeys.calendar()
        try await withAPI { api in
            // The clock of whoever signed may be half a minute ahead.
            for seconds in [longest, longest + 30] {
                let link = Self.link(seconds: seconds)
                let answer = try await api.send(
                    .get, link.path(signedWith: keys.signature(of: link)), token: nil)
                #expect(answer.status == 200, "\(seconds) \(answer.text)")
            }
            for seconds in [longest + 31, longest * 2, Int64(1) << 52] {
                let link = Self.link(seconds: seconds)
                let answer = try await api.send(
                    .get, link.path(signedWith: keys.signature(of: link)), token: nil)
                #expect(answer.status == 401, "\(seconds)")
                #expect(answer.code == "token-invalid", "\(seconds)")
            }
            #expect(api.calendar.questions.count == 2)
        }
    }

    @Test func `a link is too long while more days are left than it may be good for`() {
        let link = Self.link(seconds: Int64(CalendarLink.daysMaximum + 1) * 86_400)
        #expect(link.isTooLong(at: Samples.instant))
        #expect(link.isTooLong(at: Samples.instant.adding(seconds: 86_399)))
        #expect(!link.isTooLong(at: Samples.instant.adding(seconds: 86_400)))
    }

    @Test func `a token wins over a link`() async throws {
        let link = Self.link()
        let path = link.path(signedWith: try TestKeys.calendar().signature(of: link))
        try await withAPI { api in
            let stale = try await api.send(.get, path, token: "expired")
            #expect(stale.code == "token-expired")
            let signed = try await api.get(path)
            #expect(signed.status == 200)
            #expect(api.calendar.actors.map(\.subject) == ["nurse-7"])
        }
    }
}

/// The keys of links, and what is signed.
@Suite struct CalendarLinkTests {
    private static let link = CalendarLink(
        tenant: Samples.tenant, site: SiteID("north"), chair: ChairID("chair-3"),
        expires: 1_800_000_000)

    @Test func `a key that was put in front signs, and the old one is still accepted`() throws {
        let (old, new) = (Self.key(1), Self.key(2))
        let before = try CalendarLinkKeys(file: Array(old.utf8))
        let during = try CalendarLinkKeys(file: Array("# rotated\n\(new)\n\n\(old)\n".utf8))
        let after = try CalendarLinkKeys(file: Array(new.utf8))
        let signature = before.signature(of: Self.link)
        #expect(signature.utf8.count == 43)
        #expect(during.accepts(signature, of: Self.link))
        #expect(!after.accepts(signature, of: Self.link))
        #expect(after.accepts(during.signature(of: Self.link), of: Self.link))
    }

    @Test func `every part of a link is signed`() throws {
        let keys = try TestKeys.calendar()
        let signature = keys.signature(of: Self.link)
        let others = [
            CalendarLink(
                tenant: TenantID(Samples.uuid(1)), site: SiteID("north"),
                chair: ChairID("chair-3"), expires: 1_800_000_000),
            CalendarLink(
                tenant: Samples.tenant, site: SiteID("nort"), chair: ChairID("chair-3"),
                expires: 1_800_000_000),
            CalendarLink(
                tenant: Samples.tenant, site: SiteID("north"), chair: nil, expires: 1_800_000_000),
            CalendarLink(
                tenant: Samples.tenant, site: SiteID("north"), chair: ChairID("chair-33"),
                expires: 1_800_000_000),
            CalendarLink(
                tenant: Samples.tenant, site: SiteID("north"), chair: ChairID("chair-3"),
                expires: 1_800_000_001),
        ]
        #expect(keys.accepts(signature, of: Self.link))
        for other in others { #expect(!keys.accepts(signature, of: other)) }
    }

    @Test func `a key file is read strictly, and says nothing of its keys`() {
        let key = Self.key(1)
        for text in ["", "# nothing\n", "short\n", "\(key)\n\(key.dropLast(8))\n", "a \(key)\n"] {
            let problem = #expect(throws: CalendarLinkKeys.Problem.self) {
                try CalendarLinkKeys(file: Array(text.utf8))
            }
            #expect(problem?.description.contains(String(key.prefix(12))) == false)
        }
        let zeros = Data(count: 32).base64EncodedString()
        #expect(throws: CalendarLinkKeys.Problem.self) {
            try CalendarLinkKeys(file: Array(zeros.utf8))
        }
        #expect(
            (try? CalendarLinkKeys(file: Array(key.utf8))).map { "\($0)".contains("redacted") }
                == true)
    }

    private static func key(_ first: UInt8) -> String {
        Data((0..<32).map { first &+ $0 }).base64EncodedString()
    }
}
