import Infusion

extension RecheckRule: StoredCode {
    static var storedName: String { "recheck rule" }

    var storedCode: String {
        switch self {
        case .hemoglobinTrend: "R2"
        case .hemoglobinResponse: "R3"
        case .ironStores: "R4"
        case .phosphate: "R5"
        case .oncologyBloodCount: "R11"
        }
    }
}

extension Urgency: StoredCode {
    static var storedName: String { "urgency" }

    var storedCode: String {
        switch self {
        case .routine: "routine"
        case .soon: "soon"
        case .urgent: "urgent"
        case .emergency: "emergency"
        }
    }
}

extension RecheckCloseReason: StoredCode {
    static var storedName: String { "recheck close reason" }

    var storedCode: String {
        switch self {
        case .resultSeenElsewhere: "result-seen-elsewhere"
        case .patientDeclined: "patient-declined"
        case .patientMoved: "patient-moved"
        case .patientDied: "patient-died"
        case .clinicianDecision: "clinician-decision"
        case .enteredInError: "entered-in-error"
        }
    }
}
