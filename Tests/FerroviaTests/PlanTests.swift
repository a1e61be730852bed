import ChairPlanning
import Foundation
import InfusionJournal
import InfusionWire
import Testing

@testable import ferrovia

/// `ferrovia plan`: the file, the verbs and how they end. No database is asked.
@Suite struct PlanTests {
    private let tool = CommandLineTool(environment: [:])

    private func text(_ json: JSON) -> String { String(decoding: json.bytes, as: UTF8.self) }

    private func problem(_ text: String) -> String? {
        do {
            _ = try PlanFile.instance(Array(text.utf8))
            return nil
        } catch {
            return "\(error)"
        }
    }

    /// Runs `body` with a folder of its own that holds the text as `instance.json`.
    private func withFile(_ text: String, _ body: (String) async throws -> Void) async throws {
        let folder = NSTemporaryDirectory() + "ferrovia-plan-\(UUID().uuidString)"
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let file = "\(folder)/instance.json"
        try Data(text.utf8).write(to: URL(filePath: file))
        try await body(file)
    }

    private let small = """
        {"format":"ferrovia-plan-1","days":[{"opens":480,"closes":1020}],
         "chairs":[{"id":"c1"}],"nurses":[{"id":"n1","shifts":[{"from":480,"until":1020}]}],
         "visits":[{"id":"v1","patient":"p1","urgency":"soon","turnover":10,
         "phases":[{"minutes":20,"nurse":true},{"minutes":40}],TIMING}]}
        """

    @Test
    func `an instance that is written is read as it was`() throws {
        for (visits, chairs) in [(20, 8), (60, 12), (200, 40)] {
            let made = try InstanceGenerator(
                visits: visits, chairs: chairs, loadPercent: 90, seed: 2
            ).instance()
            let read = try PlanFile.instance(made.json.bytes)
            #expect(read == made)
        }
        let promised = small.replacingOccurrences(
            of: "TIMING",
            with: #""promised":{"start":500,"later":30},"uses":{"product":"x","units":1}"#)
        let read = try PlanFile.instance(Array(promised.utf8))
        #expect(read.visits[0].timing == .promised(start: 500, earlier: 0, later: 30))
        #expect(read.chairs[0].available == [480..<1_020])
        let again = try PlanFile.instance(read.json.bytes)
        #expect(again == read)
        let today = try PlanFile.instance(
            Array(
                promised.replacingOccurrences(of: #""chairs""#, with: #""now":490,"chairs""#).utf8))
        #expect(today.now == 490)
        let todayAgain = try PlanFile.instance(today.json.bytes)
        #expect(todayAgain == today)
    }

    @Test
    func `a generated instance is the same for ever, byte for byte`() throws {
        let made = try InstanceGenerator(visits: 40, chairs: 12, loadPercent: 80, seed: 2)
            .instance()
        // FNV-1a of what `plan generate` writes; the drawings of docs/planning.md are of this day.
        let hash = made.json.bytes.reduce(0xCBF2_9CE4_8422_2325 as UInt64) {
            ($0 ^ UInt64($1)) &* 0x100_0000_01B3
        }
        #expect(hash == 0xBCA4_5545_5738_3D76)
    }

    @Test
    func `what is wrong is named with its member and what is accepted`() {
        #expect(
            problem(small.replacingOccurrences(of: ",TIMING", with: ""))
                == "/visits/0: has 0 timings; accepted: one of window, promised, started")
        let window = #""window":{"earliest":480,"latest":900}"#
        let sound = small.replacingOccurrences(of: "TIMING", with: window)
        #expect(problem(sound) == nil)
        #expect(
            problem(sound.replacingOccurrences(of: #""soon""#, with: #""now""#))
                == "/visits/0/urgency: is \"now\"; accepted: routine, soon, urgent, emergency")
        #expect(
            problem(sound.replacingOccurrences(of: "ferrovia-plan-1", with: "plan"))
                == "/format: is \"plan\"; accepted: \"ferrovia-plan-1\"")
        #expect(
            problem(sound.replacingOccurrences(of: "\"turnover\":10,", with: ""))?
                .hasPrefix("/visits/0/turnover: is missing") == true)
        #expect(
            problem(
                sound.replacingOccurrences(of: "\"turnover\"", with: "\"turnovr\":1,\"turnover\""))?
                .hasPrefix("/visits/0/turnovr: is not a field here") == true)
    }

    @Test
    func `who makes five mistakes is told five`() {
        let wrong = small.replacingOccurrences(of: "TIMING", with: #""window":{"earliest":-1}"#)
            .replacingOccurrences(of: #""soon""#, with: #""now""#)
            .replacingOccurrences(of: #""turnover":10"#, with: #""turnover":500,"note":"x""#)
            .replacingOccurrences(of: #""minutes":40"#, with: #""minutes":0"#)
            .replacingOccurrences(of: #""until":1020"#, with: #""until":400"#)
        let lines = problem(wrong)?.split(separator: "\n").map(String.init) ?? []
        #expect(
            lines.map { $0.prefix { $0 != ":" } } == [
                "/nurses/0/shifts/0", "/visits/0/urgency", "/visits/0/phases/1/minutes",
                "/visits/0/turnover", "/visits/0/window/earliest", "/visits/0/window/latest",
                "/visits/0/note",
            ], "\(lines)")
    }

    @Test
    func `a plan names what is wrong with each of its bookings`() throws {
        let instance = try PlanFile.instance(
            Array(
                small.replacingOccurrences(
                    of: "TIMING", with: #""window":{"earliest":480,"latest":900}"#
                ).utf8))
        func problems(_ bookings: String) -> String? {
            do {
                _ = try BookingsFile.plan(
                    Array("{\"bookings\":[\(bookings)],\"gap\":null}".utf8), of: instance)
                return nil
            } catch { return "\(error)" }
        }
        let good = #"{"visit":"v1","chair":"c1","start":480,"end":540}"#
        #expect(problems(good) == nil)
        #expect(
            problems("\(good),\(good)")
                == "/bookings/1/visit: is booked twice; accepted: each visit once")
        #expect(
            problems(#"{"visit":"v2","chair":"c2","start":-1}"#)?.split(separator: "\n").count == 3)
    }

    @Test
    func `an instance is generated, planned, checked and simulated`() async throws {
        let instance = try await tool.succeed(
            "plan", "generate", "--visits", "24", "--chairs", "8", "--load", "100", "--seed", "3")
        try await withFile(instance) { file in
            let asked = ["plan", file, "--steps", "4000", "--searches", "1", "--json"]
            let plan = try await tool.run(asked).out
            let again = try await tool.run(asked).out
            #expect(again.replacingSeconds(by: plan) == plan)
            let made = file.replacingOccurrences(of: "instance", with: "plan")
            try Data(plan.utf8).write(to: URL(filePath: made))
            let checked = try await tool.succeed("plan", "check", file, made)
            #expect(checked.hasPrefix("No rule is broken"))
            let drawn = try await tool.succeed("plan", file, "--baseline", "levelled")
            #expect(drawn.contains("No bound: nothing was searched."))
            let simulated = try await tool.succeed(
                "plan", "simulate", file, "--repetitions", "5", "--seconds", "0.1", "--rates")
            for schedule in ["fcfs", "levelled", "optimised", "facts §9.2"] {
                #expect(simulated.contains(schedule))
            }
        }
    }

    @Test
    func `a plan that breaks a rule ends with 1 and says which`() async throws {
        let started = small.replacingOccurrences(
            of: "TIMING", with: #""started":{"start":490,"chair":"c1"}"#)
        try await withFile(started) { file in
            let made = file.replacingOccurrences(of: "instance", with: "plan")
            try Data(#"{"bookings":[]}"#.utf8).write(to: URL(filePath: made))
            let answer = try await tool.run(["plan", "check", file, made])
            #expect(answer.status == 1)
            #expect(
                answer.out.hasPrefix(
                    "v1: is under way in c1 since 08:10 and stays there; the plan leaves it out\n"
                        + "A rule is broken once: "), "\(answer.out)")
        }
    }

    @Test
    func `a violation says who, where, when and what would be right`() throws {
        let asked = #""window":{"earliest":480,"latest":600}"#
        let visit =
            #"{"id":"v2","patient":"p1","urgency":"soon","turnover":0,"needs":["bed"],"#
            + #""phases":[{"minutes":30,"nurse":true}],"window":{"earliest":480,"latest":500}}"#
        let instance = try PlanFile.instance(
            Array(
                small.replacingOccurrences(of: "TIMING}]", with: "\(asked)},\(visit)]").utf8))
        let plan = ChairPlan(bookings: [
            Booking(chair: 0, start: 480), Booking(chair: 0, start: 485),
        ])
        let lines = PlanChecker(instance).violations(of: plan).map {
            $0.text(in: plan, of: instance)
        }
        let first = "v2 in c1, 08:05 to 08:35"
        #expect(
            lines == [
                "\(first): the chair has no bed",
                "\(first): the chair is also held for v1 in c1, 08:00 to 09:00, and turnover",
                "\(first): the patient p1 is also in v1 in c1, 08:00 to 09:00",
                "08:05 to 08:20: the hands of 2 nurses are needed; on shift: 1",
                "08:00 to 08:15: 2 visits start; the nurses on shift start 1",
            ])
        let late = ChairPlan(bookings: [Booking(chair: 0, start: 950), nil])
        let said = PlanChecker(instance).violations(of: late).map {
            $0.text(in: late, of: instance)
        }
        let window = """
            v1 in c1, 15:50 to 16:50: has to start from 08:00 to 10:00, on a multiple of 5 min of the clock
            """
        let hours = """
            v1 in c1, 15:50 to 16:50: the patient has to come and leave in opening hours, and leave 15 min \
            before closing at 17:00
            """
        #expect(said == [window, hours])
    }

    @Test
    func `a bound is shown as far as it is comparable, and what it means`() throws {
        let instance = try PlanFile.instance(
            Array(
                small.replacingOccurrences(
                    of: "TIMING", with: #""window":{"earliest":480,"latest":900}"#
                ).utf8))
        func summary(_ objective: PlanObjective, _ bound: PlanObjective) -> [String] {
            MadePlan(
                instance,
                PlanAnswer(
                    plan: ChairPlan(bookings: [nil]), objective: objective, bound: bound, steps: 1),
                seconds: 0, improvements: []
            ).summary.split(separator: "\n").map(String.init)
        }
        func objective(_ weight: Int, _ overtime: Int) -> PlanObjective {
            PlanObjective(
                unservedWeight: weight, overtimeMinutes: overtime, waitingMinutes: 7, peakNurses: 1)
        }
        let open = summary(objective(12, 0), objective(10, 99))
        #expect(open.contains { $0.hasPrefix("overtime, min") && !$0.contains("99") }, "\(open)")
        let unproved = """
            Not proved to be the best: weight without a booking is 12, and no plan leaves less than 10 \
            without a booking. Not everybody can be served: at least a weight of 10 is left over. Of the \
            numbers after it nothing is proved: their bounds are of plans that reach this one.
            """
        #expect(open.last == unproved)
        let best = """
            Proved: there is no better plan. Not everybody can be served: at least a weight of 12 is left \
            over.
            """
        let proved = summary(objective(12, 0), objective(12, 0))
        #expect(proved.last == best)
    }

    @Test
    func `a promise that cannot be kept ends with 1 and is named`() async throws {
        let early = small.replacingOccurrences(of: "TIMING", with: #""promised":{"start":1000}"#)
        try await withFile(early) { file in
            let answer = try await tool.run(["plan", file, "--steps", "100"])
            #expect(answer.status == 1)
            #expect(
                answer.out.contains("promise not kept, no start in its window fits the hours: v1"))
        }
    }

    @Test
    func `a patient in a chair without cover ends with 1 and is named`() async throws {
        let left = small.replacingOccurrences(
            of: "TIMING", with: #""started":{"start":490,"chair":"c1"}"#
        ).replacingOccurrences(
            of: #""chairs""#, with: #""cover":[{"from":480,"until":500}],"chairs""#)
        try await withFile(left) { file in
            let answer = try await tool.run(["plan", file, "--steps", "100"])
            #expect(answer.status == 1)
            let named = "under way, nobody who can treat anaphylaxis is there all that time: v1"
            #expect(answer.out.contains(named), "\(answer.out)")
        }
    }

    @Test
    func `a promise whose time has passed ends with 1 and is named`() async throws {
        let missed = small.replacingOccurrences(of: "TIMING", with: #""promised":{"start":500}"#)
            .replacingOccurrences(of: #""chairs""#, with: #""now":600,"chairs""#)
        try await withFile(missed) { file in
            let answer = try await tool.run(["plan", file, "--steps", "100"])
            #expect(answer.status == 1)
            #expect(answer.out.contains("promise not kept, its time is past: v1"), "\(answer.out)")
            let made = file.replacingOccurrences(of: "instance", with: "plan")
            try Data(#"{"bookings":[{"visit":"v1","chair":"c1","start":500}]}"#.utf8)
                .write(to: URL(filePath: made))
            let checked = try await tool.run(["plan", "check", file, made])
            #expect(checked.status == 1)
            #expect(
                checked.out.hasPrefix(
                    "v1 in c1, 08:20 to 09:20: it is 10:00 already, and the visit has not started\n"
                ), "\(checked.out)")
        }
    }

    @Test
    func `what cannot be read or asked ends as the documents say`() async throws {
        let missing = try await tool.run(["plan", "/nonexistent.json", "--json"])
        #expect(missing.status == 74)
        #expect(missing.error.hasPrefix("{"))
        try await withFile("{}") { file in
            let empty = try await tool.run(["plan", file])
            #expect(empty.status == 74)
            let never = try await tool.run(["plan", file, "--seconds", "0"])
            #expect(never.status == 64)
            let unknown = try await tool.run(["plan", file, "--baseline", "best"])
            #expect(unknown.status == 64)
        }
        let unfit = try await tool.run(["plan", "generate", "--visits", "200", "--chairs", "1"])
        #expect(unfit.status == 64)
        #expect(unfit.error.contains("/load"))
    }
}

extension String {
    /// The same text with its measured seconds as another has them: they are all that may differ.
    fileprivate func replacingSeconds(by other: String) -> String {
        let pattern = /"seconds":[0-9.]+/
        var seconds = other.matches(of: pattern).map { String(other[$0.range]) }[...]
        return replacing(pattern) { _ in seconds.popFirst() ?? "" }
    }
}
