public import Foundation

/// A UCUM unit that amounts are typed by.
public protocol UnitOfMeasure: Sendable {
    /// The unit's UCUM code, case-sensitive.
    static var ucum: String { get }
}

/// An exact decimal amount of one unit; amounts of different units do not mix.
public struct Quantity<Unit: UnitOfMeasure>: Hashable, Comparable, Sendable, CustomStringConvertible
{
    public let value: Decimal
    public init(_ value: Decimal) { self.value = value }
    public static func < (left: Self, right: Self) -> Bool { left.value < right.value }
    public static func + (left: Self, right: Self) -> Self { Self(left.value + right.value) }
    public static func - (left: Self, right: Self) -> Self { Self(left.value - right.value) }
    public static func * (left: Self, right: Decimal) -> Self { Self(left.value * right) }
    public static var zero: Self { Self(0) }
    public var description: String { "\(value) \(Unit.ucum)" }
}

/// The canonical units of the rules, one per measure.
public enum Units {
    public enum Milligram: UnitOfMeasure { public static let ucum = "mg" }
    public enum Milliliter: UnitOfMeasure { public static let ucum = "mL" }
    public enum MilliliterPerHour: UnitOfMeasure { public static let ucum = "mL/h" }
    public enum Kilogram: UnitOfMeasure { public static let ucum = "kg" }
    public enum Centimeter: UnitOfMeasure { public static let ucum = "cm" }
    public enum GramPerDeciliter: UnitOfMeasure { public static let ucum = "g/dL" }
    public enum NanogramPerMilliliter: UnitOfMeasure { public static let ucum = "ng/mL" }
    public enum Percent: UnitOfMeasure { public static let ucum = "%" }
    public enum MilligramPerDeciliter: UnitOfMeasure { public static let ucum = "mg/dL" }
    public enum MilligramPerLiter: UnitOfMeasure { public static let ucum = "mg/L" }
    public enum Minute: UnitOfMeasure { public static let ucum = "min" }
}

/// Milligrams of elemental iron, wherever a dose is meant.
public typealias Milligrams = Quantity<Units.Milligram>
/// Of a product or of what it is diluted with.
public typealias Milliliters = Quantity<Units.Milliliter>
/// How fast an infusion runs.
public typealias MillilitersPerHour = Quantity<Units.MilliliterPerHour>
public typealias Kilograms = Quantity<Units.Kilogram>
public typealias Centimeters = Quantity<Units.Centimeter>
public typealias GramsPerDeciliter = Quantity<Units.GramPerDeciliter>
public typealias NanogramsPerMilliliter = Quantity<Units.NanogramPerMilliliter>
public typealias Percent = Quantity<Units.Percent>
public typealias MilligramsPerDeciliter = Quantity<Units.MilligramPerDeciliter>
public typealias MilligramsPerLiter = Quantity<Units.MilligramPerLiter>
public typealias Minutes = Quantity<Units.Minute>
