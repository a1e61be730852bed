/// The vials that are opened for one dose, and what is left in them.
///
/// Of all that hold the dose, those that leave the least; of these the fewest.
public struct VialCount: Hashable, Sendable {
    public struct Opened: Hashable, Sendable {
        public let vial: Vial
        public let count: Int
    }

    /// Largest first, each size once.
    public let opened: [Opened]
    public let leftOver: Milligrams

    /// `nil` where no size is known.
    public init?(for dose: Milligrams, from vials: [Vial]) {
        guard let sums = VialSums(of: vials, around: dose), let sum = sums.covering else {
            return nil
        }
        opened = sums.vials(of: sum).map { Opened(vial: $0.vial, count: $0.count) }
        leftOver = sum - dose
    }
}
