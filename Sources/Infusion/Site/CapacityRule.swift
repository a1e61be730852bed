/// What a site can be asked to bear beyond its plan, by a person who answers for it. The names are what a
/// refused booking is told, and what an override names, for ever.
public enum CapacityRule: String, Hashable, Sendable, CaseIterable {
    /// As many infusions begin in the quarter hour as its nurses start.
    case nurseStarts = "nurse-starts"
    /// As many patients are there in the quarter hour as its nurses watch over.
    case nursePatients = "nurse-patients"
    /// So late that the visit does not leave its chair in time before closing.
    case lastStart = "after-last-start"
    /// Shorter than what the formulary prescribes for its dose takes.
    case visitLength = "visit-too-short"
    /// The site's vials of the product do not go round.
    case stock = "stock-short"
}

/// What a quarter hour has a number of; the two that are counted of the rules.
public enum NurseLimit: String, Hashable, Sendable, CaseIterable {
    case starts = "nurse-starts"
    case patients = "nurse-patients"

    public var rule: CapacityRule {
        switch self {
        case .starts: .nurseStarts
        case .patients: .nursePatients
        }
    }
}

/// Why a site is asked for more than its plan bears.
public enum CapacityReason: String, Hashable, Sendable, CaseIterable {
    /// The treatment cannot wait for a free quarter hour.
    case urgentTreatment
    /// The nurses who are there have agreed to it.
    case staffAgreed
    /// Somebody is there who is not on the plan.
    case extraStaff
    /// The visit asks less of a nurse than the limits assume.
    case lightCare
    /// Vials will be there by then that nobody has recorded.
    case extraStock
}

/// A person took responsibility for a visit beyond what its site plans for: one visit, at one time.
public struct CapacityOverride: Hashable, Sendable {
    /// Which rules it covers; the visit is judged by the others all the same.
    public let rules: Set<CapacityRule>
    public let reason: CapacityReason
    public let role: ClinicalRole

    public init(rules: Set<CapacityRule>, reason: CapacityReason, role: ClinicalRole) {
        self.rules = rules
        self.reason = reason
        self.role = role
    }
}
