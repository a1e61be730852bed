import EventStore
import Foundation
import Infusion
import InfusionApplication
import InfusionWire
import Testing

@testable import SchedulerHTTP

/// What makes a command safe to send twice.
@Suite struct RetryTests {
    static let path = "\(ProblemTests.patient)/orders"
    static let body = Bodies.all.first { $0.path == path }?.text ?? ""

    @Test func `a retry gets the same bytes, and is told so in a header`() async throws {
        try await withAPI { api in
            let first = try await api.command(Self.path, Self.body, key: "order-1")
            let second = try await api.command(Self.path, Self.body, key: "order-1")
            #expect(first.status == 201)
            #expect(second.status == 201)
            #expect(first.text == second.text)
            #expect(first.header("Idempotency-Replayed") == nil)
            #expect(second.header("Idempotency-Replayed") == "true")
            #expect(try await api.get("/metrics").text.contains("ferrovia_append_total 1\n"))
        }
    }

    @Test func `a receipt names the patient's visits that no longer fit`() async throws {
        try await withAPI { api in
            let unfit = try await api.command(Self.path, Self.body, key: "order-1").json[
                "unfitVisits"]
            #expect(unfit?["total"] == 1)
            let visit = unfit?["visits"]?.elements.first
            #expect(visit?["appointment"] == .string(Samples.appointment.description))
            #expect(visit?["start"]?["local"] == "2026-03-02T10:30")
            #expect(visit?["reason"] == "visit-too-short")
            #expect(visit?["gates"]?.elements == ["G-INTERVAL"])
        }
    }

    @Test func `a receipt names the gates that would stop an order's doses`() async throws {
        try await withAPI { api in
            let shut = try await api.command(Self.path, Self.body, key: "order-1").json["shutGates"]
            #expect(shut?.elements.count == 1)
            #expect(shut?.elements.first?["gate"] == "G-DX")
            #expect(shut?.elements.first?["verdict"] == "blocked")
        }
    }

    @Test func `ids left out are the same for every retry and others for another key`() async throws
    {
        try await withAPI { api in
            for key in ["order-1", "order-1", "order-2"] {
                _ = try await api.command(Self.path, Self.body, key: key)
            }
            let ids = api.stub.requests.compactMap { request -> OrderID? in
                guard case .orderInfusion(let order) = request.command else { return nil }
                return order.id
            }
            #expect(ids.count == 3)
            #expect(ids[0] == ids[1])
            #expect(ids[0] != ids[2])
        }
    }

    @Test func `results of one batch get ids of their own`() async throws {
        try await withAPI { api in
            let result =
                #"{"analyte":"ferritin","value":11,"unit":"ng/mL","collectedAt":"2026-03-02T08:00:00Z"}"#
            let answer = try await api.command(
                "\(ProblemTests.patient)/labs", #"{"results":[\#(result),\#(result)]}"#)
            let created = answer.json["created"]?.elements.compactMap { $0["id"]?.string } ?? []
            #expect(Set(created).count == 2)
        }
    }

    @Test func `the same key with another path or body is another request`() async throws {
        try await withAPI { api in
            _ = try await api.command(Self.path, Self.body, key: "k")
            let otherBody = try await api.command(Self.path, Self.body + " ", key: "k")
            #expect(otherBody.code == "idempotency-key-reused")
            let otherPath = try await api.command(
                "/v1/orders/\(Samples.order)/release", Self.body.isEmpty ? "" : "{}", key: "k")
            #expect(otherPath.code == "idempotency-key-reused")
        }
    }

    @Test func `If-Match carries the expected version`() async throws {
        try await withAPI { api in
            let good = try await api.command(Self.path, Self.body, headers: ["If-Match": "\"6\""])
            #expect(good.status == 201)
            #expect(api.stub.requests.last?.expectedVersion == StreamVersion(6))
            let stale = try await api.command(Self.path, Self.body, headers: ["If-Match": "\"6\""])
            #expect(stale.status == 412)
        }
    }

    @Test(arguments: ["7", "\"7", "*", "W/\"7\"", "\"7\", \"8\"", "\"\"", "\"-7\"", "\"٧\""])
    func `If-Match is one quoted version`(_ header: String) async throws {
        try await withAPI { api in
            let answer = try await api.command(Self.path, Self.body, headers: ["If-Match": header])
            #expect(answer.code == "if-match-invalid")
        }
    }

    @Test func `the correlation id goes in and comes out`() async throws {
        try await withAPI { api in
            let id = "0199aaaa-0000-7000-8000-000000000001"
            let answer = try await api.command(
                Self.path, Self.body, headers: ["X-Correlation-ID": id])
            #expect(answer.header("X-Correlation-ID") == id)
            #expect(api.stub.requests.last?.correlationID == UUID(uuidString: id))
        }
    }

    @Test func `keys are one to 255 visible characters`() throws {
        #expect(CommandKey("", tenant: Samples.tenant) == nil)
        #expect(CommandKey(String(repeating: "k", count: 256), tenant: Samples.tenant) == nil)
        #expect(CommandKey("käse", tenant: Samples.tenant) == nil)
        #expect(CommandKey("a b", tenant: Samples.tenant) == nil)
        let longest = CommandKey(String(repeating: "~", count: 255), tenant: Samples.tenant)
        #expect(longest != nil)
    }

    /// Stored ids depend on this: it may never change.
    @Test func `a key's command id is fixed for ever`() throws {
        let key = try #require(CommandKey("order-1", tenant: Samples.tenant))
        #expect(key.commandID.description == "30aef7a9-c7e1-810c-9b6c-4dd5b8a102f3")
        let order: OrderID = key.derivedID("order")
        #expect(order.description == "400d815e-a7fa-8155-b454-a75658ef2348")
        let fingerprint = CommandKey.fingerprint(
            method: "POST", path: "/v1/overrides", body: Array("{}".utf8))
        #expect(
            fingerprint.map { String(UInt16($0) + 0x100, radix: 16).dropFirst() }.joined()
                == "aa9f4a30a7be40571e240294ba305383df2c5034eee980b276b463295b655350")
        let version = key.commandID.description.dropFirst(14).first
        let variant = key.commandID.description.dropFirst(19).first
        #expect(version == "8")
        #expect(variant.map { "89ab".contains($0) } == true)
        let other = try #require(CommandKey("order-1", tenant: TenantID(Samples.uuid(9))))
        #expect(other.commandID != key.commandID)
    }
}
