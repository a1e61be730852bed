/// A way to reckon how much iron is needed, for those who check it (facts §2).
public enum IronNeedRule: String, Hashable, Sendable, CaseIterable {
    case ganzoni = "NEED-GANZONI"
    case weight = "NEED-WEIGHT"
    case bloodLoss = "NEED-BLOOD-LOSS"
    case unitsLost = "NEED-UNITS-LOST"
    case ferinject = "NEED-FERINJECT"
    case monofer = "NEED-MONOFER"
    case monoferFixed = "NEED-MONOFER-FIXED"
    case ecco = "NEED-ECCO"
    case infed = "NEED-INFED"
    case infedBloodLoss = "NEED-INFED-LOSS"
    case bands = "NEED-BANDS"
    case rounding = "NEED-ROUNDING"

    public var meaning: String {
        let factor = IronNeedCalculator.ganzoniFactor
        let child = IronNeedCalculator.childBelow
        return switch self {
        case .ganzoni:
            """
            weight × (target − haemoglobin) × \(factor) + stores, in kg and g/dL. Target 15 g/dL \
            and stores 500 mg; below \(child) 13 g/dL and 15 mg/kg. At or above the target the \
            need is the stores.
            """
        case .weight:
            """
            The weight of that formula: if pregnant the last one before the pregnancy, of the days \
            that prePregnancyWeightMaxAgeDays sets, and where there is none the actual one, which \
            the plan says; the ideal one of \(DosingWeight.idealBodyMassIndex) × height², from the \
            body-mass index on that obesityBodyMassIndex sets; else the actual one.
            """
        case .bloodLoss:
            """
            A loss with stores intact: Ganzoni without stores, weight × \(factor) × the fall. An order \
            asks for it as `ganzoni` with a target and stores of 0 mg.
            """
        case .unitsLost:
            """
            A known loss: \(IronNeedCalculator.unitLost) for each unit of 400 mL at a haemoglobin of \
            15 g/dL, at most \(InfusionLimits.unitsLost) units. An order of Venofer asks for it as \
            `unitsLost`.
            """
        case .ferinject: "The simplified table of Ferinject, by actual weight; its cells are below."
        case .monofer:
            "The simplified table of Monofer, with bands of its own; its cells are below."
        case .monoferFixed:
            "Monofer's fixed need from 50 kg on: 1,000 mg, then the need is looked at again."
        case .ecco:
            """
            Inflammatory bowel disease: 1,000 mg from 10 g/dL to 12 g/dL (men 13 g/dL), 1,500 mg \
            below 10 g/dL, each 500 mg more from 70 kg on, and 500 mg more below 7 g/dL. An \
            order asks for it as `eccoTable`.
            """
        case .infed:
            """
            INFeD: (0.0442 × (desired − haemoglobin) × lean weight + 0.26 × lean weight) mL × \
            50 mg/mL; desired 14.8 g/dL, up to 15 kg 12 g/dL. Lean weight: 50 kg, women 45.5 kg, \
            plus 2.3 kg for each inch above 60, at most the actual one. An order asks for it as \
            `infedFormula`.
            """
        case .infedBloodLoss:
            """
            INFeD, a known loss: millilitres lost × haematocrit as a fraction, at most \
            \(InfusionLimits.millilitersLost) mL. An order of INFeD asks for it as `infedBloodLoss`.
            """
        case .bands:
            """
            Haemoglobin is compared with the bands of every table after rounding to 0.01 g/dL; \
            1 mmol/L is 1.6114 g/dL.
            """
        case .rounding:
            """
            The need itself is exact. As the printed tables round: Venofer to the nearest 50 mg, \
            the older Ferinject table to 100 mg, down up to 66 kg and up above.
            """
        }
    }

    /// § and R- numbers are those of the clinical facts.
    public var source: ClinicalSource {
        switch self {
        case .ganzoni: ClinicalSource("clinical facts §2.1; SmPC; R-1, R-2", .verified, .high)
        case .weight:
            ClinicalSource("clinical facts §2.1; Monofer SmPC; obesity (ED)", .verified, .medium)
        case .bloodLoss, .unitsLost:
            ClinicalSource("clinical facts §2.3; Venofer label", .verified, .high)
        case .ferinject: ClinicalSource("clinical facts §2.2; Ferinject SmPC", .verified, .high)
        case .monofer, .monoferFixed:
            ClinicalSource("clinical facts §2.2; Monofer SmPC", .verified, .high)
        case .ecco: ClinicalSource("clinical facts §2.2; ECCO, FERGIcor", .secondary, .medium)
        case .infed: ClinicalSource("clinical facts §2.3; INFeD label; R-7", .verified, .high)
        case .infedBloodLoss: ClinicalSource("clinical facts §2.3; INFeD label", .verified, .high)
        case .bands: ClinicalSource("R-40", .engineeringDefault, .medium)
        case .rounding:
            ClinicalSource("clinical facts §2.1; SmPC tables", .generalKnowledge, .medium)
        }
    }
}
