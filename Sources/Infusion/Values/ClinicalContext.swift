/// A condition that decides which iron-status rules and rechecks apply. Several may be active at once.
public enum ClinicalContext: String, Hashable, Sendable, CaseIterable {
    case general, oncology, metastaticBreastCancer, heartFailure
    case ckdNonDialysis, ckdPeritonealDialysis, ckdHemodialysis
    case ibdActive, ibdInactive, pregnancy, preOperative
}

/// Whether the patient is pregnant, and how far.
public enum PregnancyStatus: Hashable, Sendable {
    case notPregnant
    /// The estimated due date gives the gestation on any day: 40w0d is the due date. `nil` is unknown.
    case pregnant(estimatedDueDate: CalendarDate?)
    case unknown
}

/// A fact that opens or shuts gates and is true from its event until another says otherwise.
public enum ClinicalFact: Hashable, Sendable {
    /// Active systemic infection, bacteraemia, fever of 38.0 °C or more, intravenous antibiotics.
    case infection(active: Bool)
    case pregnancy(PregnancyStatus)
    /// An allergy or intolerance known from elsewhere.
    case ironAllergy(IronAllergy)
    /// Known haemochromatosis or transfusional iron overload.
    case knownIronOverload(Bool)
    /// A risk factor for hypophosphataemia, as labels and MHRA list them.
    case hypophosphatemiaRisk(present: Bool)
    case cardiovascularDisease(Bool)
    case therapy(Therapy, active: Bool)
    /// FHIR `deceased`: everything due stops.
    case deceased(Bool)
    case condition(ClinicalCondition, present: Bool)
    case symptom(Symptom, present: Bool)
    case bleeding(BleedingSource, active: Bool)
    /// `nil` where it is planned no more.
    case planned(PlannedEvent, on: CalendarDate?)
    case cancerInfusion(CancerInfusion)
    /// When it happened last; `nil` where it did not happen after all.
    case happened(PastEvent, on: CalendarDate?)
    /// When it was done last; `nil` where it was not done after all.
    case tested(NamedTest, on: CalendarDate?)
}

/// A reported reaction to an intravenous iron product outside this log.
public struct IronAllergy: Hashable, Sendable {
    /// `nil` when it is not known to which.
    public let moiety: Moiety?
    /// Anaphylaxis or another serious hypersensitivity reaction (grade 3 or more).
    public let serious: Bool
    public init(moiety: Moiety?, serious: Bool) {
        self.moiety = moiety
        self.serious = serious
    }
}

/// Treatments that the rules read.
public enum Therapy: String, Hashable, Sendable, CaseIterable {
    case chemotherapy, targetedTherapy, immunotherapy, radiotherapy
    case erythropoiesisStimulatingAgent, oralIron, anticoagulant,
        angiotensinConvertingEnzymeInhibitor
    case intravenousAntibiotic
}
