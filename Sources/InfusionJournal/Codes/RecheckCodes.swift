import Infusion

extension RecheckRule: StoredCode {
    static var storedName: String { "recheck rule" }

    var storedCode: String {
        switch self {
        case .symptomCheck: "R1"
        case .hemoglobinTrend: "R2"
        case .hemoglobinResponse: "R3"
        case .ironStores: "R4"
        case .phosphate: "R5"
        case .phosphateSymptoms: "R5s"
        case .fullIronPanel: "R6"
        case .heartFailureWeek12: "R7w12"
        case .heartFailureWeek24: "R7w24"
        case .heartFailureWeek36: "R7w36"
        case .heartFailure: "R8"
        case .ckdIronPanel: "R9"
        case .hemodialysisBloodCount: "R10"
        case .hemodialysisIronPanel: "R10p"
        case .oncologyBloodCount: "R11"
        case .oncologyIronPanel: "R11p"
        case .bowelDiseaseSurveillance: "R12"
        case .generalSurveillance: "R13"
        case .beforeDelivery: "R14"
        case .preOperative: "R15"
        case .ferumoxytol: "R16"
        case .afterTransfusion: "RT1"
        case .erythropoiesisStimulation: "RE1"
        case .infection: "RI1"
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

extension ReviewOutcome: StoredCode {
    static var storedName: String { "review outcome" }

    var storedCode: String {
        switch self {
        case .stands: "stands"
        case .planChanged: "plan-changed"
        case .patientRecalled: "patient-recalled"
        case .incidentReported: "incident-reported"
        }
    }
}
