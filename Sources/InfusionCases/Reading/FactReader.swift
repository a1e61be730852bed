import Faults
import Infusion
import InfusionKnowledge
import YAMLReader

/// Facts that open or shut gates, by the words of a case.
enum FactReader {
    private enum Key: String, CaseIterable {
        case infection, pregnancy, ironAllergy, knownIronOverload, hypophosphatemiaRisk
        case cardiovascularDisease, therapies, deceased
        case conditions, symptoms, bleeding, planned, cancerInfusion, happened, tested
    }

    static let keys = Key.allCases.map(\.rawValue)

    /// Empty for what is no fact.
    static func read(
        _ key: String, _ value: YAMLValue, _ times: CaseTimes
    ) throws(YAMLProblems) -> [ClinicalFact] {
        guard let key = Key(rawValue: key) else { return [] }
        switch key {
        case .infection: return [.infection(active: try value.bool())]
        case .pregnancy: return [.pregnancy(try pregnancy(value))]
        case .ironAllergy: return [try allergy(value)]
        case .knownIronOverload: return [.knownIronOverload(try value.bool())]
        case .hypophosphatemiaRisk: return [.hypophosphatemiaRisk(present: try value.bool())]
        case .cardiovascularDisease: return [.cardiovascularDisease(try value.bool())]
        case .therapies:
            return try named(value) { (name: Therapy, value) throws(YAMLProblems) in
                .therapy(name, active: try value.bool())
            }
        case .deceased: return [.deceased(try value.bool())]
        case .conditions:
            return try named(value) { (name: ClinicalCondition, value) throws(YAMLProblems) in
                .condition(name, present: try value.bool())
            }
        case .symptoms:
            return try named(value) { (name: Symptom, value) throws(YAMLProblems) in
                .symptom(name, present: try value.bool())
            }
        case .bleeding:
            return try named(value) { (name: BleedingSource, value) throws(YAMLProblems) in
                .bleeding(name, active: try value.bool())
            }
        case .planned:
            return try named(value) { (name: PlannedEvent, value) throws(YAMLProblems) in
                .planned(name, on: try value.text() == "no" ? nil : try value.date())
            }
        case .cancerInfusion: return [try cancerInfusion(value, times)]
        case .happened:
            return try named(value) { (name: PastEvent, value) throws(YAMLProblems) in
                .happened(name, on: try value.text() == "no" ? nil : try value.date())
            }
        case .tested:
            return try named(value) { (name: NamedTest, value) throws(YAMLProblems) in
                .tested(name, on: try value.text() == "no" ? nil : try value.date())
            }
        }
    }

    /// One fact for each name: `{fatigue: yes, headache: no}`.
    private static func named<Name>(
        _ value: YAMLValue,
        _ make: (Name, YAMLValue) throws(YAMLProblems) -> ClinicalFact
    ) throws(YAMLProblems) -> [ClinicalFact]
    where Name: CaseIterable & RawRepresentable, Name.RawValue == String {
        try value.members { (key, member) throws(YAMLProblems) in
            guard let name = Name(rawValue: key) else {
                let accepted = Name.allCases.map(\.rawValue).joined(separator: ", ")
                throw member.problem("'\(key)' is not known; accepted: \(accepted)")
            }
            return try make(name, member)
        }
    }

    private static func cancerInfusion(
        _ value: YAMLValue, _ times: CaseTimes
    ) throws(YAMLProblems) -> ClinicalFact {
        var map = try value.mapping(accepted: "{start: 2026-03-02 09:00, end: 2026-03-02 11:00}")
        let told = try allRead(
            reading(try times.instant(try map.required("start"))),
            reading(try times.instant(try map.required("end"))),
            reading(try map.optional("cardiotoxic")?.bool() ?? false), reading(try map.finish()))
        return .cancerInfusion(
            CancerInfusion(start: told.0, end: told.1, cardiotoxic: told.2))
    }

    private static func pregnancy(_ value: YAMLValue) throws(YAMLProblems) -> PregnancyStatus {
        guard value.isMapping else {
            return try value.oneOf([
                ("no", PregnancyStatus.notPregnant), ("unknown", .unknown),
                ("yes", .pregnant(estimatedDueDate: nil)),
            ])
        }
        var map = try value.mapping(accepted: "no, unknown, yes or {due: 2026-09-01}")
        let told = try allRead(
            reading(try map.required("due").date()), reading(try map.finish()))
        return .pregnant(estimatedDueDate: told.0)
    }

    private static func allergy(_ value: YAMLValue) throws(YAMLProblems) -> ClinicalFact {
        var map = try value.mapping(accepted: "{to: ironSucrose, serious: yes}")
        let told = try allRead(
            reading(try map.optional("to")?.oneOf(Moiety.self)),
            reading(try map.required("serious").bool()), reading(try map.finish()))
        return .ironAllergy(IronAllergy(moiety: told.0, serious: told.1))
    }
}
