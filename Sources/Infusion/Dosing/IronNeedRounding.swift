import Foundation

/// How the printed dosing table of a product rounds a computed need (clinical facts §2.1).
public struct IronNeedRounding: Hashable, Sendable {
    public enum Direction: Hashable, Sendable {
        /// A tie goes down, the safe reading.
        case nearest
        /// Down up to this weight, that one included, and up above.
        case downUpTo(Kilograms)
    }
    public let moiety: Moiety
    /// To a multiple of this.
    public let step: Milligrams
    public let direction: Direction
    public let source: ClinicalSource

    public init(moiety: Moiety, step: Milligrams, direction: Direction, source: ClinicalSource) {
        self.moiety = moiety
        self.step = step
        self.direction = direction
        self.source = source
    }

    /// `ironSucrose to the nearest 50 mg`.
    public var text: String {
        switch direction {
        case .nearest: "\(moiety.rawValue) to the nearest \(step)"
        case .downUpTo(let limit):
            "\(moiety.rawValue) to \(step), down up to \(limit) and up above"
        }
    }

    public func rounded(_ need: Milligrams, weight: Kilograms) -> Milligrams {
        let steps = need.value / step.value
        let below = steps.rounded(places: 0, mode: .down)
        let whole: Decimal =
            switch direction {
            case .nearest: steps - below > d("0.5") ? below + 1 : below
            case .downUpTo(let limit): weight <= limit || steps == below ? below : below + 1
            }
        return Milligrams(whole * step.value)
    }

    /// A known loss goes by no weight and by no printed table: it stays exact.
    func rounded(_ need: IronNeed) -> Milligrams {
        guard let weight = need.weight else { return need.milligrams }
        return rounded(need.milligrams, weight: weight)
    }
}

/// A volume of product and its iron: one is always computed from the other, never copied beside it (§2.1).
extension Product {
    public func milliliters(for dose: Milligrams) -> Milliliters {
        Milliliters(dose.value / ironPerMilliliter)
    }
}
