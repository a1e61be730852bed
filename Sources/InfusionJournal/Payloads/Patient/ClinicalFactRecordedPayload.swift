import Infusion

/// `clinical-fact-recorded` v1: `kind` says which fact, the other members are that kind's own.
enum ClinicalFactRecordedPayload: EventPayload {
    private enum Kind: StoredCode {
        case infection, pregnancy, ironAllergy, knownIronOverload, hypophosphatemiaRisk
        case cardiovascularDisease, therapy, deceased
        case condition, symptom, bleeding, planned, cancerInfusion, happened, tested

        static var storedName: String { "clinical fact" }

        var storedCode: String {
            switch self {
            case .infection: "infection"
            case .pregnancy: "pregnancy"
            case .ironAllergy: "iron-allergy"
            case .knownIronOverload: "known-iron-overload"
            case .hypophosphatemiaRisk: "hypophosphatemia-risk"
            case .cardiovascularDisease: "cardiovascular-disease"
            case .therapy: "therapy"
            case .deceased: "deceased"
            case .condition: "condition"
            case .symptom: "symptom"
            case .bleeding: "bleeding"
            case .planned: "planned"
            case .cancerInfusion: "cancer-infusion"
            case .happened: "happened"
            case .tested: "tested"
            }
        }
    }

    static func write(
        _ fact: ClinicalFact, to json: inout JSONWriter, _ seals: SealedFields
    ) throws(PayloadError) {
        switch fact {
        case .infection(let active):
            try json.write("kind", Kind.infection)
            try json.write("active", active)
        case .pregnancy(let status):
            try json.write("kind", Kind.pregnancy)
            try status.write(to: &json)
        case .ironAllergy(let allergy):
            try json.write("kind", Kind.ironAllergy)
            try json.writeOptional("moiety", allergy.moiety)
            try json.write("serious", allergy.serious)
        case .knownIronOverload(let present):
            try json.write("kind", Kind.knownIronOverload)
            try json.write("present", present)
        case .hypophosphatemiaRisk(let present):
            try json.write("kind", Kind.hypophosphatemiaRisk)
            try json.write("present", present)
        case .cardiovascularDisease(let present):
            try json.write("kind", Kind.cardiovascularDisease)
            try json.write("present", present)
        case .therapy(let therapy, let active):
            try json.write("kind", Kind.therapy)
            try json.write("therapy", therapy)
            try json.write("active", active)
        case .deceased(let deceased):
            try json.write("kind", Kind.deceased)
            try json.write("deceased", deceased)
        case .condition(let condition, let present):
            try json.write("kind", Kind.condition)
            try json.write("condition", condition)
            try json.write("present", present)
        case .symptom(let symptom, let present):
            try json.write("kind", Kind.symptom)
            try json.write("symptom", symptom)
            try json.write("present", present)
        case .bleeding(let source, let active):
            try json.write("kind", Kind.bleeding)
            try json.write("source", source)
            try json.write("active", active)
        case .planned(let event, let date):
            try json.write("kind", Kind.planned)
            try json.write("event", event)
            try json.writeOptional("on", date)
        case .cancerInfusion(let infusion):
            try json.write("kind", Kind.cancerInfusion)
            try json.write("start", infusion.start)
            try json.write("end", infusion.end)
            try json.write("cardiotoxic", infusion.cardiotoxic)
        case .happened(let event, let date):
            try json.write("kind", Kind.happened)
            try json.write("event", event)
            try json.writeOptional("on", date)
        case .tested(let test, let date):
            try json.write("kind", Kind.tested)
            try json.write("test", test)
            try json.writeOptional("on", date)
        }
    }

    static func read(
        _ object: inout JSONObject, _ seals: SealedFields
    ) throws(PayloadError) -> ClinicalFact {
        let kind: Kind = try object.read("kind")
        switch kind {
        case .infection: return .infection(active: try object.read("active"))
        case .pregnancy: return .pregnancy(try PregnancyStatus(reading: &object))
        case .ironAllergy:
            return .ironAllergy(
                IronAllergy(
                    moiety: try object.readOptional("moiety"), serious: try object.read("serious")))
        case .knownIronOverload: return .knownIronOverload(try object.read("present"))
        case .hypophosphatemiaRisk:
            return .hypophosphatemiaRisk(present: try object.read("present"))
        case .cardiovascularDisease: return .cardiovascularDisease(try object.read("present"))
        case .therapy:
            return .therapy(try object.read("therapy"), active: try object.read("active"))
        case .deceased: return .deceased(try object.read("deceased"))
        case .condition:
            return .condition(
                try object.read("condition"), present: try object.read("present"))
        case .symptom:
            return .symptom(try object.read("symptom"), present: try object.read("present"))
        case .bleeding:
            return .bleeding(try object.read("source"), active: try object.read("active"))
        case .planned:
            return .planned(try object.read("event"), on: try object.readOptional("on"))
        case .cancerInfusion:
            return .cancerInfusion(
                CancerInfusion(
                    start: try object.read("start"), end: try object.read("end"),
                    cardiotoxic: try object.read("cardiotoxic")))
        case .happened:
            return .happened(try object.read("event"), on: try object.readOptional("on"))
        case .tested:
            return .tested(try object.read("test"), on: try object.readOptional("on"))
        }
    }
}
