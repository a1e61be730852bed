/// What is given of a dose before the rest of it, by its label (clinical facts §1.5).
public struct FirstPortion: Hashable, Sendable {
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// A dose of its own, before the first therapeutic one; the wait follows it, and it counts.
        case testDose
        /// No test: the dose goes on at once, if nothing is seen.
        case slowStart
    }
    public let kind: Kind
    public let amount: Milligrams
    public let volume: Milliliters
    /// Of a test dose, the wait after its end; of a slow start, the least time it takes.
    public let minutes: Int
    /// What is left of the dose then; nothing where the dose is the test itself.
    public let rest: Milligrams

    /// - Parameter needsTestDose: Whether none of the product has been tolerated yet.
    init?(of dose: Milligrams, _ product: Product, needsTestDose: Bool) {
        switch product.testDose {
        case .none: return nil
        case .mandatory(let test, let wait):
            guard needsTestDose else { return nil }
            kind = .testDose
            amount = test
            minutes = wait
        case .slowStart(let portion, let over):
            kind = .slowStart
            amount = min(portion, dose)
            minutes = over
        }
        volume = product.milliliters(for: amount)
        rest = max(.zero, dose - amount)
    }
}
