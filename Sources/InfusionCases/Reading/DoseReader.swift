import Foundation
import Infusion
import YAMLReader

/// Doses and what patients make of them.
enum DoseReader {
    /// `750 mg` of the last order, or `{planned: 750 mg, order: …}`.
    static func start(_ value: YAMLValue) throws(YAMLProblems) -> CaseDose {
        guard value.isMapping else { return dose(planned: try value.milligrams()) }
        var map = try value.mapping(accepted: "a dose, 750 mg or {planned: 750 mg}")
        let dose = try dose(&map)
        try map.finish()
        return dose
    }

    /// From the start to the end; `{planned: 750 mg, given: 200 mg, stopped: reaction}`.
    static func whole(_ value: YAMLValue) throws(YAMLProblems) -> (CaseDose, CaseDoseEnd) {
        guard value.isMapping else {
            return (
                dose(planned: try value.milligrams()),
                CaseDoseEnd(given: nil, minutes: usualMinutes, stopped: nil)
            )
        }
        var map = try value.mapping(accepted: "a dose, 750 mg or {planned: 750 mg}")
        let dose = try dose(&map)
        let minutes = Int64(
            try map.optional("minutes")?.integer(1...10_000) ?? Int(usualMinutes))
        let end = try end(&map, after: minutes)
        try map.finish()
        return (dose, end)
    }

    /// The end of the dose that runs: the milligrams given, or `{given: …, stopped: …}`.
    static func end(_ value: YAMLValue) throws(YAMLProblems) -> CaseDoseEnd {
        guard value.isMapping else {
            return CaseDoseEnd(given: try value.milligrams(), minutes: 0, stopped: nil)
        }
        var map = try value.mapping()
        let end = try end(&map, after: 0)
        try map.finish()
        return end
    }

    /// The rate at which the paused dose goes on, `50 %`, or `{rate: 50 %, resolved: no, by: nurse}`.
    static func resumption(_ value: YAMLValue) throws(YAMLProblems) -> CaseResumption {
        guard value.isMapping else {
            return CaseResumption(
                ratePercent: try percent(value), isResolved: true, role: .prescriber)
        }
        var map = try value.mapping(accepted: "a rate, 50 % or {rate: 50 %, resolved: no}")
        let resumption = CaseResumption(
            ratePercent: try percent(try map.required("rate")),
            isResolved: try map.optional("resolved")?.bool() ?? true,
            role: try map.optional("by")?.oneOf(ClinicalRole.self) ?? .prescriber)
        try map.finish()
        return resumption
    }

    private static func percent(_ value: YAMLValue) throws(YAMLProblems) -> Int {
        let percent = try value.amount("%")
        let whole = NSDecimalNumber(decimal: percent).intValue
        guard Decimal(whole) == percent else {
            throw value.invalid(accepted: "whole, such as 50 %")
        }
        return whole
    }

    /// How long a dose takes that does not say.
    private static let usualMinutes: Int64 = 30

    private static func dose(planned: Milligrams) -> CaseDose {
        CaseDose(order: nil, visit: nil, planned: planned)
    }

    private static func dose(_ map: inout YAMLMapping) throws(YAMLProblems) -> CaseDose {
        CaseDose(
            order: try map.optional("order")?.text(), visit: try map.optional("visit")?.text(),
            planned: try map.required("planned").milligrams())
    }

    private static func end(
        _ map: inout YAMLMapping, after minutes: Int64
    ) throws(YAMLProblems) -> CaseDoseEnd {
        CaseDoseEnd(
            given: try map.optional("given")?.milligrams(), minutes: minutes,
            stopped: try map.optional("stopped")?.oneOf(StopReason.self))
    }

    static func reaction(_ value: YAMLValue) throws(YAMLProblems) -> CaseAction {
        guard value.isMapping else {
            return .reaction(
                name: "reaction", try value.oneOf(ReactionKind.self), .ungraded, onsetMinute: nil)
        }
        var map = try value.mapping(accepted: "a reaction, {kind: anaphylaxis, grade: 3}")
        let action = CaseAction.reaction(
            name: try map.optional("name")?.text() ?? "reaction",
            try map.required("kind").oneOf(ReactionKind.self),
            try map.optional("grade").map(grade) ?? .ungraded,
            onsetMinute: try map.optional("minute")?.integer(0...100_000))
        try map.finish()
        return action
    }

    static func regrade(_ value: YAMLValue) throws(YAMLProblems) -> CaseAction {
        guard value.isMapping else { return .regrade(name: nil, try grade(value)) }
        var map = try value.mapping()
        let action = CaseAction.regrade(
            name: try map.optional("name")?.text(), try grade(try map.required("grade")))
        try map.finish()
        return action
    }

    /// CTCAE 1 to 5; another number is for the domain to refuse.
    private static func grade(_ value: YAMLValue) throws(YAMLProblems) -> ReactionGrade {
        .ctcae(try value.integer(0...100))
    }

    /// `done` for stable vital signs, staff and consent, or whichever differs.
    static func chairside(_ value: YAMLValue) throws(YAMLProblems) -> ChairsideCheck {
        let stable = VitalSigns(
            systolic: 120, diastolic: 75, heartRate: 72, respiratoryRate: 14,
            oxygenSaturation: 98, temperature: Decimal(36))
        guard value.isMapping else {
            return try value.oneOf([
                ("done", ChairsideCheck(vitals: stable, isStaffed: true, hasConsent: true))
            ])
        }
        var map = try value.mapping(
            accepted: "done, or {vitals: stable, staffed: yes, consent: yes}")
        let check = ChairsideCheck(
            vitals: try map.optional("vitals").map { (value) throws(YAMLProblems) in
                try vitals(value, otherwise: stable)
            }, isStaffed: try map.optional("staffed")?.bool(),
            hasConsent: try map.optional("consent")?.bool())
        try map.finish()
        return check
    }

    /// `stable`, or the signs that differ from stable ones.
    private static func vitals(
        _ value: YAMLValue, otherwise stable: VitalSigns
    ) throws(YAMLProblems) -> VitalSigns {
        guard value.isMapping else { return try value.oneOf([("stable", stable)]) }
        var map = try value.mapping()
        func number(
            _ name: String, _ otherwise: Int?, _ map: inout YAMLMapping
        ) throws(YAMLProblems) -> Int? {
            try map.optional(name)?.integer(0...1_000) ?? otherwise
        }
        let vitals = VitalSigns(
            systolic: try number("systolic", stable.systolic, &map),
            diastolic: try number("diastolic", stable.diastolic, &map),
            heartRate: try number("heartRate", stable.heartRate, &map),
            respiratoryRate: try number("respiratoryRate", stable.respiratoryRate, &map),
            oxygenSaturation: try number("oxygenSaturation", stable.oxygenSaturation, &map),
            temperature: try map.optional("temperature")?.amount("Cel") ?? stable.temperature)
        try map.finish()
        return vitals
    }
}
