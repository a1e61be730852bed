public import Foundation

/// Blood that was lost, as its prescriber measured it: what a course of iron is to give back (facts §2.3, V).
public enum BloodLoss: Hashable, Sendable {
    /// Units of 400 mL at a haemoglobin of 15 g/dL: the Venofer label's way of counting.
    case units(Decimal)
    /// A volume and the haematocrit of what was lost: the INFeD label's.
    case volume(Milliliters, hematocrit: Percent)

    /// The one method that reads it.
    public var method: NeedMethod {
        switch self {
        case .units: .unitsLost
        case .volume: .infedBloodLoss
        }
    }

    /// The names of its fields, as refusals tell them.
    enum Field {
        static let loss = "bloodLoss"
        static let units = "bloodLoss.units"
        static let volume = "bloodLoss.volume"
        static let hematocrit = "bloodLoss.hematocrit"
    }
}

extension NeedMethod {
    /// Whether it gives back a known loss, whatever the patient's weight and haemoglobin are now.
    public var replacesLoss: Bool {
        switch self {
        case .unitsLost, .infedBloodLoss: true
        case .labelCourse, .heartFailureTable, .simplifiedTable, .ganzoni, .eccoTable,
            .infedFormula:
            false
        }
    }
}
