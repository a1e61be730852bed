public import Foundation

/// Weight and height, which come with units as results do, and are read as strictly.
public enum BodyMeasure {
    public static let possibleWeight = ValueRange(low: 2, high: 350, unit: Units.Kilogram.ucum)
    public static let possibleHeight = ValueRange(low: 40, high: 250, unit: Units.Centimeter.ucum)
    /// Preferred LOINC codes (clinical facts §8, interop §5).
    public static let weightCodes = ["29463-7", "3141-9"]
    public static let heightCodes = ["8302-2"]

    private static let weightUnits: [(ucum: String, factor: Decimal)] = [
        ("kg", 1), ("g", d("0.001")), ("[lb_av]", d("0.45359237")),
    ]
    private static let heightUnits: [(ucum: String, factor: Decimal)] = [
        ("cm", 1), ("m", 100), ("[in_i]", d("2.54")),
    ]

    public static func weight(
        _ value: Decimal, unit: String?
    ) throws(LabReadingProblem) -> Kilograms {
        Kilograms(try read(value, unit, weightUnits, possibleWeight))
    }

    public static func height(
        _ value: Decimal, unit: String?
    ) throws(LabReadingProblem) -> Centimeters {
        Centimeters(try read(value, unit, heightUnits, possibleHeight))
    }

    private static func read(
        _ value: Decimal, _ unit: String?, _ units: [(ucum: String, factor: Decimal)],
        _ possible: ValueRange
    ) throws(LabReadingProblem) -> Decimal {
        let accepted = units.map(\.ucum)
        guard let unit, case let reported = UnitText.normalized(unit), !reported.isEmpty else {
            throw .missingUnit(accepted: accepted)
        }
        guard let known = units.first(where: { $0.ucum == reported }) else {
            throw .unknownUnit(unit, accepted: accepted)
        }
        let canonical = value * known.factor
        guard possible.admits(canonical, nil) else {
            throw .outOfRange(canonical: canonical, accepted: possible.description)
        }
        return canonical
    }
}
