/// What an answer about a site did not look at, since nobody has told it: it was not found to be fine. The
/// names are what answers carry, for ever.
public enum UnjudgedMatter: String, Hashable, Sendable, CaseIterable {
    /// The site has never planned a shift: neither nurses nor who can treat anaphylaxis are known.
    case staff
    /// The site was never told of vials of the product, or no product is known.
    case stock
    // Of a visit that is nobody's.
    /// Whether a prescriber has signed for it.
    case order
    /// How long after other doses it would be.
    case interval
    /// How much the patient has in seven dates.
    case weeklyLimit = "weekly-limit"
    /// What the gates would say: reactions, pregnancy, infection and all the others.
    case gates
    /// Whether there are results, and how old they would be.
    case labs
    /// Whether the patient is somewhere else then.
    case patientOverlap = "patient-overlap"
}

extension UnjudgedMatter {
    /// What is a patient's, where there is none.
    static let ofPatients: [UnjudgedMatter] = [
        .order, .interval, .weeklyLimit, .gates, .labs, .patientOverlap,
    ]
}
