import Infusion

extension Gate: StoredCode {
    static var storedName: String { "gate" }

    var storedCode: String {
        switch self {
        case .order: "G-ORDER"
        case .diagnosis: "G-DX"
        case .overload: "G-OVERLOAD"
        case .infection: "G-INFECT"
        case .anaphylaxisSameProduct: "G-ANAPH-SAME"
        case .anaphylaxisAnyIron: "G-ANAPH-ANY"
        case .firstTrimester: "G-TRIM1"
        case .phosphate: "G-PO4"
        case .cumulativeDose: "G-CUM"
        case .interval: "G-INTERVAL"
        case .weightAndAge: "G-WTAGE"
        case .notIronDeficiency: "G-NOTID"
        case .sequestration: "G-SEQ"
        case .minorReaction: "G-MINOR-RX"
        case .atopy: "G-ATOPY"
        case .phosphateSymptoms: "G-PO4-SYMPT"
        case .heartFailureHemoglobin: "G-HF15"
        case .magneticResonance: "G-MRI"
        case .chemotherapySpacing: "G-CHEMO-FMX"
        case .cardiotoxicChemotherapy: "G-CHEMO-CARDIO"
        case .aceInhibitor: "G-ACEI"
        case .liver: "G-LIVER"
        case .oralIron: "G-ORAL"
        case .erythropoiesisStimulation: "G-ESA"
        case .metastaticBreastCancer: "G-MBC"
        case .transfusion: "G-TX"
        case .transfusionSameDay: "G-TX-SAMEDAY"
        case .vitals: "G-VITALS"
        case .staff: "G-STAFF"
        case .consent: "G-CONSENT"
        case .heartFailureInformation: "G-HFINFO"
        case .immunocompromised: "G-IMMUNO"
        case .laterPregnancy: "G-TRIM23"
        }
    }
}

extension Severity: StoredCode {
    static var storedName: String { "severity" }

    var storedCode: String {
        switch self {
        case .absolute: "absolute"
        case .hard: "hard"
        case .soft: "soft"
        case .information: "information"
        }
    }
}

extension Verdict: StoredCode {
    static var storedName: String { "verdict" }

    var storedCode: String {
        switch self {
        case .passed: "passed"
        case .blocked: "blocked"
        case .indeterminate: "indeterminate"
        case .overridden: "overridden"
        }
    }
}

extension OverrideReason: StoredCode {
    static var storedName: String { "override reason" }

    var storedCode: String {
        switch self {
        case .benefitOutweighsRisk: "benefit-outweighs-risk"
        case .specialistAdvice: "specialist-advice"
        case .resultKnownElsewhere: "result-known-elsewhere"
        case .noAlternative: "no-alternative"
        case .patientPreference: "patient-preference"
        }
    }
}

extension StandingBlock: StoredCode {
    static var storedName: String { "standing block" }

    var storedCode: String {
        switch self {
        case .seriousReaction: "serious-reaction"
        case .reactionReview: "reaction-review"
        case .knownIronOverload: "known-iron-overload"
        }
    }
}

extension SignOffReason: StoredCode {
    static var storedName: String { "sign-off reason" }

    var storedCode: String {
        switch self {
        case .clinicianReview: "clinician-review"
        case .specialistAdvice: "specialist-advice"
        case .resultKnownElsewhere: "result-known-elsewhere"
        case .enteredInError: "entered-in-error"
        }
    }
}

extension PatientRisk: StoredCode {
    static var storedName: String { "patient risk" }

    var storedCode: String {
        switch self {
        case .low: "low"
        case .moderate: "moderate"
        case .high: "high"
        }
    }
}

extension ClinicalRole: StoredCode {
    static var storedName: String { "clinical role" }

    var storedCode: String {
        switch self {
        case .prescriber: "prescriber"
        case .nurse: "nurse"
        case .pharmacist: "pharmacist"
        case .administrator: "administrator"
        case .system: "system"
        }
    }
}
