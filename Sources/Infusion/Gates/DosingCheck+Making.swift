extension DosingCheck {
    /// What is made of exactly the dose that is asked about: it is never rounded here.
    ///
    /// `nil` where it is more than the row allows at once, with the test dose of its day, or where that is
    /// not known.
    var making: DoseMaking? {
        let proposal = question.proposal
        let terms = question.terms
        guard let limit = try? terms.row.limit(for: subject, at: proposal.position) else {
            return nil
        }
        let most = limit.single - proposal.testDoseOfTheDay
        guard question.amount <= most else { return nil }
        let testDose = TestDose(of: terms.product, among: question.picture.started)
        return DoseMaking(
            of: question.amount, atMost: most, product: terms.product, row: terms.row,
            rule: question.picture.context.formulary.preparation(of: terms.product.key),
            needsTestDose: testDose.map { $0.fulfilled == nil } ?? false, rounding: .none,
            leftOver: question.policy.preparation.vialLeftOverPercent)
    }
}
