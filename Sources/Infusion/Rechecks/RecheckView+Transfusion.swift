/// RT1: one unit of red cells, then a haemoglobin before the next; what comes of it says whether
/// the transfusion is repeated.
extension RecheckView {
    /// Any haemoglobin collected after the last transfusion answers it: it is valid for safety,
    /// however soon.
    func afterTransfusion() -> RecheckOutcome {
        guard let last = picture.lastTransfusion(by: picture.at) else { return .nothing }
        let anchor = RecheckAnchor(
            kind: .transfusion, version: last.version, at: last.effectiveAt,
            date: picture.localDate(last.effectiveAt))
        let due = policy.transfusion.recheckDueDays
        let window = RecheckWindow(
            earliest: 0, due: due, overdueAfter: due + policy.transfusion.recheckGraceDays,
            because: policy.because(
                .transfusionRecheckDueDays, overdueBy: .transfusionRecheckGraceDays))
        return recheck(
            .afterTransfusion, from: anchor, window: window, tests: [.hemoglobin],
            reason: "hemoglobin-after-transfusion", urgency: .soon
        ) { _ in
            picture.readings(.hemoglobin).first { $0.collectedAt > last.effectiveAt }
                .map { [$0.evidence] }
        }
    }
}
