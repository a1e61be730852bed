import Infusion

extension Moiety: StoredCode {
    static var storedName: String { "moiety" }

    var storedCode: String {
        switch self {
        case .ferricCarboxymaltose: "ferric-carboxymaltose"
        case .ferricDerisomaltose: "ferric-derisomaltose"
        case .ironSucrose: "iron-sucrose"
        case .ferumoxytol: "ferumoxytol"
        case .ironDextran: "iron-dextran"
        case .sodiumFerricGluconate: "sodium-ferric-gluconate"
        }
    }
}

extension NeedMethod: StoredCode {
    static var storedName: String { "need method" }

    var storedCode: String {
        switch self {
        case .labelCourse: "label-course"
        case .heartFailureTable: "heart-failure-table"
        case .simplifiedTable: "simplified-table"
        case .ganzoni: "ganzoni"
        case .eccoTable: "ecco-table"
        case .infedFormula: "infed-formula"
        case .unitsLost: "units-lost"
        case .infedBloodLoss: "infed-blood-loss"
        }
    }
}

extension IntravenousReason: StoredCode {
    static var storedName: String { "intravenous reason" }

    var storedCode: String {
        switch self {
        case .oralNotTolerated: "oral-not-tolerated"
        case .oralNotAbsorbed: "oral-not-absorbed"
        case .oralNotEnough: "oral-not-enough"
        case .activeBowelDisease: "active-bowel-disease"
        case .kidneyDisease: "kidney-disease"
        case .heartFailure: "heart-failure"
        case .stimulatingAgent: "stimulating-agent"
        case .surgerySoon: "surgery-soon"
        case .latePregnancy: "late-pregnancy"
        case .rapidRepletion: "rapid-repletion"
        }
    }
}

extension HoldReason: StoredCode {
    static var storedName: String { "hold reason" }

    var storedCode: String {
        switch self {
        case .infection: "infection"
        case .reactionReview: "reaction-review"
        case .hypophosphatemia: "hypophosphatemia"
        case .pregnancy: "pregnancy"
        case .awaitingLabs: "awaiting-labs"
        case .patientRequest: "patient-request"
        case .clinicianDecision: "clinician-decision"
        }
    }
}

extension CancellationReason: StoredCode {
    static var storedName: String { "cancellation reason" }

    var storedCode: String {
        switch self {
        case .patientRequest: "patient-request"
        case .clinicClosure: "clinic-closure"
        case .staffShortage: "staff-shortage"
        case .chairUnavailable: "chair-unavailable"
        case .clinicianDecision: "clinician-decision"
        case .orderCancelled: "order-cancelled"
        case .enteredInError: "entered-in-error"
        case .reaction: "reaction"
        case .noLongerNeeded: "no-longer-needed"
        }
    }
}
