import Infusion

extension ClinicalCondition: StoredCode {
    static var storedName: String { "clinical condition" }

    var storedCode: String {
        switch self {
        case .inflammation: "inflammation"
        case .atopy: "atopy"
        case .decompensatedLiverDisease: "decompensated-liver-disease"
        case .porphyriaWithRaisedTransaminases: "porphyria-with-raised-transaminases"
        case .curativeIntent: "curative-intent"
        case .majorBloodLossExpected: "major-blood-loss-expected"
        case .marrowInvolvement: "marrow-involvement"
        case .immunocompromised: "immunocompromised"
        case .thromboembolismRisk: "thromboembolism-risk"
        }
    }
}

extension Symptom: StoredCode {
    static var storedName: String { "symptom" }

    var storedCode: String {
        switch self {
        case .dizziness: "dizziness"
        case .fastHeartbeat: "fast-heartbeat"
        case .fatigue: "fatigue"
        case .coldIntolerance: "cold-intolerance"
        case .headache: "headache"
        case .skinChanges: "skin-changes"
        case .restlessLegs: "restless-legs"
        case .dyspnea: "dyspnea"
        case .soreTongue: "sore-tongue"
        case .bonePain: "bone-pain"
        case .weakness: "weakness"
        case .brainFog: "brain-fog"
        case .dyspneaAtRest: "dyspnea-at-rest"
        case .chestPain: "chest-pain"
        case .syncope: "syncope"
        case .hemodynamicInstability: "hemodynamic-instability"
        }
    }
}

extension BleedingSource: StoredCode {
    static var storedName: String { "bleeding source" }

    var storedCode: String {
        switch self {
        case .menstrual: "menstrual"
        case .gastrointestinal: "gastrointestinal"
        case .hemorrhoids: "hemorrhoids"
        case .ulcer: "ulcer"
        case .tumor: "tumor"
        case .epistaxis: "epistaxis"
        case .hematuria: "hematuria"
        case .other: "other"
        }
    }
}

extension PlannedEvent: StoredCode {
    static var storedName: String { "planned event" }

    var storedCode: String {
        switch self {
        case .magneticResonanceImaging: "magnetic-resonance-imaging"
        case .surgery: "surgery"
        case .cancerTreatmentCycle: "cancer-treatment-cycle"
        }
    }
}

extension PastEvent: StoredCode {
    static var storedName: String { "past event" }

    var storedCode: String {
        switch self {
        case .heartFailureAdmission: "heart-failure-admission"
        }
    }
}

extension NamedTest: StoredCode {
    static var storedName: String { "named test" }

    var storedCode: String {
        switch self {
        case .peripheralSmear: "peripheral-smear"
        case .hemoglobinElectrophoresis: "hemoglobin-electrophoresis"
        case .reticulocyteCount: "reticulocyte-count"
        case .lactateDehydrogenase: "lactate-dehydrogenase"
        case .haptoglobin: "haptoglobin"
        case .hepcidin: "hepcidin"
        case .solubleTransferrinReceptor: "soluble-transferrin-receptor"
        case .fecalImmunochemicalTest: "fecal-immunochemical-test"
        case .gastrointestinalEndoscopy: "gastrointestinal-endoscopy"
        case .celiacSerology: "celiac-serology"
        case .autoimmuneSerology: "autoimmune-serology"
        }
    }
}
