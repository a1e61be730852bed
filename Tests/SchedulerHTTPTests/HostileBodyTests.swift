import Faults
import InfusionWire
import Testing

@testable import SchedulerHTTP

/// Bodies that nobody means well with, and bodies with an honest mistake: neither gets past the edge.
@Suite struct HostileBodyTests {
    static let malformed = [
        "{", "}", "[", "nul", "{\"a\":1,}", "{\"a\":1 \"b\":2}", "{'a':1}", "[1] [2]",
        "{\"a\":1,\"a\":2}", "{\"a\":\"\\ud800\"}", "{\"a\":\"\\x\"}", "{\"a\":01}", "{\"a\":1.}",
        "{\"a\":.5}", "{\"a\":+1}", "{\"a\":NaN}", "{\"a\":1e}", "\u{FEFF}{}", "{\"a\":\"\n\"}",
        String(repeating: "[", count: 100_000),
        String(repeating: "{\"a\":", count: 40) + "1" + String(repeating: "}", count: 40),
    ]

    @Test(arguments: malformed.indices) func `what is not JSON is refused`(_ index: Int)
        async throws
    {
        try await withAPI { api in
            let answer = try await api.command(
                "\(ProblemTests.patient)/labs", Self.malformed[index])
            #expect(answer.code == "malformed-json", "\(answer.text)")
            #expect(api.stub.requests.isEmpty)
        }
    }

    static func lab(_ change: String) -> String {
        let fields = [
            "analyte": "\"ferritin\"", "value": "11", "unit": "\"ng/mL\"",
            "collectedAt": "\"2026-03-02T08:00:00Z\"",
        ]
        let parts = change.split(separator: "=", maxSplits: 1).map(String.init)
        var changed = fields
        changed[parts[0]] = parts.count == 2 ? parts[1] : nil
        let text = changed.sorted { $0.key < $1.key }.map { "\"\($0.key)\":\($0.value)" }
        return "{\"results\":[{\(text.joined(separator: ","))}]}"
    }

    /// A change to a good result, and the field that must be named.
    static let mistakes: [(String, String)] = [
        ("unit", "/results/0/unit"), ("unit=\"\"", "/results/0/unit"),
        ("unit=\"furlong\"", "/results/0/unit"), ("unit=5", "/results/0/unit"),
        ("value", "/results/0/value"), ("value=\"11\"", "/results/0/value"),
        ("value=1e99", "/results/0/value"), ("value=1234567890123456789", "/results/0/value"),
        ("value=-1", "/results/0/value"), ("collectedAt", "/results/0/collectedAt"),
        ("collectedAt=\"2026-03-02T08:00:00\"", "/results/0/collectedAt"),
        ("collectedAt=\"2026-02-30T08:00:00Z\"", "/results/0/collectedAt"),
        ("collectedAt=\"2026-03-02\"", "/results/0/collectedAt"),
        ("collectedAt=1772443800", "/results/0/collectedAt"),
        ("analyte", "/results/0/analyte"), ("analyte=\"rust\"", "/results/0/analyte"),
        ("loinc=\"2276-4\"", "/results/0/analyte"), ("comparator=\"~\"", "/results/0/comparator"),
        ("status=\"unknown\"", "/results/0/status"), ("id=\"7\"", "/results/0/id"),
        ("note=\"x\"", "/results/0/note"), ("a~1/b=1", "/results/0/a~01~1b"),
        ("source={\"system\":\"urn:x\"}", "/results/0/source/value"),
    ]

    @Test(arguments: mistakes.indices) func `a mistake is named by its place`(_ index: Int)
        async throws
    {
        let (change, pointer) = Self.mistakes[index]
        try await withAPI { api in
            let answer = try await api.command("\(ProblemTests.patient)/labs", Self.lab(change))
            #expect(answer.code == "invalid-body", "\(answer.text)")
            #expect(answer.json["errors"]?[0]?["pointer"] == .string(pointer), "\(answer.text)")
            #expect(api.stub.requests.isEmpty)
        }
    }

    @Test func `a missing unit says which there are`() async throws {
        try await withAPI { api in
            let answer = try await api.command("\(ProblemTests.patient)/labs", Self.lab("unit"))
            #expect(answer.json["errors"]?[0]?["problem"] == "is missing")
            #expect(answer.json["errors"]?[0]?["accepted"]?.string?.contains("ng/mL") == true)
        }
    }

    @Test func `every bad result of a batch is told`() async throws {
        try await withAPI { api in
            let results = ["unit", "value=\"x\"", "status=\"x\""].map {
                Self.lab($0).dropFirst("{\"results\":[".count).dropLast(2)
            }
            let answer = try await api.command(
                "\(ProblemTests.patient)/labs", "{\"results\":[\(results.joined(separator: ","))]}")
            #expect(
                answer.json["errors"]?.elements.compactMap { $0["pointer"]?.string }
                    == ["/results/0/unit", "/results/1/value", "/results/2/status"])
        }
    }

    @Test func `who makes five mistakes in one object is told five`() async throws {
        try await withAPI { api in
            let answer = try await api.command(
                "/v1/orders/\(Samples.order)/appointments",
                #"{"site":"North!","chair":"","start":"2026-03-02","finish":1,"override":{"rules":[]}}"#
            )
            #expect(answer.code == "invalid-body")
            #expect(
                answer.json["errors"]?.elements.compactMap { $0["pointer"]?.string }
                    == [
                        "/site", "/chair", "/start", "/end", "/override/rules", "/override/reason",
                        "/finish",
                    ], "\(answer.text)")
            #expect(answer.json["detail"] == "/site: is not valid (and 6 more)")
            #expect(api.stub.requests.isEmpty)
        }
    }

    @Test func `what depends on a member that is wrong is not guessed at`() async throws {
        try await withAPI { api in
            let answer = try await api.command(
                "\(ProblemTests.patient)/context",
                #"{"contexts":[],"facts":[{"type":"rain","active":true}],"effectiveAt":"now"}"#)
            #expect(
                answer.json["errors"]?.elements.compactMap { $0["pointer"]?.string }
                    == ["/facts/0/type", "/effectiveAt"], "\(answer.text)")
        }
    }

    @Test func `of more mistakes than are told the number is`() async throws {
        let unknown = (0..<150).map { "\"x\($0)\":1" }.joined(separator: ",")
        try await withAPI { api in
            let answer = try await api.command(
                "\(ProblemTests.patient)/labs", "{\(unknown)}")
            #expect(answer.json["errors"]?.elements.count == FaultLimits.told)
            #expect(answer.json["errors"]?[0]?["pointer"] == "/results")
            #expect(answer.json["detail"] == "/results: is missing (and 150 more)")
        }
    }

    @Test(arguments: ["null", "1", "\"x\"", "[]", "true"])
    func `a body is an object`(_ body: String) async throws {
        try await withAPI { api in
            let answer = try await api.command("\(ProblemTests.patient)/labs", body)
            #expect(answer.code == "invalid-body")
            #expect(answer.json["errors"]?[0]?["pointer"] == "")
        }
    }

    @Test(arguments: Bodies.all.map(\.path)) func `no command takes a field it does not know`(
        _ path: String
    ) async throws {
        let good = try #require(Bodies.all.first { $0.path == path })
        let body =
            good.text == "{}" ? #"{"extra":1}"# : #"{"extra":1,\#(good.text.dropFirst())"#
        try await withAPI { api in
            let answer = try await api.command(path, body)
            #expect(answer.code == "invalid-body")
            #expect(answer.text.contains("/extra"))
            #expect(api.stub.requests.isEmpty)
        }
    }

    static let queries = [
        "/v1/events?after=x", "/v1/events?after=-1", "/v1/events?after=1&after=2",
        "/v1/events?limit=0", "/v1/events?limit=501", "/v1/events?limit=", "/v1/events?before=1",
        "/v1/patients", "/v1/patients?identifier=", "/v1/patients?identifier=nobar",
        "/v1/patients?identifier=|x", "/v1/patients?identifier=%ff%fe",
        "/v1/patients/7", "\(ProblemTests.patient)?knownAt=yesterday",
        "\(ProblemTests.patient)?knownAt=2026-03-02T09:30:00Z&knownAtPosition=1",
        "\(ProblemTests.patient)?effectiveAt=2026-03-02", "/v1/queues/recheck?status=soon",
        "/v1/queues/recheck?on=2026-02-30", "/v1/queues/recheck?cursor=x",
        "/v1/queues/recheck?site=North!", "/v1/queues/recheck/R3-17/why",
        "/v1/queues/recheck/\(Samples.patient).R99-1/why",
        "/v1/queues/recheck/\(Samples.patient).R3--1/why",
        "\(ProblemTests.patient)/timeline?cursor=99999999999999999999",
    ]

    @Test(arguments: queries) func `a parameter that is not valid is named`(_ path: String)
        async throws
    {
        try await withAPI { api in
            let answer = try await api.get(path)
            #expect(answer.status == 400)
            #expect(answer.code == "invalid-parameter", "\(answer.text)")
            #expect(answer.json["errors"]?[0]?["accepted"]?.string?.isEmpty == false)
        }
    }
}
