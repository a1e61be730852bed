/// Why the iron of an order is given by vein and not by mouth, as its prescriber says (clinical facts §0.2; the
/// founding documents). Information: no rule reads it.
public enum IntravenousReason: String, Hashable, Sendable, CaseIterable {
    /// Side effects, or not taken for them (SEED-A, SEED-B).
    case oralNotTolerated
    /// Malabsorption, or inflammation that lets too little through (SEED-A, SEED-B).
    case oralNotAbsorbed
    /// Taken, and the response was not enough (clinical facts §0.2).
    case oralNotEnough
    /// Active inflammatory bowel disease (clinical facts §3, IBD-active; SEED-B).
    case activeBowelDisease
    /// Chronic kidney disease; on haemodialysis the vein is preferred (clinical facts §3, KDIGO 2026).
    case kidneyDisease
    /// Heart failure with iron deficiency (SEED-D; clinical facts §3).
    case heartFailure
    /// Beside an erythropoiesis-stimulating agent, which it helps (SEED-A).
    case stimulatingAgent
    /// Less than four to six weeks are left until surgery (clinical facts §6, R15).
    case surgerySoon
    /// From 34 weeks on with a confirmed iron-deficiency anaemia below 10 g/dL (clinical facts §1.6, BSH 2019).
    case latePregnancy
    /// The stores have to be filled sooner than tablets can (SEED-A, SEED-B).
    case rapidRepletion
}
