import EventStore
import Foundation
import Infusion
import InfusionApplication
import InfusionWire
import Testing

@testable import SchedulerHTTP

/// Every command by its happy path: what the body says is what the use cases are asked.
@Suite struct CommandTests {
    struct Sent: Sendable, CustomTestStringConvertible {
        let path: String
        let body: String
        let status: Int
        let target: CommandTarget
        let scope: Scope
        var testDescription: String { path }
    }

    static let patient = Samples.patient.description
    static let order = Samples.order.description
    static let dose = Samples.dose.description

    static let all: [Sent] = Bodies.all.map { body in
        Sent(
            path: body.path, body: body.text, status: body.status, target: body.target,
            scope: body.scope)
    }

    @Test(arguments: all) func `a command is passed on and answered with a receipt`(_ sent: Sent)
        async throws
    {
        try await withAPI { api in
            let answer = try await api.command(sent.path, sent.body)
            #expect(answer.status == sent.status, "\(answer.text)")
            #expect(answer.json["version"] == 7)
            #expect(answer.json["position"] == 4711)
            #expect(answer.header("ETag") == "\"7\"")
            #expect(answer.header("Ferrovia-Position") == "4711")
            #expect(answer.header("Idempotency-Replayed") == nil)
            let request = try #require(api.stub.requests.last)
            #expect(request.target == sent.target)
            #expect(request.command.scope == sent.scope)
            #expect(request.actor.subject == "nurse-7")
        }
    }

    @Test func `every command route has its happy path here`() {
        let routes = SchedulerAPI.endpoints.filter { $0.kind == .command }
        let paths = Self.all.map(\.path) + SiteTests.commands.map(\.path)
        let covered = Set(
            routes.filter { route in paths.contains { route.matches(path: $0) } }.map(\.template))
        #expect(covered == Set(routes.map(\.template)))
    }

    @Test func `numbers stay the decimals they were written as`() async throws {
        try await withAPI { api in
            let body = """
                {"results":[{"analyte":"hemoglobin","value":13.10,"unit":"g/dL",\
                "collectedAt":"2026-03-02T09:30:00.25+01:00"}]}
                """
            let answer = try await api.command("/v1/patients/\(Self.patient)/labs", body)
            #expect(answer.status == 201)
            guard case .recordLabs(let results) = api.stub.lastCommand else {
                Issue.record("not recordLabs")
                return
            }
            let result = try #require(results.first)
            #expect(result.value.canonical == Decimal(string: "13.1"))
            #expect(
                result.collectedAt
                    == Instant(microsecondsSinceUnixEpoch: 1_772_440_200_250_000))
            #expect(result.status == .final)
        }
    }

    @Test func `a unit is converted and the reported value kept`() async throws {
        try await withAPI { api in
            let body = """
                {"results":[{"loinc":"718-7","value":98,"unit":"g/L","comparator":"<",\
                "collectedAt":"2026-03-02T08:30:00Z","referenceLow":120}]}
                """
            _ = try await api.command("/v1/patients/\(Self.patient)/labs", body)
            guard case .recordLabs(let results) = api.stub.lastCommand else {
                Issue.record("not recordLabs")
                return
            }
            let result = try #require(results.first)
            #expect(result.analyte == .hemoglobin)
            #expect(result.value.canonical == Decimal(string: "9.8"))
            #expect(result.value.reported == 98)
            #expect(result.value.comparator == .lessThan)
            #expect(result.referenceLow == 12)
        }
    }

    @Test func `the override's role is the token's`() async throws {
        try await withAPI { api in
            let sent = try #require(Self.all.first { $0.path == "/v1/overrides" })
            _ = try await api.command(sent.path, sent.body)
            guard case .overrideGate(let granted) = api.stub.lastCommand else {
                Issue.record("not overrideGate")
                return
            }
            #expect(granted.role == .nurse)
        }
    }
}
