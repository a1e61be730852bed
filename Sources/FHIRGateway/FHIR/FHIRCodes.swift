import Infusion

/// Code systems and the codes of conditions that open a clinical context.
enum FHIRCodes {
    static let loinc = "http://loinc.org"
    static let snomed = "http://snomed.info/sct"
    static let ucum = "http://unitsofmeasure.org"
    static let atc = "http://www.whocc.no/atc"
    static let rxnorm = "http://www.nlm.nih.gov/research/umls/rxnorm"

    /// SNOMED CT concepts as they occur in real exports. A code that is not here opens nothing: a context
    /// changes thresholds, and a wrong one is worse than none.
    static func context(snomed code: String) -> ClinicalContext? {
        switch code {
        // Heart failure; chronic congestive heart failure; congestive heart failure.
        case "84114007", "88805009", "42343007": .heartFailure
        // Chronic kidney disease, stages 1 to 5, not on dialysis.
        case "709044004", "431855005", "431856006", "433144002", "431857002", "433146000":
            .ckdNonDialysis
        // Malignant neoplasms: colon (primary, overlapping, metastatic), non-small cell lung cancer,
        // its TNM stage 1, breast.
        case "363406005", "93761005", "109838007", "94260004", "254637007", "424132000",
            "254837009":
            .oncology
        case "72892002": .pregnancy
        // Crohn's disease, ulcerative colitis: without a sign of activity, the stricter threshold.
        case "34000006", "64766004": .ibdInactive
        default: nil
        }
    }

    /// ATC group of parenteral trivalent iron.
    static let parenteralIronATC = "B03AC"
}
