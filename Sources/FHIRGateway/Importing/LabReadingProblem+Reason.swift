import Infusion

extension LabReadingProblem {
    /// The stable code a quarantined row carries.
    var importReason: String {
        switch self {
        case .missingUnit: "unit-missing"
        case .unknownUnit: "unit-unknown"
        case .outOfRange: "value-impossible"
        case .ambiguousFraction: "saturation-fraction-or-percent"
        case .codeUnitMismatch: "code-and-unit-disagree"
        case .unknownCode: "code-unknown"
        }
    }
}
