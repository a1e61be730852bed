import ChairPlanning
import Faults
import InfusionJournal
import InfusionWire

/// Reads the instances that docs/planning.md describes. Members that nobody knows are refused.
enum PlanFile {
    static let format = "ferrovia-plan-1"

    /// The instance in a file; otherwise a failure that names each member, its problem and what is accepted.
    static func read(_ path: String) throws -> PlanInstance {
        try read(path) { try instance($0) }
    }

    /// What `read` makes of a file.
    static func read<Value>(_ path: String, _ read: ([UInt8]) throws -> Value) throws -> Value {
        let bytes = try Files.read(path)
        do {
            return try read(bytes)
        } catch let error as JSONError {
            throw Failure(error, of: path, in: bytes)
        } catch let problems as FieldProblems {
            throw Failure(problems, of: path)
        }
    }

    /// - Throws: ``JSONError``, or ``FieldProblems`` with all that is wrong.
    static func instance(_ bytes: [UInt8]) throws -> PlanInstance {
        try Field<PlanInstance>.instance.read(try JSON(reading: bytes), "")
    }
}

extension Field where Value == PlanInstance {
    fileprivate static let instance = object { (reader) throws(FieldProblems) in
        _ = try reader.deciding("format", .format)
        let days = reading(
            try reader.required("days", .array(of: .day, count: PlanningLimits.days)))
        let told = try allRead(
            days, reading(try reader.optional("now", .planMinute)),
            reading(try reader.optional("startEvery", .startEvery)),
            reading(try reader.optional("rules", .rules)),
            reading(try reader.optional("weights", .weights)),
            reading(
                try reader.required("chairs", .array(of: .chair, count: PlanningLimits.chairs))),
            reading(
                try reader.required("nurses", .array(of: .nurse, count: PlanningLimits.nurses))),
            reading(try reader.optional("cover", .intervals)),
            reading(try reader.optional("stock", .stock)),
            reading(
                try reader.required("visits", .array(of: .visit, count: PlanningLimits.visits))))
        let hours = told.0.filter { $0.opens < $0.closes }.map { $0.opens..<$0.closes }
        do throws(PlanProblems) {
            return try PlanInstance(
                days: told.0, now: told.1, startGridMinutes: told.2 ?? 5,
                rules: told.3 ?? .standard, weights: told.4 ?? UrgencyWeights(),
                chairs: told.5.map { $0.chair(in: hours) }, nurses: told.6, cover: told.7,
                stock: told.8 ?? [:], visits: told.9)
        } catch {
            throw FieldProblems(
                error.all.map {
                    FieldProblem(pointer: $0.path, problem: $0.problem, accepted: $0.accepted)
                })
        }
    }
}

extension Field where Value == String {
    fileprivate static let format = planned(text: "\"\(PlanFile.format)\"") {
        $0 == PlanFile.format ? $0 : nil
    }
}

extension Field where Value == Int {
    fileprivate static let startEvery: Field = {
        let minutes = PlanningLimits.startGridMinutes
        return planned(minutes.map(String.init).joined(separator: ", ")) {
            guard case .number(let text) = $0, let number = Int(text) else { return nil }
            return minutes.contains(number) ? number : nil
        }
    }()
}

extension Field where Value == DayHours {
    fileprivate static let day = object { (reader) throws(FieldProblems) in
        let (opens, overtimeFrom, closes) = try allRead(
            reading(try reader.required("opens", .planMinute)),
            reading(try reader.optional("overtimeFrom", .planMinute)),
            reading(try reader.required("closes", .planMinute)))
        return DayHours(opens: opens, overtimeFrom: overtimeFrom ?? closes, closes: closes)
    }
}

extension Field where Value == StaffingRules {
    fileprivate static let rules = object { (reader) throws(FieldProblems) in
        let standard = StaffingRules.standard
        let (starts, patients, buffer) = try allRead(
            reading(
                try reader.optional("startsPerNurse", .planned(PlanningLimits.startsPerNurse))),
            reading(
                try reader.optional("patientsPerNurse", .planned(PlanningLimits.patientsPerNurse))),
            reading(try reader.optional("bufferMinutes", .planned(PlanningLimits.bufferMinutes))))
        return StaffingRules(
            startsPerNurse: starts ?? standard.startsPerNurse,
            patientsPerNurse: patients ?? standard.patientsPerNurse,
            bufferMinutes: buffer ?? standard.bufferMinutes)
    }
}

extension Field where Value == UrgencyWeights {
    fileprivate static let weights = object { (reader) throws(FieldProblems) in
        let named = try VisitUrgency.allCases.allRead { (urgency) throws(FieldProblems) in
            (urgency, try reader.optional(urgency.rawValue, .planned(PlanningLimits.weight)))
        }
        var weights: [VisitUrgency: Int] = [:]
        for (urgency, weight) in named { weights[urgency] = weight }
        return UrgencyWeights(weights)
    }
}

/// A chair whose hours are the days' where the file says none.
private struct ReadChair {
    let id: String
    let tags: Set<String>
    let available: [Range<Int>]?

    func chair(in hours: [Range<Int>]) -> Chair {
        Chair(id: id, tags: tags, available: available ?? hours)
    }
}

extension Field where Value == ReadChair {
    fileprivate static let chair = object { (reader) throws(FieldProblems) in
        let (id, tags, available) = try allRead(
            reading(try reader.required("id", .planName)),
            reading(try reader.optional("tags", .tags)),
            reading(try reader.optional("available", .intervals)))
        return ReadChair(id: id, tags: tags ?? [], available: available)
    }
}

extension Field where Value == NurseOnShift {
    fileprivate static let nurse = object { (reader) throws(FieldProblems) in
        let (id, shifts) = try allRead(
            reading(try reader.required("id", .planName)),
            reading(try reader.required("shifts", .intervals)))
        return NurseOnShift(id: id, shifts: shifts)
    }
}

extension Field where Value == Set<String> {
    static let tags: Field = {
        let names = Field<[String]>.array(of: .planName, count: PlanningLimits.tags)
        return Field(names.accepted) { (value, pointer) throws(FieldProblems) in
            Set(try names.read(value, pointer))
        }
    }()
}

extension Field where Value == Range<Int> {
    fileprivate static let interval = object { (reader) throws(FieldProblems) in
        let (from, until) = try allRead(
            reading(try reader.required("from", .planMinute)),
            reading(try reader.required("until", .planMinute)))
        guard from < until else {
            throw FieldProblems(
                reader.pointer, "is \(from) to \(until)", accepted: "from before until")
        }
        return from..<until
    }
}

extension Field where Value == [Range<Int>] {
    fileprivate static let intervals = array(of: .interval, count: PlanningLimits.intervals)
}

extension Field where Value == [String: Int] {
    fileprivate static let stock = Field("units by product") {
        (value, pointer) throws(FieldProblems) in
        guard case .object(let members) = value else {
            throw FieldProblems(pointer, "is \(value.kind)", accepted: "units by product")
        }
        let units = Field<Int>.planned(PlanningLimits.stockUnits)
        let read = try members.allRead { (member) throws(FieldProblems) in
            (
                member.name,
                try units.read(member.value, JSONPointer.member(pointer, member.name))
            )
        }
        return Dictionary(uniqueKeysWithValues: read)
    }
}
