/// The test dose that a label wants before the first therapeutic dose of its product (facts §1.5, R-7):
/// it is a dose of its own, counts towards the day, and the rest waits until it has been tolerated.
struct TestDose {
    let amount: Milligrams
    let waitMinutes: Int
    /// The first dose of the product that gave as much; `nil` while there is none.
    let fulfilled: DoseRecord?

    /// `nil` for a product without one.
    init?(of product: Product, among doses: [DoseRecord]) {
        switch product.testDose {
        case .none, .slowStart: return nil
        case .mandatory(let amount, let waitMinutes):
            self.amount = amount
            self.waitMinutes = waitMinutes
            fulfilled =
                doses.filter { $0.started.product == product.key && $0.given >= amount }
                .min { $0.startedAt < $1.startedAt }
        }
    }

    /// The dose was the test itself, and no therapeutic one.
    func isTest(_ dose: DoseRecord) -> Bool {
        dose.id == fulfilled?.id && dose.started.planned == amount
    }

    /// What stands against a dose of `asked` at `instant`.
    func problem(_ asked: Milligrams, at instant: Instant) -> DosingProblem? {
        guard let fulfilled, fulfilled.startedAt < instant, let end = fulfilled.end else {
            return asked == amount ? nil : .testDoseMissing(asked, required: amount)
        }
        let minutes = Int(instant.seconds(since: end.at) / 60)
        guard isTest(fulfilled), minutes < waitMinutes else { return nil }
        return .testDoseWait(minutes: minutes, required: waitMinutes)
    }
}
