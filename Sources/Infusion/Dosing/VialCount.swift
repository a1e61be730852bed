import Foundation

/// The vials that are opened for one dose, and what is left in them.
///
/// Of all that hold the dose and leave at most so much of it, the fewest; of these those that leave the
/// least. Where none leave so little, those that leave the least of all.
public struct VialCount: Hashable, Sendable {
    public struct Opened: Hashable, Sendable {
        public let vial: Vial
        public let count: Int
    }

    /// Largest first, each size once.
    public let opened: [Opened]
    public let leftOver: Milligrams

    /// `nil` where no size is known.
    /// - Parameter percent: Of the dose, what may be left over for the sake of fewer vials; with 0 the least
    ///   is left over, however many vials that takes.
    public init?(for dose: Milligrams, from vials: [Vial], leaving percent: Int) {
        let waste = Milligrams(dose.value * Decimal(percent) / 100)
        guard let sums = VialSums(of: vials, around: dose, leaving: waste),
            let sum = sums.fewest(leaving: waste)
        else { return nil }
        opened = sums.vials(of: sum).map { Opened(vial: $0.vial, count: $0.count) }
        leftOver = sum - dose
    }
}
