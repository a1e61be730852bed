import Foundation

/// Why a dose comes without a word on how it is diluted.
public enum NoPreparation: Error, Hashable, Sendable {
    /// None is known for the product.
    case noRule
    /// The row is practice outside any label, and the rule is the label's.
    case offLabel
    /// The row is for an injection, and the rule for an infusion.
    case injection
    case noVolume(PreparationProblem)

    /// What is sent.
    public enum Reason: String, Hashable, Sendable, CaseIterable {
        case noRule, offLabel, injection, noVolume
    }

    public var reason: Reason {
        switch self {
        case .noRule: .noRule
        case .offLabel: .offLabel
        case .injection: .injection
        case .noVolume: .noVolume
        }
    }

    /// In words, for who prepares the dose.
    public var sentence: String {
        switch self {
        case .noRule: return "How this product is diluted is not known."
        case .offLabel: return "The dose is outside any label, so no label says how it is diluted."
        case .injection:
            return "The row is for an injection; the label's dilution is that of an infusion."
        case .noVolume(let problem):
            let most = problem.atMost.toTenth(.down)
            return "The label leaves no volume for \(problem.dose): "
                + "at least \(problem.atLeast.toTenth(.up)) of diluent, and "
                + (problem.isUpperBoundOpen ? "less than \(most)." : "at most \(most).")
        }
    }
}
