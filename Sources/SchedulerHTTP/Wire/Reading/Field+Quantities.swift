import Faults
import Foundation
import Infusion
import InfusionWire

/// `{"value": 500, "unit": "mg"}`: an amount that names its unit. A missing unit is refused, never guessed.
struct WireQuantity: WireBody {
    let value: Decimal
    /// A UCUM code, case-sensitive.
    let unit: String

    init(from reader: inout ObjectReader) throws(FieldProblems) {
        (value, unit) = try allRead(
            reading(try reader.required("value", .decimal)),
            reading(try reader.required("unit", .name(1...InfusionLimits.unitCharacters))))
    }
}

extension Field {
    /// An amount in one of the units given, each with its exact factor to the canonical unit.
    static func quantity<Unit>(_ factors: [(unit: String, factor: Decimal)]) -> Field
    where Value == Quantity<Unit> {
        let units = factors.map(\.unit).joined(separator: ", ")
        let accepted = "an amount with its unit: \(units)"
        return Field(accepted) { (value, pointer) throws(FieldProblems) in
            let quantity = try ObjectReader.read(WireQuantity.self, from: value, at: pointer)
            let match = factors.first { $0.unit == quantity.unit }
            let (factor, value) = try allRead(
                Result(match?.factor, pointer + "/unit", "is not a unit for this", units),
                Result(
                    quantity.value > 0 ? quantity.value : nil, pointer + "/value",
                    "is not above zero", "above zero"))
            return Quantity(value * factor)
        }
    }
}

extension Field where Value == Milligrams {
    /// Elemental iron.
    static let milligrams = quantity([("mg", 1), ("g", 1_000)])
    /// Elemental iron received, which may be none.
    static let milligramsOrNone = Field("an amount of iron with its unit: mg, g") {
        (value, pointer) throws(FieldProblems) in
        let quantity = try ObjectReader.read(WireQuantity.self, from: value, at: pointer)
        guard quantity.value == 0, quantity.unit == "mg" || quantity.unit == "g" else {
            return try Field.milligrams.read(value, pointer)
        }
        return .zero
    }
}

extension Field where Value == Kilograms {
    static let kilograms = quantity([
        ("kg", 1), ("g", Decimal(sign: .plus, exponent: -3, significand: 1)),
        ("[lb_av]", Decimal(sign: .plus, exponent: -8, significand: 45_359_237)),
    ])
}

extension Field where Value == Centimeters {
    static let centimeters = quantity([
        ("cm", 1), ("m", 100), ("[in_i]", Decimal(sign: .plus, exponent: -2, significand: 254)),
    ])
}

extension Field where Value == GramsPerDeciliter {
    static let gramsPerDeciliter = quantity([
        ("g/dL", 1), ("g/L", Decimal(sign: .plus, exponent: -1, significand: 1)),
    ])
}

extension Field where Value == Milliliters {
    static let milliliters = quantity([("mL", 1), ("L", 1_000)])
}

extension Field where Value == MillilitersPerHour {
    static let millilitersPerHour = quantity([("mL/h", 1), ("mL/min", 60)])
}

extension Field where Value == Percent {
    static let percent = quantity([("%", 1)])
}

extension Result where Failure == FieldProblems {
    /// Nothing is what is wrong.
    fileprivate init(
        _ found: Success?, _ pointer: String, _ problem: String, _ accepted: String
    ) {
        self =
            found.map { .success($0) }
            ?? .failure(FieldProblems(pointer, problem, accepted: accepted))
    }
}
