import Faults
import Infusion
import InfusionWire

/// `POST /v1/patients/{id}/context`: the whole set of contexts, and facts that open or shut gates.
struct ContextBody: WireBody {
    static let members: BodyMembers = ["at": "effectiveAt", "coSigner": "", "role": ""]
    static let factsMaximum = InfusionLimits.factsPerCommand
    let contexts: Set<ClinicalContext>
    let facts: [ClinicalFact]
    let effectiveAt: Instant
    let signOff: SignOffBody

    init(from reader: inout ObjectReader) throws(FieldProblems) {
        let listed: [ClinicalContext]
        let told: [FactBody]?
        (listed, told, effectiveAt, signOff) = try allRead(
            reading(
                try reader.required(
                    "contexts",
                    .array(
                        of: .oneOf(ClinicalContext.self), count: 0...ClinicalContext.allCases.count)
                )),
            reading(
                try reader.optional(
                    "facts", .array(of: .object(FactBody.self), count: 0...Self.factsMaximum))),
            reading(try reader.required("effectiveAt", .instant)),
            reading(try SignOffBody(from: &reader)))
        contexts = Set(listed)
        facts = told?.map(\.fact) ?? []
    }
}

/// One fact, told apart by `type`.
struct FactBody: WireBody {
    enum Kind: String, CaseIterable {
        case infection, pregnancy, ironAllergy, knownIronOverload, hypophosphatemiaRisk
        case cardiovascularDisease, therapy, deceased
        case condition, symptom, bleeding, planned, cancerInfusion, happened, tested
    }
    private enum Pregnancy: String, CaseIterable {
        case notPregnant, pregnant, unknown
    }

    let fact: ClinicalFact

    init(from reader: inout ObjectReader) throws(FieldProblems) {
        switch try reader.deciding("type", .oneOf(Kind.self)) {
        case .infection: fact = .infection(active: try reader.required("active", .boolean))
        case .pregnancy: fact = .pregnancy(try Self.pregnancy(&reader))
        case .ironAllergy:
            let (moiety, serious) = try allRead(
                reading(try reader.optional("moiety", .oneOf(Moiety.self))),
                reading(try reader.required("serious", .boolean)))
            fact = .ironAllergy(IronAllergy(moiety: moiety, serious: serious))
        case .knownIronOverload: fact = .knownIronOverload(try reader.required("present", .boolean))
        case .hypophosphatemiaRisk:
            fact = .hypophosphatemiaRisk(present: try reader.required("present", .boolean))
        case .cardiovascularDisease:
            fact = .cardiovascularDisease(try reader.required("present", .boolean))
        case .therapy:
            let (therapy, active) = try allRead(
                reading(try reader.required("therapy", .oneOf(Therapy.self))),
                reading(try reader.required("active", .boolean)))
            fact = .therapy(therapy, active: active)
        case .deceased: fact = .deceased(try reader.required("deceased", .boolean))
        case .condition:
            let (condition, present) = try allRead(
                reading(try reader.required("condition", .oneOf(ClinicalCondition.self))),
                reading(try reader.required("present", .boolean)))
            fact = .condition(condition, present: present)
        case .symptom:
            let (symptom, present) = try allRead(
                reading(try reader.required("symptom", .oneOf(Symptom.self))),
                reading(try reader.required("present", .boolean)))
            fact = .symptom(symptom, present: present)
        case .bleeding:
            let (source, active) = try allRead(
                reading(try reader.required("source", .oneOf(BleedingSource.self))),
                reading(try reader.required("active", .boolean)))
            fact = .bleeding(source, active: active)
        case .planned:
            let (event, date) = try allRead(
                reading(try reader.required("event", .oneOf(PlannedEvent.self))),
                reading(try reader.optional("on", .date)))
            fact = .planned(event, on: date)
        case .cancerInfusion:
            let (start, end, cardiotoxic) = try allRead(
                reading(try reader.required("start", .instant)),
                reading(try reader.required("end", .instant)),
                reading(try reader.required("cardiotoxic", .boolean)))
            fact = .cancerInfusion(
                CancerInfusion(start: start, end: end, cardiotoxic: cardiotoxic))
        case .happened:
            let (event, date) = try allRead(
                reading(try reader.required("event", .oneOf(PastEvent.self))),
                reading(try reader.optional("on", .date)))
            fact = .happened(event, on: date)
        case .tested:
            let (test, date) = try allRead(
                reading(try reader.required("test", .oneOf(NamedTest.self))),
                reading(try reader.optional("on", .date)))
            fact = .tested(test, on: date)
        }
    }

    private static func pregnancy(
        _ reader: inout ObjectReader
    ) throws(FieldProblems) -> PregnancyStatus {
        switch try reader.deciding("status", .oneOf(Pregnancy.self)) {
        case .notPregnant: return .notPregnant
        case .unknown: return .unknown
        case .pregnant:
            return .pregnant(estimatedDueDate: try reader.optional("estimatedDueDate", .date))
        }
    }
}
