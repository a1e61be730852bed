/// What is or is not true of a patient, beside the facts that have a shape of their own.
public enum ClinicalCondition: String, Hashable, Sendable, CaseIterable {
    /// Inflammation known clinically: counts as a raised C-reactive protein.
    case inflammation
    /// Severe asthma, eczema or atopy, several drug allergies, lupus, rheumatoid arthritis or mastocytosis
    /// (MHRA, EMA; G-ATOPY).
    case atopy
    case decompensatedLiverDisease
    /// Transaminases above three times the normal limit, with porphyria cutanea tarda (G-LIVER).
    case porphyriaWithRaisedTransaminases
    /// Cancer is treated with the intent to cure: an ESA is then not advised (ASCO/ASH 2019; G-ESA).
    case curativeIntent
    /// Surgery in which much blood is expected to be lost.
    case majorBloodLossExpected
    /// Malignant cells in the marrow, or radiation to sternum or pelvis: a cause of its own (§7.2, row 8).
    case marrowInvolvement
    /// The immune system is weakened, by disease or treatment: bacteria might thrive on circulating iron,
    /// which is not settled in cancer (the first founding document; G-IMMUNO).
    case immunocompromised
    /// A thrombo-embolism before, or a known risk of one: what an ESA adds to (ASCO/ASH 2019; G-ESA).
    case thromboembolismRisk
}

/// What patients tell: the nine complaints of the third founding document, what follows ferric
/// carboxymaltose and low phosphate, and what makes a low haemoglobin an emergency.
public enum Symptom: String, Hashable, Sendable, CaseIterable {
    case dizziness, fastHeartbeat, fatigue, coldIntolerance, headache, skinChanges, restlessLegs
    case dyspnea, soreTongue
    case bonePain, weakness, brainFog
    case dyspneaAtRest, chestPain, syncope, hemodynamicInstability

    /// with a low haemoglobin an emergency; fatigue alone is not.
    public var isEmergency: Bool {
        switch self {
        case .dyspneaAtRest, .chestPain, .syncope, .hemodynamicInstability: true
        case .dizziness, .fastHeartbeat, .fatigue, .coldIntolerance, .headache, .skinChanges,
            .restlessLegs, .dyspnea, .soreTongue, .bonePain, .weakness, .brainFog:
            false
        }
    }

    /// Compatible with low phosphate after ferric carboxymaltose (MHRA; G-PO4-SYMPT).
    public var suggestsLowPhosphate: Bool {
        switch self {
        case .bonePain, .weakness, .fatigue: true
        case .dizziness, .fastHeartbeat, .coldIntolerance, .headache, .skinChanges, .restlessLegs,
            .dyspnea, .soreTongue, .brainFog, .dyspneaAtRest, .chestPain, .syncope,
            .hemodynamicInstability:
            false
        }
    }
}

/// Where blood is lost (clinical facts §7.2, row 4; the founding documents' bleeding flags).
public enum BleedingSource: String, Hashable, Sendable, CaseIterable {
    case menstrual, gastrointestinal, hemorrhoids, ulcer, tumor, epistaxis, hematuria, other
}

/// What is planned for a date, and changes what may be done around it.
public enum PlannedEvent: String, Hashable, Sendable, CaseIterable {
    /// Ferumoxytol alters magnetic resonance images for three months.
    case magneticResonanceImaging
    case surgery
    /// The next cycle of cancer treatment: blood counts are due before it.
    case cancerTreatmentCycle
}

/// What happened to the patient elsewhere, on a date, and asks for another look.
public enum PastEvent: String, Hashable, Sendable, CaseIterable {
    /// Admitted to a hospital for heart failure; the day is that of the admission (facts §6 R8).
    case heartFailureAdmission
}

/// Cancer treatment given, or planned, through a vein.
public struct CancerInfusion: Hashable, Sendable {
    public let start: Instant
    public let end: Instant
    /// An anthracycline or another cardiotoxic drug (G-CHEMO-CARDIO).
    public let cardiotoxic: Bool

    public init(start: Instant, end: Instant, cardiotoxic: Bool) {
        self.start = start
        self.end = end
        self.cardiotoxic = cardiotoxic
    }
}
