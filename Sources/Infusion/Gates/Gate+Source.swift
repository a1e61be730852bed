extension Gate {
    /// ``source`` as a comparison says it.
    var because: String { Self.lines[self] ?? "" }

    private static let lines = Dictionary(
        uniqueKeysWithValues: allCases.map { ($0, $0.source.line) })

    /// Where it comes from; § and R- numbers are those of the clinical facts.
    public var source: ClinicalSource {
        switch self {
        case .order:
            ClinicalSource("clinical facts §4", .engineeringDefault, .high)
        case .diagnosis:
            ClinicalSource(
                "clinical facts §4; SmPC: the diagnosis rests on laboratory tests; SEED-A; R-10",
                .verified, .high)
        case .overload:
            ClinicalSource("clinical facts §4; labels; R-10, R-13", .verified, .high)
        case .infection:
            ClinicalSource(
                "clinical facts §4; SEED-A; EU labels: stop in bacteraemia", .verified, .high)
        case .anaphylaxisSameProduct:
            ClinicalSource("clinical facts §4; labels; R-19", .verified, .high)
        case .anaphylaxisAnyIron:
            ClinicalSource("clinical facts §4, §1.5; labels", .verified, .high)
        case .firstTrimester:
            ClinicalSource("clinical facts §1.6; MHRA 2013, EMA", .verified, .high)
        case .phosphate:
            ClinicalSource(
                "clinical facts §4, §1.6b; boxed warning 08/2026; R-16", .verified, .high)
        case .cumulativeDose:
            ClinicalSource("clinical facts §1.2, §4; labels; R-1, R-5", .verified, .high)
        case .interval:
            ClinicalSource("clinical facts §1.2, §1.6b, §4; labels; R-2, R-5", .verified, .high)
        case .weightAndAge:
            ClinicalSource("clinical facts §1.2, §3.1, §4; labels; R-6, R-42", .verified, .high)
        case .notIronDeficiency:
            ClinicalSource(
                "clinical facts §4; EU contraindication: anaemia not due to iron deficiency; R-11",
                .verified, .high)
        case .sequestration:
            ClinicalSource("clinical facts §4; SEED-B; R-11, R-42", .engineeringDefault, .medium)
        case .minorReaction:
            ClinicalSource("clinical facts §4, §5.3; CARPA, Rampton", .verified, .high)
        case .atopy:
            ClinicalSource("clinical facts §4; MHRA, EMA", .verified, .high)
        case .phosphateSymptoms:
            ClinicalSource("clinical facts §4; MHRA", .verified, .high)
        case .heartFailureHemoglobin:
            ClinicalSource("clinical facts §1.3, §4; Injectafer label", .verified, .high)
        case .magneticResonance:
            ClinicalSource("clinical facts §1.5, §4; Feraheme label; R-17", .verified, .high)
        case .chemotherapySpacing:
            ClinicalSource("clinical facts §1.5, §4; Feraheme label; R-17", .verified, .high)
        case .cardiotoxicChemotherapy:
            ClinicalSource("clinical facts §4; ESMO, not read", .generalKnowledge, .low)
        case .aceInhibitor:
            ClinicalSource("clinical facts §4, §1.5; Medscape", .secondary, .low)
        case .liver:
            ClinicalSource("clinical facts §1.5, §4; Monofer and CosmoFer SmPC", .verified, .high)
        case .oralIron:
            ClinicalSource("clinical facts §1.5, §4; UK leaflet of Venofer", .verified, .medium)
        case .erythropoiesisStimulation:
            ClinicalSource("clinical facts §4; ASCO/ASH 2019", .verified, .high)
        case .metastaticBreastCancer:
            ClinicalSource("clinical facts §4; SEED-C, against SEED-A and ESMO", .verified, .high)
        case .transfusion:
            ClinicalSource("clinical facts §4; EBI, NICE; R-14, R-18", .verified, .high)
        case .transfusionSameDay:
            ClinicalSource("clinical facts §4", .engineeringDefault, .medium)
        case .vitals:
            ClinicalSource("clinical facts §4", .engineeringDefault, .high)
        case .staff:
            ClinicalSource("clinical facts §4; labels, MHRA 2013", .verified, .high)
        case .consent:
            ClinicalSource("clinical facts §4", .verified, .medium)
        case .heartFailureInformation:
            ClinicalSource(
                "clinical facts §4; SEED-D; doi 10.1002/ejhf.3730 (hypothesis)", .verified, .high)
        case .immunocompromised:
            ClinicalSource(
                "clinical facts §0.2; SEED-A: not clarified in oncology", .verified, .low)
        case .laterPregnancy:
            ClinicalSource("clinical facts §1.6", .verified, .medium)
        }
    }
}
