import ChairPlanning
import InfusionJournal

/// Reads the instances that docs/planning.md describes. Members that nobody knows are refused.
enum PlanFile {
    static let format = "ferrovia-plan-1"

    /// The instance in a file; otherwise a failure that names each member, its problem and what is accepted.
    static func read(_ path: String) throws -> PlanInstance {
        let bytes = try Files.read(path)
        do {
            return try instance(bytes)
        } catch let error as JSONError {
            throw Failure(error, of: path)
        } catch let problems as PlanProblems {
            throw Failure(problems, of: path)
        }
    }

    static func instance(_ bytes: [UInt8]) throws -> PlanInstance {
        var root = try JSONReader().read(bytes).object()
        let named = try root.member("format")
        guard try named.string() == format else {
            throw PlanProblems([
                PlanProblem("/format", "is another format", accepted: "\"\(format)\"")
            ])
        }
        let days = try root.member("days").array().map(day)
        let grid = try root.memberIfPresent("startEvery").map { try whole($0) } ?? 5
        let rules = try root.memberIfPresent("rules").map(rules) ?? .standard
        let weights = try root.memberIfPresent("weights").map(weights) ?? UrgencyWeights()
        let hours = days.filter { $0.opens < $0.closes }.map { $0.opens..<$0.closes }
        let chairs = try root.member("chairs").array().map { try chair($0, hours) }
        let nurses = try root.member("nurses").array().map(nurse)
        let cover = try root.memberIfPresent("cover").map(intervals)
        let stock = try root.memberIfPresent("stock").map(stock) ?? [:]
        let visits = try root.member("visits").array().map(visit)
        try root.finish()
        return try PlanInstance(
            days: days, startGridMinutes: grid, rules: rules, weights: weights, chairs: chairs,
            nurses: nurses, cover: cover, stock: stock, visits: visits)
    }

    // MARK: - Members

    /// Far within what can be added up; the instance says what is accepted.
    private static func whole(_ value: JSONValue) throws -> Int {
        let number = try value.integer()
        guard (-1_000_000...1_000_000).contains(number) else {
            throw value.error(.invalid(expected: "a whole number of minutes or pieces"))
        }
        return Int(number)
    }

    private static func day(_ value: JSONValue) throws -> DayHours {
        var object = try value.object()
        let opens = try whole(object.member("opens"))
        let overtimeFrom = try object.memberIfPresent("overtimeFrom").map(whole)
        let closes = try whole(object.member("closes"))
        try object.finish()
        return DayHours(opens: opens, overtimeFrom: overtimeFrom ?? closes, closes: closes)
    }

    private static func rules(_ value: JSONValue) throws -> StaffingRules {
        var object = try value.object()
        let standard = StaffingRules.standard
        let starts = try object.memberIfPresent("startsPerNurse").map(whole)
        let patients = try object.memberIfPresent("patientsPerNurse").map(whole)
        let buffer = try object.memberIfPresent("bufferMinutes").map(whole)
        try object.finish()
        return StaffingRules(
            startsPerNurse: starts ?? standard.startsPerNurse,
            patientsPerNurse: patients ?? standard.patientsPerNurse,
            bufferMinutes: buffer ?? standard.bufferMinutes)
    }

    private static func weights(_ value: JSONValue) throws -> UrgencyWeights {
        var weights: [VisitUrgency: Int] = [:]
        for (name, weight) in try value.object().members() {
            guard let urgency = VisitUrgency(rawValue: name) else { throw noUrgency("/weights") }
            weights[urgency] = try whole(weight)
        }
        return UrgencyWeights(weights)
    }

    private static func noUrgency(_ path: String) -> PlanProblems {
        PlanProblems([
            PlanProblem(
                path, "is no urgency",
                accepted: VisitUrgency.allCases.map(\.rawValue).joined(separator: ", "))
        ])
    }

    private static func chair(_ value: JSONValue, _ hours: [Range<Int>]) throws -> Chair {
        var object = try value.object()
        let id = try object.member("id").string()
        let tags = try object.memberIfPresent("tags").map(strings) ?? []
        let available = try object.memberIfPresent("available").map(intervals)
        try object.finish()
        return Chair(id: id, tags: Set(tags), available: available ?? hours)
    }

    private static func nurse(_ value: JSONValue) throws -> NurseOnShift {
        var object = try value.object()
        let id = try object.member("id").string()
        let shifts = try intervals(object.member("shifts"))
        try object.finish()
        return NurseOnShift(id: id, shifts: shifts)
    }

    private static func strings(_ value: JSONValue) throws -> [String] {
        try value.array().map { try $0.string() }
    }

    private static func intervals(_ value: JSONValue) throws -> [Range<Int>] {
        try value.array().map { element in
            var object = try element.object()
            let from = try whole(object.member("from"))
            let until = try whole(object.member("until"))
            try object.finish()
            guard from < until else {
                throw PlanProblems([
                    PlanProblem(element.path, "is empty", accepted: "from before until")
                ])
            }
            return from..<until
        }
    }

    private static func stock(_ value: JSONValue) throws -> [String: Int] {
        var stock: [String: Int] = [:]
        for (product, units) in try value.object().members() { stock[product] = try whole(units) }
        return stock
    }

    // MARK: - Visits

    private static func visit(_ value: JSONValue) throws -> PlannedVisit {
        var object = try value.object()
        let id = try object.member("id").string()
        let patient = try object.member("patient").string()
        let urgency = try object.member("urgency")
        guard let urgency = VisitUrgency(rawValue: try urgency.string()) else {
            throw noUrgency(urgency.path)
        }
        let phases = try object.member("phases").array().map(phase)
        let turnover = try whole(object.member("turnover"))
        let needs = try object.memberIfPresent("needs").map(strings) ?? []
        let uses = try object.memberIfPresent("uses").map(uses)
        let timing = try timing(&object, value.path)
        try object.finish()
        return PlannedVisit(
            id: id, patient: patient, urgency: urgency, phases: phases, turnoverMinutes: turnover,
            needs: Set(needs), timing: timing, uses: uses)
    }

    private static func phase(_ value: JSONValue) throws -> VisitPhase {
        var object = try value.object()
        let minutes = try whole(object.member("minutes"))
        let nurse = try object.memberIfPresent("nurse").map { try $0.bool() } ?? false
        try object.finish()
        return VisitPhase(minutes: minutes, needsNurse: nurse)
    }

    private static func uses(_ value: JSONValue) throws -> ProductUse {
        var object = try value.object()
        let product = try object.member("product").string()
        let units = try whole(object.member("units"))
        try object.finish()
        return ProductUse(product: product, units: units)
    }

    private static func timing(_ visit: inout JSONObject, _ path: String) throws -> VisitTiming {
        var timings: [VisitTiming] = []
        if let window = visit.memberIfPresent("window") {
            var object = try window.object()
            let earliest = try whole(object.member("earliest"))
            let ready = try object.memberIfPresent("ready").map(whole)
            let latest = try whole(object.member("latest"))
            try object.finish()
            timings.append(
                .requested(earliest: earliest, ready: ready ?? earliest, latest: latest))
        }
        if let promised = visit.memberIfPresent("promised") {
            var object = try promised.object()
            let start = try whole(object.member("start"))
            let earlier = try object.memberIfPresent("earlier").map(whole)
            let later = try object.memberIfPresent("later").map(whole)
            try object.finish()
            timings.append(.promised(start: start, earlier: earlier ?? 0, later: later ?? 0))
        }
        if let started = visit.memberIfPresent("started") {
            var object = try started.object()
            let start = try whole(object.member("start"))
            let chair = try object.member("chair").string()
            try object.finish()
            timings.append(.started(start: start, chair: chair))
        }
        guard let timing = timings.first, timings.count == 1 else {
            throw PlanProblems([
                PlanProblem(
                    path, "has \(timings.count) timings",
                    accepted: "one of window, promised, started")
            ])
        }
        return timing
    }
}
