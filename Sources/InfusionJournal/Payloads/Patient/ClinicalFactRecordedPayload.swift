import Infusion

/// `clinical-fact-recorded` v1: `kind` says which fact, the other members are that kind's own.
enum ClinicalFactRecordedPayload: EventPayload {
    private enum Kind: StoredCode {
        case infection, pregnancy, ironAllergy, knownIronOverload, hypophosphatemiaRisk
        case cardiovascularDisease, therapy, deceased

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
        }
    }
}
