import EventStore
import HTTPTypes
import Infusion
import InfusionApplication
import InfusionWire
import Testing

@testable import SchedulerHTTP

/// Counts over all patients, over HTTP.
@Suite struct ReportTests {
    private static let path = "/v1/reports/overrides"
    private static let place = OverrideReportPlace(
        reached: Position(400), known: Samples.position, moment: Samples.instant)

    @Test func `overrides are counted by month and gate`() async throws {
        try await withAPI { api in
            let answer = try await api.get("\(Self.path)?limit=3&knownAtPosition=4711")
            #expect(answer.status == 200, "\(answer.text)")
            #expect(answer.header("Ferrovia-Position") == "4711")
            #expect(answer.json["rows"]?.elements.count == 1)
            let row = answer.json["rows"]?[0]
            #expect(row?["gate"] == "G-PO4")
            #expect(row?["given"] == 3)
            #expect(row?["used"] == 2)
            #expect(row?["expired"] == 1)
            #expect(row?["open"] == 0)
            #expect(answer.json["next"] == .string(Self.place.token))
            _ = try await api.get("\(Self.path)?cursor=\(Self.place.token)")
            #expect(
                api.stub.overrideReports == [
                    OverrideReportQuestion(
                        start: .beginning(knownAt: .position(Samples.position)), limit: 3),
                    OverrideReportQuestion(start: .after(Self.place), limit: 50),
                ])
        }
    }

    @Test(arguments: [
        "cursor=1", "cursor=2_1_0", "cursor=-1_1_0", "cursor=1_2_x", "limit=501", "gate=G-PO4",
        "cursor=1_2_0&knownAtPosition=2", "cursor=1_2_0&knownAt=2026-03-02T10:30:00Z",
    ])
    func `a parameter that is not valid is named`(_ query: String) async throws {
        try await withAPI { api in
            let answer = try await api.get("\(Self.path)?\(query)")
            #expect(answer.status == 400)
            #expect(answer.code == "invalid-parameter", "\(answer.text)")
            #expect(api.stub.overrideReports.isEmpty)
        }
    }

    @Test func `it has a scope of its own`() async throws {
        try await withAPI { api in
            let answer = try await api.send(.get, Self.path, token: "reader")
            #expect(answer.code == "scope-missing")
            #expect(answer.json["neededScope"] == "report.read")
        }
    }

    @Test func `where a page ended is told and read again`() {
        #expect(OverrideReportPlace(token: Self.place.token) == Self.place)
    }
}
