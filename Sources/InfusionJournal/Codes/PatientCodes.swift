import Infusion

extension AdministrativeGender: StoredCode {
    static var storedName: String { "administrative gender" }

    var storedCode: String {
        switch self {
        case .male: "male"
        case .female: "female"
        case .other: "other"
        case .unknown: "unknown"
        }
    }
}

extension ErasureReason: StoredCode {
    static var storedName: String { "erasure reason" }

    var storedCode: String {
        switch self {
        case .patientRequest: "patient-request"
        case .legalObligation: "legal-obligation"
        case .retentionEnded: "retention-ended"
        case .enteredInError: "entered-in-error"
        }
    }
}

extension UnmergeReason: StoredCode {
    static var storedName: String { "unmerge reason" }

    var storedCode: String {
        switch self {
        case .enteredInError: "entered-in-error"
        case .differentPersons: "different-persons"
        }
    }
}

extension RecordOwner: StoredCode {
    static var storedName: String { "record owner" }

    var storedCode: String {
        switch self {
        case .thisPatient: "this-patient"
        case .otherPatient: "other-patient"
        }
    }
}

extension ClinicalContext: StoredCode {
    static var storedName: String { "clinical context" }

    var storedCode: String {
        switch self {
        case .general: "general"
        case .oncology: "oncology"
        case .metastaticBreastCancer: "metastatic-breast-cancer"
        case .heartFailure: "heart-failure"
        case .ckdNonDialysis: "ckd-non-dialysis"
        case .ckdPeritonealDialysis: "ckd-peritoneal-dialysis"
        case .ckdHemodialysis: "ckd-hemodialysis"
        case .ibdActive: "ibd-active"
        case .ibdInactive: "ibd-inactive"
        case .pregnancy: "pregnancy"
        case .preOperative: "pre-operative"
        }
    }
}

extension Therapy: StoredCode {
    static var storedName: String { "therapy" }

    var storedCode: String {
        switch self {
        case .chemotherapy: "chemotherapy"
        case .targetedTherapy: "targeted-therapy"
        case .immunotherapy: "immunotherapy"
        case .radiotherapy: "radiotherapy"
        case .erythropoiesisStimulatingAgent: "erythropoiesis-stimulating-agent"
        case .oralIron: "oral-iron"
        case .anticoagulant: "anticoagulant"
        case .angiotensinConvertingEnzymeInhibitor: "angiotensin-converting-enzyme-inhibitor"
        case .intravenousAntibiotic: "intravenous-antibiotic"
        }
    }
}
