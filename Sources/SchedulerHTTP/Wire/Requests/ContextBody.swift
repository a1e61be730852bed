import Infusion

/// `POST /v1/patients/{id}/context`: the whole set of contexts, and facts that open or shut gates.
struct ContextBody: WireBody {
    static let members: BodyMembers = ["at": "effectiveAt"]
    static let factsMaximum = InfusionLimits.factsPerCommand
    let contexts: Set<ClinicalContext>
    let facts: [ClinicalFact]
    let effectiveAt: Instant

    init(from reader: inout ObjectReader) throws(FieldProblems) {
        let listed = try reader.required(
            "contexts",
            .array(of: .oneOf(ClinicalContext.self), count: 0...ClinicalContext.allCases.count))
        contexts = Set(listed)
        facts =
            try reader.optional(
                "facts", .array(of: .object(FactBody.self), count: 0...Self.factsMaximum))?
            .map(\.fact) ?? []
        effectiveAt = try reader.required("effectiveAt", .instant)
    }
}

/// One fact, told apart by `type`.
struct FactBody: WireBody {
    enum Kind: String, CaseIterable {
        case infection, pregnancy, ironAllergy, knownIronOverload, hypophosphatemiaRisk
        case cardiovascularDisease, therapy, deceased
        case condition, symptom, bleeding, planned, cancerInfusion, happened
    }
    private enum Pregnancy: String, CaseIterable {
        case notPregnant, pregnant, unknown
    }

    let fact: ClinicalFact

    init(from reader: inout ObjectReader) throws(FieldProblems) {
        switch try reader.required("type", .oneOf(Kind.self)) {
        case .infection: fact = .infection(active: try reader.required("active", .boolean))
        case .pregnancy: fact = .pregnancy(try Self.pregnancy(&reader))
        case .ironAllergy:
            fact = .ironAllergy(
                IronAllergy(
                    moiety: try reader.optional("moiety", .oneOf(Moiety.self)),
                    serious: try reader.required("serious", .boolean)))
        case .knownIronOverload: fact = .knownIronOverload(try reader.required("present", .boolean))
        case .hypophosphatemiaRisk:
            fact = .hypophosphatemiaRisk(present: try reader.required("present", .boolean))
        case .cardiovascularDisease:
            fact = .cardiovascularDisease(try reader.required("present", .boolean))
        case .therapy:
            let therapy = try reader.required("therapy", .oneOf(Therapy.self))
            fact = .therapy(therapy, active: try reader.required("active", .boolean))
        case .deceased: fact = .deceased(try reader.required("deceased", .boolean))
        case .condition:
            let condition = try reader.required("condition", .oneOf(ClinicalCondition.self))
            fact = .condition(condition, present: try reader.required("present", .boolean))
        case .symptom:
            let symptom = try reader.required("symptom", .oneOf(Symptom.self))
            fact = .symptom(symptom, present: try reader.required("present", .boolean))
        case .bleeding:
            let source = try reader.required("source", .oneOf(BleedingSource.self))
            fact = .bleeding(source, active: try reader.required("active", .boolean))
        case .planned:
            let event = try reader.required("event", .oneOf(PlannedEvent.self))
            fact = .planned(event, on: try reader.optional("on", .date))
        case .cancerInfusion:
            fact = .cancerInfusion(
                CancerInfusion(
                    start: try reader.required("start", .instant),
                    end: try reader.required("end", .instant),
                    cardiotoxic: try reader.required("cardiotoxic", .boolean)))
        case .happened:
            let event = try reader.required("event", .oneOf(PastEvent.self))
            fact = .happened(event, on: try reader.optional("on", .date))
        }
    }

    private static func pregnancy(
        _ reader: inout ObjectReader
    ) throws(FieldProblems) -> PregnancyStatus {
        switch try reader.required("status", .oneOf(Pregnancy.self)) {
        case .notPregnant: return .notPregnant
        case .unknown: return .unknown
        case .pregnant:
            return .pregnant(estimatedDueDate: try reader.optional("estimatedDueDate", .date))
        }
    }
}
