import Infusion

extension Analyte: StoredCode {
    static var storedName: String { "analyte" }

    var storedCode: String {
        switch self {
        case .hemoglobin: "hemoglobin"
        case .hematocrit: "hematocrit"
        case .meanCorpuscularVolume: "mean-corpuscular-volume"
        case .ferritin: "ferritin"
        case .iron: "iron"
        case .totalIronBindingCapacity: "total-iron-binding-capacity"
        case .transferrin: "transferrin"
        case .transferrinSaturation: "transferrin-saturation"
        case .cReactiveProtein: "c-reactive-protein"
        case .phosphate: "phosphate"
        case .vitaminB12: "vitamin-b12"
        case .folate: "folate"
        case .creatinine: "creatinine"
        case .estimatedGlomerularFiltrationRate: "estimated-glomerular-filtration-rate"
        case .reticulocyteHemoglobin: "reticulocyte-hemoglobin"
        }
    }
}

extension Comparator: StoredCode {
    static var storedName: String { "comparator" }

    var storedCode: String {
        switch self {
        case .lessThan: "<"
        case .lessOrEqual: "<="
        case .greaterOrEqual: ">="
        case .greaterThan: ">"
        }
    }
}

extension ResultStatus: StoredCode {
    static var storedName: String { "result status" }

    var storedCode: String {
        switch self {
        case .preliminary: "preliminary"
        case .final: "final"
        case .amended: "amended"
        case .corrected: "corrected"
        }
    }
}

extension LabRetracted.Reason: StoredCode {
    static var storedName: String { "retraction reason" }

    var storedCode: String {
        switch self {
        case .enteredInError: "entered-in-error"
        case .wrongPatient: "wrong-patient"
        case .wrongSpecimen: "wrong-specimen"
        case .cancelled: "cancelled"
        }
    }
}
