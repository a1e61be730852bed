public import Foundation

/// Why a need cannot be computed. `accepted` says what would be.
public enum IronNeedProblem: Error, Hashable, Sendable {
    /// 85 is g/L, not g/dL: a tenfold error that is refused, never corrected.
    case hemoglobinOutOfRange(Decimal, accepted: String)
    case weightOutOfRange(Decimal, accepted: String)
    case heightOutOfRange(Decimal, accepted: String)
    /// The method goes by a height that nobody measured.
    case heightMissing
    case targetOutOfRange(Decimal, accepted: String)
    case storesOutOfRange(Decimal, accepted: String)
    case amountOutOfRange(Decimal, accepted: String)
    case unitsLostOutOfRange(Decimal, accepted: String)
    case volumeLostOutOfRange(Decimal, accepted: String)
    case hematocritOutOfRange(Decimal, accepted: String)
    /// The method has no cell for these inputs, or the product has no such method.
    case notInTable(String)
}
