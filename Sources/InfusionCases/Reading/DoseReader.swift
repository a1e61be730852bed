import Faults
import Foundation
import Infusion
import YAMLReader

/// Doses and what patients make of them.
enum DoseReader {
    /// `750 mg` of the last order, or `{planned: 750 mg, order: …}`.
    static func start(_ value: YAMLValue) throws(YAMLProblems) -> CaseDose {
        guard value.isMapping else { return dose(planned: try value.milligrams()) }
        var map = try value.mapping(accepted: "a dose, 750 mg or {planned: 750 mg}")
        let dose = reading(try dose(&map))
        return try allRead(dose, reading(try map.finish())).0
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
        let dose = reading(try dose(&map))
        let minutes = reading(
            Int64(try map.optional("minutes")?.integer(1...10_000) ?? Int(usualMinutes)))
        let end = reading(try end(&map, after: (try? minutes.get()) ?? usualMinutes))
        let told = try allRead(dose, minutes, end, reading(try map.finish()))
        return (told.0, told.2)
    }

    /// The end of the dose that runs: the milligrams given, or `{given: …, stopped: …}`.
    static func end(_ value: YAMLValue) throws(YAMLProblems) -> CaseDoseEnd {
        guard value.isMapping else {
            return CaseDoseEnd(given: try value.milligrams(), minutes: 0, stopped: nil)
        }
        var map = try value.mapping()
        let end = reading(try end(&map, after: 0))
        return try allRead(end, reading(try map.finish())).0
    }

    /// The rate at which the paused dose goes on, `50 %`, or `{rate: 50 %, resolved: no, by: nurse}`.
    static func resumption(_ value: YAMLValue) throws(YAMLProblems) -> CaseResumption {
        guard value.isMapping else {
            return CaseResumption(
                ratePercent: try percent(value), isResolved: true, role: .prescriber)
        }
        var map = try value.mapping(accepted: "a rate, 50 % or {rate: 50 %, resolved: no}")
        let told = try allRead(
            reading(try percent(try map.required("rate"))),
            reading(try map.optional("resolved")?.bool() ?? true),
            reading(try map.optional("by")?.oneOf(ClinicalRole.self) ?? .prescriber),
            reading(try map.finish()))
        return CaseResumption(ratePercent: told.0, isResolved: told.1, role: told.2)
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
        let told = try allRead(
            reading(try map.optional("order")?.text()),
            reading(try map.optional("visit")?.text()),
            reading(try map.required("planned").milligrams()))
        return CaseDose(order: told.0, visit: told.1, planned: told.2)
    }

    private static func end(
        _ map: inout YAMLMapping, after minutes: Int64
    ) throws(YAMLProblems) -> CaseDoseEnd {
        let told = try allRead(
            reading(try map.optional("given")?.milligrams()),
            reading(try map.optional("stopped")?.oneOf(StopReason.self)))
        return CaseDoseEnd(given: told.0, minutes: minutes, stopped: told.1)
    }

    static func reaction(_ value: YAMLValue) throws(YAMLProblems) -> CaseAction {
        guard value.isMapping else {
            return .reaction(
                name: "reaction", try value.oneOf(ReactionKind.self), .ungraded, onsetMinute: nil)
        }
        var map = try value.mapping(accepted: "a reaction, {kind: anaphylaxis, grade: 3}")
        let told = try allRead(
            reading(try map.optional("name")?.text() ?? "reaction"),
            reading(try map.required("kind").oneOf(ReactionKind.self)),
            reading(try map.optional("grade").map(grade) ?? .ungraded),
            reading(try map.optional("minute")?.integer(0...100_000)),
            reading(try map.finish()))
        return .reaction(name: told.0, told.1, told.2, onsetMinute: told.3)
    }

    static func regrade(_ value: YAMLValue) throws(YAMLProblems) -> CaseAction {
        guard value.isMapping else { return .regrade(name: nil, try grade(value)) }
        var map = try value.mapping()
        let told = try allRead(
            reading(try map.optional("name")?.text()),
            reading(try grade(try map.required("grade"))), reading(try map.finish()))
        return .regrade(name: told.0, told.1)
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
        let told = try allRead(
            reading(
                try map.optional("vitals").map { (value) throws(YAMLProblems) in
                    try vitals(value, otherwise: stable)
                }), reading(try map.optional("staffed")?.bool()),
            reading(try map.optional("consent")?.bool()), reading(try map.finish()))
        return ChairsideCheck(vitals: told.0, isStaffed: told.1, hasConsent: told.2)
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
        let told = try allRead(
            reading(try number("systolic", stable.systolic, &map)),
            reading(try number("diastolic", stable.diastolic, &map)),
            reading(try number("heartRate", stable.heartRate, &map)),
            reading(try number("respiratoryRate", stable.respiratoryRate, &map)),
            reading(try number("oxygenSaturation", stable.oxygenSaturation, &map)),
            reading(try map.optional("temperature")?.amount("Cel") ?? stable.temperature),
            reading(try map.finish()))
        return VitalSigns(
            systolic: told.0, diastolic: told.1, heartRate: told.2, respiratoryRate: told.3,
            oxygenSaturation: told.4, temperature: told.5)
    }
}
