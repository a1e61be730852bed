/// A guideline of the iron-status table beside those by which a context is judged (facts §3): it agrees, or
/// that it does not is shown.
public enum IronStatusGuideline: String, Hashable, Sendable, CaseIterable {
    case oncologyNCCN = "STATUS-ONC-NCCN"
    case oncologySEOM = "STATUS-ONC-SEOM"
    case heartFailurePacker = "STATUS-HF-PACKER"
    case ckdPeritonealDialysis = "STATUS-CKD-PD"
    case ckd2012 = "STATUS-CKD-2012"
    case ckdNICE = "STATUS-CKD-NICE"

    /// What it says, and what comes of that, for those who check it.
    public var meaning: String {
        switch self {
        case .oncologyNCCN:
            """
            NCCN without an ESA: ferritin below 30 ng/mL with a saturation below 20 % is absolute \
            deficiency. STATUS-ONC-ESMO answers so too, and goes further.
            """
        case .oncologySEOM:
            "SEOM 2020: as NCCN without an ESA, and STATUS-ONC-ESMO answers so too."
        case .heartFailurePacker:
            """
            Packer 2024 proposes the saturation alone, below 20 %. It judges nobody; where the \
            answer of STATUS-HF is another, that is shown.
            """
        case .ckdPeritonealDialysis: "Peritoneal dialysis: the limits of STATUS-CKD-ND."
        case .ckd2012:
            """
            KDIGO 2012: a trial up to a ferritin of 500 ng/mL with a saturation up to 30 %, none \
            above. Haemodialysis has the same limits for a start in STATUS-CKD-HD.
            """
        case .ckdNICE:
            """
            NICE and UKKA: ferritin below 100 ng/mL with a saturation below 20 %, or a haemoglobin \
            of reticulocytes below 29 pg, which is shown; above 500 ng/mL the dose is looked at \
            again, which is shown too.
            """
        }
    }

    /// Where it comes from; § and R- numbers are those of the clinical facts.
    public var source: ClinicalSource {
        switch self {
        case .oncologyNCCN:
            ClinicalSource("clinical facts §3; NCCN, PMC4679104 T3", .verified, .medium)
        case .oncologySEOM:
            ClinicalSource("clinical facts §3; SEOM 2020", .verified, .medium)
        case .heartFailurePacker:
            ClinicalSource("clinical facts §3; Packer 2024", .verified, .medium)
        case .ckdPeritonealDialysis:
            ClinicalSource("clinical facts §3; KDIGO 2026; R-11", .secondary, .medium)
        case .ckd2012: ClinicalSource("clinical facts §3; KDIGO 2012", .verified, .high)
        case .ckdNICE: ClinicalSource("clinical facts §3; NICE, UKKA", .verified, .high)
        }
    }
}
