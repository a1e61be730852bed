public import Foundation

/// A reported value, read: canonical, and with what is unusual about it.
public struct LabReading: Hashable, Sendable {
    public let analyte: Analyte
    public let value: LabValue
    public let warnings: Set<LabWarning>
}

/// What is unusual about a value that is taken all the same.
public enum LabWarning: String, Hashable, Sendable, CaseIterable {
    case belowUsual, aboveUsual
    /// A filtration rate reported in mL/min, not per 1.73 m² of body surface.
    case notIndexedToBodySurface
    /// The factor of the conversion is from general knowledge.
    case unverifiedFactor
}

/// Why a value cannot be read. Over the interface it is refused, on import quarantined.
public enum LabReadingProblem: Error, Hashable, Sendable {
    case missingUnit(accepted: [String])
    case unknownUnit(String, accepted: [String])
    /// `accepted` is in the canonical unit, readable: `1 to 25 g/dL`.
    case outOfRange(canonical: Decimal, accepted: String)
    /// A saturation strictly between 0 and 1: percent or fraction cannot be told.
    case ambiguousFraction(Decimal)
    /// A code for mass with a molar unit, or the other way round.
    case codeUnitMismatch(code: String, unit: String)
    /// The code is of another analyte, or of none known here.
    case unknownCode(String, accepted: [String])
}
