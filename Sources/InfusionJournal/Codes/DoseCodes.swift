import Infusion

extension StopReason: StoredCode {
    static var storedName: String { "stop reason" }

    var storedCode: String {
        switch self {
        case .reaction: "reaction"
        case .extravasation: "extravasation"
        case .accessLost: "access-lost"
        case .patientRequest: "patient-request"
        case .equipment: "equipment"
        case .clinicianDecision: "clinician-decision"
        }
    }
}

extension GradeScale: StoredCode {
    static var storedName: String { "grade scale" }

    var storedCode: String {
        switch self {
        case .ctcae4: "ctcae-4"
        case .ctcae5: "ctcae-5"
        }
    }
}

extension ReactionAction: StoredCode {
    static var storedName: String { "reaction action" }

    var storedCode: String {
        switch self {
        case .watched: "watched"
        case .slowed: "slowed"
        case .paused: "paused"
        case .stopped: "stopped"
        case .movedToAnotherSite: "moved-to-another-site"
        case .treated: "treated"
        case .emergencyCall: "emergency-call"
        }
    }
}

extension ReactionOutcome: StoredCode {
    static var storedName: String { "reaction outcome" }

    var storedCode: String {
        switch self {
        case .resolved: "resolved"
        case .recovering: "recovering"
        case .ongoing: "ongoing"
        case .resolvedWithSequelae: "resolved-with-sequelae"
        case .fatal: "fatal"
        case .unknown: "unknown"
        }
    }
}

extension ReactionKind: StoredCode {
    static var storedName: String { "reaction kind" }

    var storedCode: String {
        switch self {
        case .fishbane: "fishbane"
        case .carpaModerate: "carpa-moderate"
        case .urticariaPruritus: "urticaria-pruritus"
        case .hypotension: "hypotension"
        case .hypertensionTransient: "hypertension-transient"
        case .bronchospasm: "bronchospasm"
        case .angioedema: "angioedema"
        case .anaphylaxis: "anaphylaxis"
        case .syncopeVasovagal: "syncope-vasovagal"
        case .nauseaVomiting: "nausea-vomiting"
        case .headacheDizziness: "headache-dizziness"
        case .metallicTaste: "metallic-taste"
        case .injectionSite: "injection-site"
        case .extravasationStain: "extravasation-stain"
        case .delayedArthralgiaMyalgiaFever: "delayed-arthralgia-myalgia-fever"
        case .hypophosphatemia: "hypophosphatemia"
        case .kounis: "kounis"
        case .fetalBradycardia: "fetal-bradycardia"
        case .ironOverload: "iron-overload"
        case .deviceOrRateError: "device-or-rate-error"
        }
    }
}
