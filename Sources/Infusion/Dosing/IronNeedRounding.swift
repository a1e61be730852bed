import Foundation

/// How a printed dosing table rounds a computed need (clinical facts §2.1).
public enum IronNeedRounding: String, Hashable, Sendable, CaseIterable {
    case exact
    /// Venofer SmPC: to the nearest 50 mg, 2.5 mL. A tie goes down, the safe reading.
    case venoferNearest50
    /// The older Ferinject table: to 100 mg, down up to 66 kg and up above (rule from general knowledge).
    case ferinjectOld
    /// Edinburgh's Monofer table: to the nearest 100 mg, at least 1,000 mg from 50 kg (derived).
    case edinburghNearest100

    public func rounded(_ need: Milligrams, weight: Kilograms) -> Milligrams {
        switch self {
        case .exact: return need
        case .venoferNearest50: return need.toMultiple(of: 50, nearestDown)
        case .ferinjectOld:
            return need.toMultiple(of: 100) { value in
                value.rounded(places: 0, mode: weight.value <= 66 ? .down : .up)
            }
        case .edinburghNearest100:
            let hundreds = need.toMultiple(of: 100, nearestDown)
            return weight.value >= 50 ? max(hundreds, Milligrams(1000)) : hundreds
        }
    }

    /// A known loss goes by no weight and by no printed table: it stays exact.
    func rounded(_ need: IronNeed) -> Milligrams {
        guard let weight = need.weight else { return need.milligrams }
        return rounded(need.milligrams, weight: weight)
    }

    private func nearestDown(_ value: Decimal) -> Decimal {
        let below = value.rounded(places: 0, mode: .down)
        return value - below > d("0.5") ? below + 1 : below
    }
}

extension Milligrams {
    fileprivate func toMultiple(of step: Decimal, _ round: (Decimal) -> Decimal) -> Milligrams {
        Milligrams(round(value / step) * step)
    }
}

/// A volume of product and its iron: one is always computed from the other, never copied beside it (§2.1).
extension Product {
    public func milliliters(for dose: Milligrams) -> Milliliters {
        Milliliters(dose.value / ironPerMilliliter)
    }
}
