import EventStore
import HTTPTypes
import Infusion
import InfusionApplication
import InfusionProjections
import InfusionWire
import Testing

@testable import SchedulerHTTP

/// A site's statistics over HTTP.
@Suite struct UtilizationTests {
    private static let path = "/v1/sites/north/utilization"
    private static let period = "from=2026-03-02&to=2026-03-03"

    @Test func `each rate comes with what it is made of`() async throws {
        try await withAPI { api in
            let answer = try await api.get("\(Self.path)?\(Self.period)")
            #expect(answer.status == 200, "\(answer.text)")
            #expect(answer.header("Ferrovia-Position") == "4711")
            let json = answer.json
            #expect(json["site"] == "north")
            #expect(json["terms"]?["preparationMinutes"] == 20)
            #expect(json["days"]?.elements.count == 2)
            #expect(json["days"]?[1]?["figures"]?["visits"]?["all"] == 0)
            #expect(json["chairs"]?[0]?["chair"] == "chair-3")
            let total = json["total"]
            #expect(total?["visits"]?["fulfilled"] == 1)
            #expect(total?["openChairMinutes"] == .null)
            #expect(total?["scheduled"]?["minutes"] == 60)
            #expect(total?["scheduled"]?["utilization"] == .null)
            #expect(total?["actual"]?["minutes"] == 60)
            #expect(total?["noShow"] == ["numerator": 0, "denominator": 1, "percent": 0])
            #expect(total?["late"] == ["numerator": 1, "denominator": 1, "percent": 100])
            #expect(total?["leadTime"]?["medianMinutes"] == 2_880)
            #expect(json["days"]?[1]?["figures"]?["late"]?["percent"] == .null)
        }
    }

    @Test func `the terms and the time of knowledge are the question's`() async throws {
        try await withAPI { api in
            let answer = try await api.get(
                "\(Self.path)?\(Self.period)&lateAfter=5&preparation=0&startWithin=120"
                    + "&knownAtPosition=12")
            #expect(answer.status == 200, "\(answer.text)")
            #expect(answer.json["total"]?["late"]?["numerator"] == 0)
            let question = try #require(api.stub.utilizations.first)
            #expect(question.site == SiteID("north"))
            #expect(question.terms[.startWithin] == 120)
            #expect(question.knownAt == .position(Position(12)))
        }
    }

    @Test(arguments: [
        ("to=2026-03-03", "from"), ("from=2026-03-03", "to"),
        ("from=2026-03-03&to=2026-03-02", "to"), ("from=2026-01-01&to=2027-01-02", "to"),
        ("from=today&to=2026-03-02", "from"), ("from=0001-01-01&to=0001-01-02", "from"),
        ("\(period)&lateAfter=121", "lateAfter"),
        ("\(period)&preparation=-1", "preparation"), ("\(period)&startWithin=x", "startWithin"),
        ("\(period)&knownAt=now", "knownAt"), ("\(period)&chair=1", "chair"),
    ])
    func `a parameter that is not valid is named`(_ query: String, _ parameter: String) async throws
    {
        try await withAPI { api in
            let answer = try await api.get("\(Self.path)?\(query)")
            #expect(answer.status == 400)
            #expect(answer.json["errors"]?[0]?["parameter"] == .string(parameter))
            #expect(api.stub.utilizations.isEmpty)
        }
    }

    @Test func `the table has a line for the whole, each date and each chair`() async throws {
        try await withAPI { api in
            let answer = try await api.get("\(Self.path).csv?\(Self.period)")
            #expect(answer.status == 200, "\(answer.text)")
            #expect(answer.header("Content-Type") == UtilizationTable.mediaType)
            #expect(answer.header("Ferrovia-Position") == "4711")
            let lines = answer.text.split(separator: "\r\n").map {
                $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            }
            #expect(lines.first == UtilizationTable.columns)
            #expect(lines.allSatisfy { $0.count == UtilizationTable.columns.count })
            #expect(
                lines.dropFirst().map { "\($0[3]) \($0[4])" } == [
                    "total ", "date 2026-03-02", "date 2026-03-03", "chair chair-3",
                ])
            // Nobody told the hours: no open minutes, and none of those promised and sat lie in them.
            #expect(Array(lines[1][5...9]) == ["", "60", "", "60", ""])
            #expect(Array(lines[1][24...26]) == ["1", "2880", "2880"])
            #expect(lines[3][25] == "")
        }
    }

    @Test func `nobody asks without the scope`() async throws {
        try await withAPI { api in
            let answer = try await api.send(
                .get, "\(Self.path)?\(Self.period)", token: "nothing")
            #expect(answer.status == 403)
        }
    }
}
