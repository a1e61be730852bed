import ChairPlanning
import Foundation
import Testing

@testable import ferrovia

/// What an instance that nobody has seen may hold, and how it is told what is wrong with it.
@Suite struct PlanFileTests {
    private let sound = """
        {"format":"ferrovia-plan-1","days":[{"opens":480,"closes":1020}],
         "chairs":[{"id":"c1","tags":["bed"]}],"stock":{"iron":3},
         "nurses":[{"id":"n1","shifts":[{"from":480,"until":1020}]}],
         "visits":[{"id":"v1","patient":"p1","urgency":"soon","turnover":10,"needs":["bed"],
         "phases":[{"minutes":20,"nurse":true},{"minutes":40}],"uses":{"product":"iron","units":1},
         "window":{"earliest":480,"ready":500,"latest":900}}]}
        """

    /// What is said against the sound text with one part of it put otherwise.
    private func problem(_ part: String, _ other: String) throws -> String? {
        try #require(sound.contains(part))
        do {
            _ = try PlanFile.instance(Array(sound.replacing(part, with: other).utf8))
            return nil
        } catch { return "\(error)" }
    }

    private func expect(
        _ part: String, _ other: String, says told: String,
        at place: SourceLocation = #_sourceLocation
    ) throws {
        let said = try problem(part, other)
        #expect(said == told, sourceLocation: place)
    }

    @Test
    func `a minute that is none is named with its value and what is accepted`() throws {
        for (value, shown) in [
            ("480.5", "480.5"), ("-1", "-1"), ("\"8:00\"", "\"8:00\""), ("true", "true"),
            ("[480]", "an array"), ("99999999999999999999", "99999999999999999999"),
        ] {
            try expect(
                #""opens":480"#, "\"opens\":\(value)",
                says: "/days/0/opens: is \(shown); accepted: an integer from 0 to 10080")
        }
        try expect(
            #""opens":480"#, #""opens":null"#,
            says: "/days/0/opens: is missing; accepted: an integer from 0 to 10080")
        try expect(
            #""opens":480"#, #""opens":1080"#,
            says: "/days/0/closes: is 1020; accepted: 1 to 1440 minutes after it opens at 1080")
        try expect(
            #""latest":900"#, #""latest":470"#,
            says: "/visits/0/window/latest: is 470; accepted: earliest, which is 480, or later")
        try expect(
            #"{"from":480,"until":1020}"#, #"{"from":600,"until":600}"#,
            says: "/nurses/0/shifts/0: is 600 to 600; accepted: from before until")
        try expect(
            #""format""#, #""startEvery":7,"format""#,
            says: "/startEvery: is 7; accepted: 1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30, 60")
    }

    @Test
    func `so is any other value`() throws {
        try expect(
            #""turnover":10"#, #""turnover":121"#,
            says: "/visits/0/turnover: is 121; accepted: an integer from 0 to 120")
        try expect(
            #""nurse":true"#, #""nurse":1"#,
            says: "/visits/0/phases/0/nurse: is 1; accepted: true or false")
        try expect(
            #""urgency":"soon""#, #""urgency":"Soon""#,
            says: #"/visits/0/urgency: is "Soon"; accepted: routine, soon, urgent, emergency"#)
        try expect(
            #"{"iron":3}"#, #"{"iron":10001}"#,
            says: "/stock/iron: is 10001; accepted: an integer from 0 to 10000")
        try expect(
            #"{"iron":3}"#, "[3]", says: "/stock: is an array; accepted: units by product")
        let name = "accepted: text of 1 to 64 bytes without control characters"
        try expect(#""id":"v1""#, #""id":"""#, says: "/visits/0/id: is \"\"; \(name)")
        // What would write elsewhere on the terminal is shown as what it is.
        try expect(
            #""id":"v1""#, #""id":"v\u001b[2J""#,
            says: #"/visits/0/id: is "v\u{1b}[2J"; "# + name)
        let long = String(repeating: "x", count: 65)
        try expect(
            #""id":"v1""#, "\"id\":\"\(long)\"",
            says: "/visits/0/id: is \"\(long.prefix(40))…\"; \(name)")
    }

    @Test
    func `equal names are told with where the other is`() throws {
        try expect(
            #"{"id":"c1","tags":["bed"]}"#, #"{"id":"c1"},{"id":"c1"}"#,
            says: #"/chairs/1/id: is "c1", as /chairs/0/id is; accepted: ids of their own"#)
        try expect(
            #"[{"id":"n1""#, #"[{"id":"n1","shifts":[]},{"id":"n2","shifts":[]},{"id":"n1""#,
            says: #"/nurses/2/id: is "n1", as /nurses/0/id is; accepted: ids of their own"#)
        // A member that is there twice has no value that could be meant.
        let twice = try problem(#"{"iron":3}"#, #"{"iron":3,"iron":4}"#)
        #expect(twice?.contains("duplicate key") == true, "\(twice ?? "accepted")")
    }

    @Test
    func `lists that are empty or too long say how many they have`() throws {
        let noDay = try problem(#"[{"opens":480,"closes":1020}]"#, "[]")
        #expect(noDay?.hasPrefix("/days: has 0 elements; accepted: an array of 1 to 7") == true)
        let phases = #"[{"minutes":20,"nurse":true},{"minutes":40}]"#
        let none = try problem(phases, "[]")
        #expect(none?.hasPrefix("/visits/0/phases: has 0 elements; accepted: an array of") == true)
        let long = Array(repeating: #"{"minutes":91}"#, count: 10).joined(separator: ",")
        try expect(
            phases, "[\(long)]",
            says: "/visits/0/phases: are 910 minutes together; accepted: at most 900")
    }

    @Test(arguments: [
        (#""tags":["bed"]"#, #""tags":[]"#, UnservedVisit.Reason.equipment),
        (#""id":"c1""#, #""id":"c1","available":[]"#, .equipment),
        // Windows before and after the day, and in a night.
        (#""earliest":480,"ready":500,"latest":900"#, #""earliest":0,"latest":60"#, .hours),
        (#""earliest":480,"ready":500,"latest":900"#, #""earliest":9000,"latest":10080"#, .hours),
        (#""format""#, #""cover":[],"format""#, .hours),
        (#""format""#, #""now":1000,"format""#, .past),
        (#""shifts":[{"from":480,"until":1020}]"#, #""shifts":[]"#, .capacity),
        (#"[{"id":"n1","shifts":[{"from":480,"until":1020}]}]"#, "[]", .capacity),
        (#"{"iron":3}"#, #"{"iron":0}"#, .capacity),
    ])
    func `an instance in which somebody cannot be served is planned, and says why`(
        part: String, other: String, reason: UnservedVisit.Reason
    ) async throws {
        try #require(sound.contains(part))
        let instance = try PlanFile.instance(Array(sound.replacing(part, with: other).utf8))
        let answer = await PlanSolver(instance).solve { Double($0) / 200 }
        #expect(PlanChecker(instance).violations(of: answer.plan).isEmpty)
        #expect(PlanReport(answer.plan, of: instance).unserved.map(\.reason) == [reason])
    }

    @Test(arguments: [
        (#""tags":["bed"]"#, #""tags":["bed","bed"]"#), (#""stock":{"iron":3}"#, #""stock":{}"#),
        (#""format""#, #""now":0,"rules":{},"weights":{},"format""#),
        (#""format""#, #""cover":[{"from":0,"until":600},{"from":600,"until":2000}],"format""#),
    ])
    func `what says nothing else than the defaults, or more than is needed, changes nothing`(
        part: String, other: String
    ) async throws {
        try #require(sound.contains(part))
        let instance = try PlanFile.instance(Array(sound.replacing(part, with: other).utf8))
        let answer = await PlanSolver(instance).solve { Double($0) / 200 }
        let best = PlanObjective(
            unservedWeight: 0, overtimeMinutes: 0, waitingMinutes: 0, peakNurses: 1)
        #expect(answer.objective == best)
    }

    @Test
    func `a text that is not JSON is told by line and column`() async throws {
        let path = NSTemporaryDirectory() + "ferrovia-plan-\(UUID().uuidString).json"
        defer { try? FileManager.default.removeItem(atPath: path) }
        let text = "{\"format\": \"ferrovia-plan-1\",\n \"é\": 1,}"
        try Data(text.utf8).write(to: URL(filePath: path))
        let tool = CommandLineTool(environment: [:])
        let told = try await tool.run(["plan", path])
        #expect(told.status == 74)
        #expect(told.error.contains("\(path):2:9: unexpected byte"), "\(told.error)")
        let json = try await tool.run(["plan", path, "--json"])
        #expect(json.error.contains(#""line":2,"column":9,"byte":"#), "\(json.error)")
    }
}
