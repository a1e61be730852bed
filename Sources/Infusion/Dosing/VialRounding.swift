import Foundation

/// Whether a dose may be changed a little, so that whole vials make it (an engineering default: no public
/// standard exists for iron).
public enum VialRounding: Hashable, Sendable {
    case none
    /// To the nearest amount that whole vials make, where it differs by at most so much of the dose.
    case toVial(percent: Int)

    /// - Parameter percent: Of the dose; 0 is ``none``.
    public init(percent: Int) { self = percent == 0 ? .none : .toVial(percent: percent) }

    /// The nearer of the two amounts of whole vials around `dose`; the lower one where both are as near.
    ///
    /// - Parameters:
    ///   - most: The row's single dose, and what the prescription still asks for: never more than that.
    ///   - isTestDose: A test dose stays as the label says.
    public func rounded(
        _ dose: Milligrams, to vials: [Vial], atMost most: Milligrams, isTestDose: Bool
    ) -> Milligrams {
        switch self {
        case .none: return dose
        case .toVial(let percent):
            guard !isTestDose, let sums = VialSums(of: vials, around: dose) else { return dose }
            let farthest = dose.value * Decimal(percent) / 100
            func distance(_ amount: Milligrams) -> Decimal { abs(amount.value - dose.value) }
            let whole = [sums.within, sums.covering].compactMap(\.self)
                .filter { $0 <= most && distance($0) <= farthest }
            return whole.min { distance($0) < distance($1) } ?? dose
        }
    }
}
