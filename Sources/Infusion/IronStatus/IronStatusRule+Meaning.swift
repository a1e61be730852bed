extension IronStatusRule {
    /// What the row is about, for those who check it; its limits are in ``thresholds``.
    public var meaning: String {
        switch self {
        case .general:
            """
            Adults without a context of their own. Ferritin alone below the cut-off shows absolute \
            deficiency, but without a saturation only provisionally; above it low saturation is \
            explained by the C-reactive protein, or stays open.
            """
        case .oncology:
            """
            Cancer, metastatic breast cancer included. Ferritin from 30 to 100 ng/mL with a \
            saturation of 20 % or more is absolute by ESMO alone, and says so.
            """
        case .oncologyOnStimulation:
            "Cancer on an ESA: iron may start with or without a deficiency, up to these limits."
        case .heartFailure:
            """
            Heart failure. A ferritin below 100 ng/mL with a saturation of 20 % or more is \
            deficiency by the guidelines; that Packer 2024 says otherwise is shown beside it.
            """
        case .heartFailureMaintenance:
            """
            A maintenance dose of the Injectafer plan in weeks 12, 24 and 36: given with a ferritin \
            below 100 ng/mL, or up to 300 ng/mL, that one included, with a low saturation.
            """
        case .ckdNonDialysis:
            """
            Kidney disease without dialysis or on peritoneal dialysis. KDIGO says when iron may \
            start and defines no deficiency; the answer and the start are kept apart.
            """
        case .ckdHemodialysis:
            """
            Haemodialysis, with KDIGO's own limits for a start. A ferritin below 30 ng/mL is \
            absolute deficiency where they say no, too; that they do is shown beside it.
            """
        case .ibdActive:
            """
            Active inflammatory bowel disease: ferritin from 30 to 100 ng/mL, both included, with \
            low saturation is mixed deficiency.
            """
        case .ibdInactive:
            """
            Inactive inflammatory bowel disease, which means a normal C-reactive protein: if it is \
            raised the active row holds.
            """
        case .pregnancy:
            "Pregnancy: a ferritin above the limit does not exclude deficiency."
        case .preOperative:
            """
            Before surgery: ferritin from 30 to 100 ng/mL, both included, with low saturation or \
            a raised C-reactive protein is functional deficiency. Where much blood will be lost, a \
            ferritin below 100 ng/mL is shown as low stores, with or without a saturation.
            """
        case .overload:
            """
            Too much iron: known haemochromatosis or transfusional overload, a ferritin above the \
            ceiling alone, or a saturation above its own. Of several active contexts the strictest \
            ceiling holds: kidney disease, then cancer, then everybody.
            """
        case .precedence:
            """
            The first that fits is the answer: invalid results, known overload, contradicting \
            markers (saturation above 45 % with ferritin below 100 ng/mL), overload, absolute, \
            functional, possible, sequestration, not deficient, replete. Missing markers never \
            make a normal answer.
            """
        case .boundary:
            "Every limit of the rows above, just below it, on it and just above it."
        }
    }

    /// Where it comes from; § and R- numbers are those of the clinical facts.
    public var source: ClinicalSource {
        switch self {
        case .general:
            ClinicalSource("clinical facts §3; AGA, WHO, AAFP; R-12", .verified, .medium)
        case .oncology:
            ClinicalSource("clinical facts §3; ESMO, PMC6315653, SEED-A; R-12", .secondary, .medium)
        case .oncologyOnStimulation:
            ClinicalSource("clinical facts §3; NCCN, ASCO/ASH 2019; R-11", .verified, .medium)
        case .heartFailure:
            ClinicalSource("clinical facts §3; ESC/HFA, AHA; R-13", .verified, .high)
        case .heartFailureMaintenance:
            ClinicalSource("clinical facts §3; FDA label of Injectafer; R-11", .verified, .high)
        case .ckdNonDialysis, .ckdHemodialysis:
            ClinicalSource("clinical facts §3; KDIGO 2026, NICE; R-11", .secondary, .medium)
        case .ibdActive:
            ClinicalSource("clinical facts §3; ECCO, CHOP; R-12", .secondary, .medium)
        case .ibdInactive:
            ClinicalSource("clinical facts §3; ECCO, CHOP; R-12", .secondary, .high)
        case .pregnancy: ClinicalSource("clinical facts §3; BSH; R-12", .verified, .high)
        case .preOperative:
            ClinicalSource("clinical facts §3; Right Decisions Scotland; R-12", .verified, .high)
        case .overload:
            ClinicalSource("clinical facts §3; KDIGO 2026, NCCN; R-13", .secondary, .medium)
        case .precedence:
            ClinicalSource("clinical facts §3; R-10, R-13", .engineeringDefault, .medium)
        case .boundary:
            ClinicalSource("clinical facts §3, boundary catalogue", .engineeringDefault, .medium)
        }
    }
}
