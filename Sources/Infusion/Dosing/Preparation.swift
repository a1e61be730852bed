public import Foundation

/// What the pharmacy makes of one dose: always computed from the milligrams, never written beside them
/// (clinical facts §2.1).
public struct Preparation: Hashable, Sendable {
    public let dose: Milligrams
    /// Millilitres of the product as it comes.
    public let product: Decimal
    /// Millilitres of diluent that keep the label's volume and concentration, both ends included unless
    /// ``isUpperBoundOpen``; `nil` where the dose is given undiluted or the label leaves it open.
    public let diluent: ClosedRange<Decimal>?
    /// The upper end itself is not allowed: the label says *more than* a concentration.
    public let isUpperBoundOpen: Bool
    public let rule: PreparationRule
}

/// The label's volume and its concentration leave no volume for this dose.
public struct PreparationProblem: Error, Hashable, Sendable {
    public let dose: Milligrams
    public let rule: PreparationID
    /// Millilitres of diluent from the one and up to the other, which cross.
    public let atLeast: Decimal
    public let atMost: Decimal
}

extension PreparationRule {
    /// - Parameter ironPerMilliliter: Of the product, mg.
    public func preparation(
        of dose: Milligrams, ironPerMilliliter: Decimal
    ) throws(PreparationProblem) -> Preparation {
        let product = dose.value / ironPerMilliliter
        let band = volumes.first { dose > $0.above && ($0.upTo.map { dose <= $0 } ?? true) }
        var low = band?.atLeast ?? 0
        var high = band?.atMost
        var isOpen = false
        if let concentration {
            let own =
                switch concentration.of {
                case .diluent: Decimal(0)
                case .total: product
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
            throw PreparationProblem(dose: dose, rule: id, atLeast: low, atMost: high)
        }
        return Preparation(
            dose: dose, product: product, diluent: low...high, isUpperBoundOpen: isOpen, rule: self)
    }
}
