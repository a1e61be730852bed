import Foundation

/// What whole vials of a product's sizes add up to, around one dose: of each sum the fewest vials.
///
/// Sums are counted in steps of the greatest amount that every size is a multiple of, so that there are
/// few of them.
struct VialSums {
    /// Largest first.
    private let vials: [Vial]
    /// Of each vial, in steps.
    private let sizes: [Int]
    private let stepTenths: Int
    /// By sum in steps: how many vials make it, and the place of the last of them; `nil` where none do.
    private let made: [(count: Int, last: Int)?]
    /// The dose in steps, whole or not.
    private let dose: Decimal

    /// `nil` where no size is known, or there is nothing to fill.
    /// - Parameter waste: How much more than the dose the sums go to.
    init?(of vials: [Vial], around dose: Milligrams, leaving waste: Milligrams = .zero) {
        guard dose > .zero, dose.value <= InfusionLimits.vialDoseMilligrams, !vials.isEmpty else {
            return nil
        }
        self.vials = vials.sorted { $0.size > $1.size }
        let tenths = self.vials.compactMap(\.size.tenths)
        let step = tenths.reduce(0, Self.greatestDivisor)
        stepTenths = step
        sizes = tenths.map { $0 / step }
        self.dose = dose.value * 10 / Decimal(step)
        let covering = NSDecimalNumber(decimal: self.dose.rounded(places: 0, mode: .up)).intValue
        let most = self.dose + waste.value * 10 / Decimal(step)
        let last = NSDecimalNumber(decimal: most.rounded(places: 0, mode: .down)).intValue
        // The smallest vial alone makes a sum in every stretch of its own length.
        made = Self.sums(of: sizes, to: max(covering + (sizes.min() ?? 0), last))
    }

    private static func sums(of sizes: [Int], to top: Int) -> [(count: Int, last: Int)?] {
        var made: [(count: Int, last: Int)?] = Array(repeating: nil, count: top + 1)
        made[0] = (0, 0)
        for sum in 1...top {
            for (place, size) in sizes.enumerated() where size <= sum {
                guard let before = made[sum - size] else { continue }
                if made[sum].map({ before.count + 1 < $0.count }) ?? true {
                    made[sum] = (before.count + 1, place)
                }
            }
        }
        return made
    }

    private static func greatestDivisor(_ left: Int, _ right: Int) -> Int {
        right == 0 ? left : greatestDivisor(right, left % right)
    }

    /// The least sum that holds the dose.
    var covering: Milligrams? {
        made.indices.first { made[$0] != nil && Decimal($0) >= dose }.map(milligrams)
    }

    /// Of the sums that hold the dose with at most `waste` left over, the one of the fewest vials, of as
    /// few the least; the least of all where none leave so little.
    func fewest(leaving waste: Milligrams) -> Milligrams? {
        guard let least = covering else { return nil }
        let most = dose + waste.value * 10 / Decimal(stepTenths)
        let within = made.indices.filter {
            made[$0] != nil && Decimal($0) >= dose && Decimal($0) <= most
        }
        // The first of as few is the least.
        let few = within.min { (made[$0]?.count ?? 0) < (made[$1]?.count ?? 0) }
        return few.map(milligrams) ?? least
    }

    /// The greatest sum that the dose holds, of one vial at least.
    var within: Milligrams? {
        made.indices.last { $0 > 0 && made[$0] != nil && Decimal($0) <= dose }.map(milligrams)
    }

    private func milligrams(_ sum: Int) -> Milligrams {
        Milligrams(Decimal(sum * stepTenths) / 10)
    }

    /// The fewest vials that make `sum`, largest first, each size once with its number.
    func vials(of sum: Milligrams) -> [(vial: Vial, count: Int)] {
        var left = (sum.tenths ?? 0) / stepTenths
        var counts = [Int](repeating: 0, count: vials.count)
        while left > 0, let last = made[left]?.last {
            counts[last] += 1
            left -= sizes[last]
        }
        return zip(vials, counts).filter { $0.1 > 0 }.map { (vial: $0.0, count: $0.1) }
    }
}
