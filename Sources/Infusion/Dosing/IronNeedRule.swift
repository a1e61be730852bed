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

    /// In words, with the numbers by which needs are reckoned.
    public func meaning(by tables: IronNeedTables) -> String {
        let ganzoni = tables.ganzoni
        let factor = ganzoni.factor
        return switch self {
        case .ganzoni:
            """
            weight × (target − haemoglobin) × \(factor) + stores, in kg and g/dL. Target \
            \(ganzoni.target) and stores \(ganzoni.stores); below \(ganzoni.childBelow) \
            \(ganzoni.childTarget) and \(ganzoni.childStores) mg/kg. At or above the target the need is \
            the stores.
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
            A known loss: \(tables.unitLost.iron) for each unit of 400 mL at a haemoglobin of 15 g/dL, at \
            most \(InfusionLimits.unitsLost) units. An order of Venofer asks for it as `unitsLost`.
            """
        case .ferinject: "The simplified table of Ferinject, by actual weight; its cells are below."
        case .monofer:
            "The simplified table of Monofer, with bands of its own; its cells are below."
        case .monoferFixed:
            "Monofer's fixed need; its cell is below. Then the need is looked at again."
        case .ecco:
            """
            Inflammatory bowel disease: the table of ECCO, men's upper band ends later; its cells are \
            below. An order asks for it as `eccoTable`.
            """
        case .infed: formula(tables.infed)
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
            The need itself is exact. As the printed tables round: \
            \(tables.roundings.map(\.text).joined(separator: "; ")).
            """
        }
    }

    private func formula(_ constants: InfedConstants) -> String {
        let lean = constants.leanBodyWeight
        return """
            INFeD: (\(constants.hemoglobinFactor) × (desired − haemoglobin) × lean weight + \
            \(constants.storesFactor) × lean weight) mL × \(constants.ironPerMilliliter) mg/mL; desired \
            \(constants.desired), up to \(constants.childUpTo) \(constants.childDesired). Lean weight: \
            \(lean.men), women \(lean.women), plus \(lean.perInch) for each inch above \
            \(lean.aboveInches), at most the actual one. An order asks for it as `infedFormula`.
            """
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
