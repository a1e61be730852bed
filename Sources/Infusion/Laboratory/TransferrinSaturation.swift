public import Foundation

/// Transferrin saturation calculated from iron, all in canonical units (clinical facts §3.1, R-40).
public enum TransferrinSaturation {
    /// mg/dL of transferrin to a percentage of µg/dL of iron: one factor, after conversion.
    static let transferrinFactor = d("70.9")

    /// Iron over total iron-binding capacity, both in µg/dL. A capacity below the iron is impossible.
    public static func percent(
        iron: Decimal, totalIronBindingCapacity capacity: Decimal
    ) throws(LabReadingProblem) -> Percent {
        try requirePossible(iron, .iron)
        try requirePossible(capacity, .totalIronBindingCapacity)
        return try checked(iron * 100 / capacity)
    }

    /// Iron in µg/dL over transferrin in mg/dL, times 70.9.
    public static func percent(
        iron: Decimal, transferrin: Decimal
    ) throws(LabReadingProblem) -> Percent {
        try requirePossible(iron, .iron)
        try requirePossible(transferrin, .transferrin)
        return try checked(iron * transferrinFactor / transferrin)
    }

    private static func requirePossible(
        _ value: Decimal, _ analyte: Analyte
    ) throws(LabReadingProblem) {
        guard analyte.possible.admits(value, nil) else {
            throw .outOfRange(canonical: value, accepted: analyte.possible.description)
        }
    }

    private static func checked(_ value: Decimal) throws(LabReadingProblem) -> Percent {
        guard value <= 100 else {
            throw .outOfRange(
                canonical: value, accepted: Analyte.transferrinSaturation.possible.description)
        }
        return Percent(value)
    }
}
