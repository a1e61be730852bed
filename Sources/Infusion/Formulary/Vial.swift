import Foundation

/// A size that a product is sold in.
public struct Vial: Hashable, Sendable {
    /// Of elemental iron; one that ``isSize(_:)`` takes.
    public let size: Milligrams
    public let source: ClinicalSource

    public init(_ size: Milligrams, source: ClinicalSource) {
        precondition(Self.isSize(size), "a vial of \(size)")
        self.size = size
        self.source = source
    }

    /// Whether it is a whole number of tenths of a milligram, within the limits.
    public static func isSize(_ size: Milligrams) -> Bool {
        InfusionLimits.vialMilligrams.contains(size.value) && size.tenths != nil
    }
}

extension Milligrams {
    /// Tenths of a milligram, where they are whole.
    var tenths: Int? {
        let scaled = value * 10
        let whole = scaled.rounded(places: 0, mode: .down)
        return whole == scaled ? NSDecimalNumber(decimal: whole).intValue : nil
    }
}
