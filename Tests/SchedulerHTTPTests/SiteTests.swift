import EventStore
import Foundation
import HTTPTypes
import Infusion
import InfusionApplication
import InfusionWire
import Testing

@testable import SchedulerHTTP

/// Sites over HTTP: the real use cases behind the routes.
@Suite struct SiteTests {
    private static let north = "/v1/sites/north"
    private static let day = "\(north)/days/2026-03-10"

    /// A good body for every command route, and the event that comes of it.
    static let commands: [(path: String, body: String, event: String)] = [
        (
            "\(north)/chairs/chair-3/out-of-service",
            #"{"outage":"pump-3","from":"2026-03-10T09:15","until":"2026-03-10T11:00","#
                + #""reason":"equipmentFault"}"#, "chair-taken-out"
        ),
        (
            "\(north)/chairs/chair-3/back-in-service", #"{"at":"2026-03-10T11:00"}"#,
            "chair-returned"
        ),
        (
            "\(north)/closures",
            #"{"from":"2026-03-10T13:00","until":"2026-03-10T17:00","reason":"emergency"}"#,
            "closure-announced"
        ),
        (
            "\(north)/shifts/early/shorten",
            #"{"from":"2026-03-10T08:00","until":"2026-03-10T10:00","reason":"sickLeave"}"#,
            "shift-shortened"
        ),
        ("\(north)/shifts/early/withdraw", #"{"reason":"sickLeave"}"#, "shift-withdrawn"),
        (
            "\(north)/stock/counts",
            #"{"product":"injectafer","vial":{"value":750,"unit":"mg"},"at":"2026-03-01T07:30","#
                + #""lots":[{"vials":6,"lot":"8A31","expiry":"2027-03-31"},{"vials":2}]}"#,
            "stock-counted"
        ),
        (
            "\(north)/stock/deliveries",
            #"{"product":"injectafer","vial":{"value":750,"unit":"mg"},"on":"2026-03-12","vials":10}"#,
            "delivery-recorded"
        ),
        ("\(north)/stock/deliveries/order-1/withdraw", "{}", "delivery-withdrawn"),
    ]

    private static let outage =
        #"{"outage":"open-end","from":"2026-03-10T08:00","reason":"cleaning"}"#

    @Test(arguments: commands.indices)
    func `a command becomes an event and is answered with a receipt`(_ index: Int) async throws {
        let (path, body, event) = Self.commands[index]
        try await withAPI { api in
            // Something to come back from.
            let before = try await api.command(
                "\(Self.north)/chairs/chair-3/out-of-service", Self.outage)
            let answer = try await api.command(path, body)
            #expect(answer.status == 200, "\(answer.text)")
            #expect(answer.json["site"] == "north")
            #expect(answer.json["events"] == [.string(event)])
            let version = try #require(before.header("ETag"))
            #expect(answer.header("ETag") != version)
            #expect(answer.header("Ferrovia-Position") == answer.positionText)
            #expect(answer.header("Idempotency-Replayed") == nil)
            #expect(api.stub.requests.isEmpty)
        }
    }

    @Test func `a day is told in instants and on the wall`() async throws {
        try await withAPI { api in
            let answer = try await api.get("\(Self.day)?visit=90")
            #expect(answer.status == 200, "\(answer.text)")
            let day = answer.json
            #expect(day["date"] == "2026-03-10")
            #expect(day["timeZone"] == "Europe/Rome")
            #expect(day["day"]?["from"]?["local"] == "2026-03-10T00:00")
            #expect(day["open"]?[0]?["from"]?["instant"] == "2026-03-10T07:00:00Z")
            #expect(day["open"]?[0]?["until"]?["local"] == "2026-03-10T16:00")
            // The other one is retired from this date on.
            #expect(day["chairs"]?.elements.count == 1)
            #expect(day["chairs"]?[0]?["chair"] == "chair-3")
            #expect(day["chairs"]?[0]?["equipment"] == ["infusionPump", "oxygen"])
            // 90 minutes and 15 before 16:00.
            #expect(day["chairs"]?[0]?["lastStart"]?["local"] == "2026-03-10T14:15")
            #expect(day["lastStart"]?["instant"] == "2026-03-10T13:15:00Z")
            let nurses = (day["staffing"]?.elements ?? []).map { step in step["nurses"] ?? .null }
            #expect(nurses == [0, 2, 3, 1, 0])
            #expect(day["staffing"]?[1]?["resuscitation"] == .number("2"))
            #expect(day["limits"]?["patientsPerNurse"] == .number("4"))
            #expect(answer.header("ETag") == "\"8\"")
        }
    }

    @Test func `a day is told as it was known`() async throws {
        try await withAPI { api in
            let before = try await api.get(Self.day)
            _ = try await api.command(
                "\(Self.north)/closures",
                #"{"closure":"flood","from":"2026-03-10T00:00","until":"2026-03-11T00:00","#
                    + #""reason":"emergency"}"#)
            let after = try await api.get(Self.day)
            #expect(after.json["open"] == [])
            #expect(after.json["closures"]?[0]?["closure"] == "flood")
            #expect(after.json["lastStart"] == .null)
            let position = try #require(before.positionText)
            let then = try await api.get("\(Self.day)?knownAtPosition=\(position)")
            #expect(then.text == before.text)
        }
    }

    @Test func `the stock is told with what it rests on, and as it was known`() async throws {
        try await withAPI { api in
            let before = try await api.get("\(Self.north)/stock")
            #expect(before.status == 200, "\(before.text)")
            #expect(before.json["stock"]?.elements.count == 1)
            #expect(before.header("ETag") == "\"8\"")
            let path = "\(Self.north)/stock/counts"
            let body =
                #"{"product":"injectafer","vial":{"value":750,"unit":"mg"},"at":"2026-03-01T07:30","#
                + #""lots":[{"vials":6,"lot":"8A31","expiry":"2027-03-31"},{"vials":2}]}"#
            #expect(try await api.command(path, body).status == 200)
            let answer = try await api.get("\(Self.north)/stock")
            #expect(answer.json["moment"]?["instant"] == .instant(SampleSites.now))
            let small = answer.json["stock"]?[0]
            #expect(small?["vial"]?["value"] == 100)
            #expect(small?["counted"] == .null)
            #expect(small?["deliveries"]?[0]?["delivery"] == "order-1")
            #expect(small?["deliveries"]?[0]?["on"] == "2026-03-12")
            #expect(small?["deliveries"]?[0]?["lot"] == .null)
            #expect(small?["onHand"] == 0)
            #expect(small?["left"] == 0)
            let large = answer.json["stock"]?[1]
            #expect(large?["counted"]?["at"]?["local"] == "2026-03-01T07:30")
            #expect(large?["counted"]?["vials"] == 8)
            #expect(large?["lots"]?[0]?["lot"] == "8A31")
            #expect(large?["lots"]?[1]?["expiry"] == .null)
            #expect(large?["onHand"] == 8)
            #expect(large?["kept"] == 0)
            #expect(large?["left"] == 8)
            #expect(large?["missing"] == 0)
            #expect(large?["shortFrom"] == .null)
            let position = try #require(before.positionText)
            let then = try await api.get("\(Self.north)/stock?knownAtPosition=\(position)")
            #expect(then.text == before.text)
            #expect(try await api.get("/v1/sites/west/stock").status == 404)
            let nobody = try await api.send(.get, "\(Self.north)/stock", token: "reader")
            #expect(nobody.code == "scope-missing")
        }
    }

    @Test func `a retry gets the same bytes, and a stale version nothing`() async throws {
        try await withAPI { api in
            let (path, body, _) = Self.commands[0]
            let first = try await api.command(path, body, key: "pump")
            let again = try await api.command(path, body, key: "pump")
            #expect(again.text == first.text)
            #expect(again.header("Idempotency-Replayed") == "true")
            let other = try await api.command(path, Self.outage, key: "pump")
            #expect(other.code == "idempotency-key-reused")
            let stale = try await api.command(
                Self.commands[4].path, Self.commands[4].body, headers: ["If-Match": "\"3\""])
            #expect(stale.code == "version-mismatch")
            #expect(stale.header("ETag") == first.header("ETag"))
            #expect(try await api.get("/metrics").text.contains("ferrovia_append_total 1\n"))
        }
    }

    @Test func `a name left out is the same for every retry`() async throws {
        try await withAPI { api in
            let (path, body, _) = Self.commands[2]
            _ = try await api.command(path, body, key: "a")
            _ = try await api.command(path, body, key: "a")
            _ = try await api.command(path, body, key: "b")
            let closures = try await api.get(Self.day).json["closures"]?.elements ?? []
            #expect(closures.count == 2)
        }
    }

    /// What is sent, how it is refused, and what is named.
    static let refused: [(path: String, body: String, status: Int, code: String, member: String)] =
        [
            (
                "\(north)/chairs/chair-9/out-of-service", outage, 422, "chair-not-found", "accepted"
            ),
            (
                "\(north)/chairs/chair-4/out-of-service", outage, 409, "chair-retired",
                "retiredFrom"
            ),
            (
                "\(north)/chairs/chair-3/out-of-service",
                #"{"from":"2062-03-10T08:00","reason":"cleaning"}"#, 422, "invalid-value", "errors"
            ),
            (
                "\(north)/shifts/night/withdraw", #"{"reason":"sickLeave"}"#, 422,
                "entry-not-found",
                "shift"
            ),
            (
                "\(north)/shifts/early/shorten",
                #"{"from":"2026-03-10T07:00","until":"2026-03-10T10:00","reason":"sickLeave"}"#,
                422,
                "invalid-value", "errors"
            ),
            (
                "\(north)/stock/deliveries/order-9/withdraw", "{}", 422, "entry-not-found",
                "delivery"
            ),
            (
                "\(north)/stock/deliveries",
                #"{"product":"injectafer","vial":{"value":750,"unit":"mg"},"on":"2026-03-12","vials":0}"#,
                422, "invalid-value", "errors"
            ),
            (
                "\(north)/stock/deliveries",
                #"{"product":"injectafr","vial":{"value":750,"unit":"mg"},"on":"2026-03-12","vials":2}"#,
                422, "invalid-value", "errors"
            ),
            (
                "\(north)/stock/counts",
                #"{"product":"injectafer","vial":{"value":75,"unit":"mg"},"at":"2026-03-01T07:30","lots":[]}"#,
                422, "invalid-value", "errors"
            ),
            (
                "\(north)/stock/counts",
                #"{"product":"injectafer","vial":{"value":750,"unit":"mg"},"at":"2062-03-12T08:00","lots":[]}"#,
                422, "invalid-value", "errors"
            ),
            (
                "/v1/sites/west/closures", commands[2].body, 404, "not-found", "detail"
            ),
            (
                "\(north)/closures",
                #"{"from":"2026-03-10T17:00","until":"2026-03-10T13:00","reason":"emergency"}"#,
                422,
                "invalid-body", "errors"
            ),
            (
                "\(north)/chairs/chair-3/back-in-service", #"{"at":"2026-03-10T11:00Z"}"#, 422,
                "invalid-body", "errors"
            ),
        ]

    @Test(arguments: refused.indices) func `what cannot be is refused`(_ index: Int) async throws {
        let (path, body, status, code, member) = Self.refused[index]
        try await withAPI { api in
            let answer = try await api.command(path, body)
            #expect(answer.status == status, "\(answer.text)")
            #expect(answer.code == code, "\(answer.text)")
            #expect(answer.json[member] != nil, "\(answer.text)")
        }
    }

    @Test func `a withdrawn shift does not come back`() async throws {
        try await withAPI { api in
            _ = try await api.command(Self.commands[4].path, Self.commands[4].body)
            let answer = try await api.command(Self.commands[3].path, Self.commands[3].body)
            #expect(answer.code == "entry-withdrawn")
            #expect(answer.status == 409)
            #expect(answer.json["shift"] == "early")
            #expect(answer.header("Ferrovia-Position") == answer.positionText)
        }
    }

    @Test(arguments: [
        "\(north)/days/2026-02-30", "\(north)/days/today", "/v1/sites/North!/days/2026-03-10",
        "\(day)?visit=4", "\(day)?visit=721", "\(day)?visit=long", "\(day)?knownAt=yesterday",
        "\(day)?effectiveAt=2026-03-02T09:30:00Z",
    ])
    func `a parameter that is not valid is named`(_ path: String) async throws {
        try await withAPI { api in
            let answer = try await api.get(path)
            #expect(answer.code == "invalid-parameter", "\(answer.text)")
        }
    }

    @Test func `a site that nobody opened has no days`() async throws {
        try await withAPI { api in
            let elsewhere = try await api.get("/v1/sites/west/days/2026-03-10")
            #expect(elsewhere.status == 404)
            let before = try await api.get("\(Self.day)?knownAtPosition=0")
            #expect(before.status == 404)
        }
    }

    @Test(arguments: commands.indices)
    func `no command takes a field it does not know, or goes without its scope`(
        _ index: Int
    ) async throws {
        let (path, body, _) = Self.commands[index]
        try await withAPI { api in
            let members = body == "{}" ? "}" : ",\(body.dropFirst())"
            let extra = try await api.command(path, #"{"extra":1\#(members)"#)
            #expect(extra.code == "invalid-body")
            #expect(extra.text.contains("/extra"))
            let reader = try await api.send(
                .post, path, body: body, token: "reader", key: "k")
            #expect(reader.code == "scope-missing")
            #expect(reader.json["neededScope"] == "site.write")
        }
    }
}

extension Answer {
    /// What the body says it rests on.
    fileprivate var positionText: String? {
        guard case .number(let text)? = json["position"] else { return nil }
        return text
    }
}
