import Foundation

/// What the pharmacy makes of one dose: always computed from the milligrams, never written beside them
/// (clinical facts §2.1).
public struct Preparation: Hashable, Sendable {
    public let dose: Milligrams
    /// Of the product as it comes.
    public let product: Milliliters
    /// Of diluent, keeping the label's volume and concentration, both ends included unless
    /// ``isUpperBoundOpen``; `nil` where the dose is given undiluted or the label leaves it open.
    public let diluent: ClosedRange<Milliliters>?
    /// The upper end itself is not allowed: the label says *more than* a concentration.
    public let isUpperBoundOpen: Bool
    public let rule: PreparationRule
}

/// The label's volume and its concentration leave no volume for this dose.
public struct PreparationProblem: Error, Hashable, Sendable {
    public let dose: Milligrams
    public let rule: PreparationID
    /// Of diluent, from the one and up to the other, which cross.
    public let atLeast: Milliliters
    public let atMost: Milliliters
    /// The upper end itself is not allowed.
    public let isUpperBoundOpen: Bool
}

extension PreparationRule {
    /// - Parameter product: The volume of the product that holds the dose.
    public func preparation(
        of dose: Milligrams, in product: Milliliters
    ) throws(PreparationProblem) -> Preparation {
        let band = volumes.first { dose > $0.above && ($0.upTo.map { dose <= $0 } ?? true) }
        var low = band?.atLeast ?? 0
        var high = band?.atMost
        var isOpen = false
        if let concentration {
            let own =
                switch concentration.of {
                case .diluent: Decimal(0)
                case .total: product.value
                }
            if let most = concentration.atMost { low = max(low, dose.value / most - own) }
            if let lower = concentration.lower {
                let (least, strict): (Decimal, Bool) =
                    switch lower {
                    case .atLeast(let value): (value, false)
                    case .moreThan(let value): (value, true)
                    }
                let most = dose.value / least - own
                if high.map({ most <= $0 }) ?? true {
                    high = most
                    isOpen = strict
                }
            }
        }
        guard !diluents.isEmpty, let high else {
            return Preparation(
                dose: dose, product: product, diluent: nil, isUpperBoundOpen: false, rule: self)
        }
        guard isOpen ? low < high : low <= high else {
            throw PreparationProblem(
                dose: dose, rule: id, atLeast: Milliliters(low), atMost: Milliliters(high),
                isUpperBoundOpen: isOpen)
        }
        return Preparation(
            dose: dose, product: product, diluent: Milliliters(low)...Milliliters(high),
            isUpperBoundOpen: isOpen, rule: self)
    }
}
