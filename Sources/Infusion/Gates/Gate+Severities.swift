/// What a gate that is shut may say: how hard it shuts, and what comes next.
extension Gate {
    /// As hard as it can shut first; ``Severity/information`` where it may also only be shown.
    public var severities: [Severity] {
        switch self {
        case .order, .anaphylaxisSameProduct, .staff: [.absolute]
        case .overload: [.absolute, .hard]
        case .infection, .phosphate, .phosphateSymptoms, .notIronDeficiency,
            .heartFailureHemoglobin, .chemotherapySpacing, .metastaticBreastCancer, .transfusion,
            .vitals, .cumulativeDose:
            [.hard]
        case .diagnosis, .anaphylaxisAnyIron, .firstTrimester, .interval,
            .weightAndAge, .sequestration:
            [.hard, .soft]
        case .liver: [.hard, .soft, .information]
        case .cardiotoxicChemotherapy, .transfusionSameDay, .consent: [.soft]
        case .minorReaction, .atopy, .magneticResonance, .erythropoiesisStimulation:
            [.soft, .information]
        case .aceInhibitor, .oralIron, .heartFailureInformation, .immunocompromised,
            .laterPregnancy:
            [.information]
        }
    }

    /// The codes of ``Finding/nextStep``.
    public var nextSteps: [String] {
        switch self {
        case .order: ["request-order"]
        case .diagnosis: ["order-labs", "review-diagnosis", "clinician-decision"]
        case .overload: ["hematology", "order-labs"]
        case .infection: ["reschedule-after-resolution", "ask-about-infection"]
        case .anaphylaxisSameProduct: ["other-moiety-and-allergy-review"]
        case .anaphylaxisAnyIron: ["specialist-advice"]
        case .firstTrimester:
            ["oral-iron-or-obstetrics", "date-the-pregnancy", "ask-about-pregnancy"]
        case .phosphate: ["correct-phosphate", "check-phosphate"]
        case .cumulativeDose: ["recalculate"]
        case .interval: ["wait-until"]
        case .weightAndAge: ["review-dosing", "measure"]
        case .notIronDeficiency: ["review-diagnosis"]
        case .sequestration: ["treat-the-cause"]
        case .minorReaction: ["half-the-rate", "slower-rate"]
        case .atopy: ["slow-start-and-longer-watch", "ask-about-atopy"]
        case .phosphateSymptoms: ["check-phosphate"]
        case .heartFailureHemoglobin: ["no-data"]
        case .magneticResonance: ["image-first-and-notify-radiology", "ask-about-mri"]
        case .chemotherapySpacing: ["space-by-30-minutes"]
        case .cardiotoxicChemotherapy, .transfusionSameDay: ["another-day"]
        case .aceInhibitor: ["watch-blood-pressure"]
        case .liver: ["another-product", "review-liver-disease", "ask-about-liver"]
        case .oralIron: ["stop-oral-iron"]
        case .erythropoiesisStimulation: ["review-esa"]
        case .metastaticBreastCancer: ["transfusion-pathway"]
        case .transfusion: ["transfusion-evaluation-today", "order-labs"]
        case .vitals: ["hold-and-assess", "measure-vital-signs"]
        case .staff: ["arrange-cover"]
        case .consent: ["record-consent"]
        case .heartFailureInformation: ["show-ferrokinetic-class"]
        case .immunocompromised: ["watch-for-infection", "ask-about-immunocompromise"]
        case .laterPregnancy:
            [
                "weigh-benefit-and-risk", "weigh-benefit-and-risk-and-monitor-fetus",
                "date-the-pregnancy",
            ]
        }
    }
}

extension Severity {
    /// Whether anybody may take responsibility for a gate that is shut so hard, and needs to (facts §10.2).
    var hasOverride: Bool {
        switch self {
        case .hard, .soft: true
        case .absolute, .information: false
        }
    }

    /// Who may let a dose pass a gate that is shut so hard (facts §10.2).
    public var override: String {
        switch self {
        case .absolute: "nobody"
        case .hard: "a prescriber, with a structured reason and a second signature, for one dose"
        case .soft: "a prescriber, a nurse or a pharmacist, with a reason, for one dose"
        case .information: "nobody has to: it is shown, kept, and stops nothing"
        }
    }
}
