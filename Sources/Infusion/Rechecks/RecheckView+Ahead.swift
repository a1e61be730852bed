/// Looks that count back from a date that is known.
extension RecheckView {
    /// R14: haemoglobin before delivery, by 36 weeks; urgent where the last one is low.
    func beforeDelivery() -> RecheckOutcome {
        guard let told = state.facts.pregnancy.latestSince else { return .nothing }
        switch told.value {
        case .notPregnant, .unknown, .pregnant(estimatedDueDate: nil): return .nothing
        case .pregnant(let date?):
            let anchor = RecheckAnchor(
                kind: .estimatedDueDate, version: told.version, at: told.effectiveAt, date: date)
            let limit = picture.anemiaBelow(at: told.effectiveAt)
            let low = picture.latest(.hemoglobin).flatMap { last in
                ReportedRange(last.value.canonical, last.value.comparator).isBelow(limit) == true
                    ? last : nil
            }
            let because = low.map { last in
                Predicate.fact(
                    "hemoglobin", last.value.text, unit: Units.GramPerDeciliter.ucum, "<", limit,
                    holds: true, source: "facts §6 R14: urgent near term",
                    evidence: [last.evidence])
            }
            return ahead(
                .beforeDelivery, of: anchor, window: windows.beforeDelivery, tests: [.hemoglobin],
                reason: "before-delivery", urgency: low == nil ? .soon : .urgent,
                predicates: because.map { [$0] } ?? [])
        }
    }

    /// R15: haemoglobin and iron two to four weeks before surgery.
    func preOperative() -> RecheckOutcome {
        guard let anchor = planned(.surgery, as: .surgery) else { return .nothing }
        return ahead(
            .preOperative, of: anchor, window: windows.preOperative, tests: Self.ironPanel,
            reason: "before-surgery", urgency: .urgent)
    }

    /// R11: ferritin and saturation before each cycle of cancer treatment, overdue when it starts.
    func oncologyIronPanel() -> RecheckOutcome {
        guard oncologyTreatment != nil,
            let anchor = planned(.cancerTreatmentCycle, as: .treatmentCycle)
        else { return .nothing }
        return ahead(
            .oncologyIronPanel, of: anchor, window: policy.cyclePanelWindow,
            tests: Self.ironStoresPanel, reason: "before-treatment-cycle", urgency: .routine)
    }

    /// What is planned for a date; `nil` where it is planned no more.
    func planned(_ event: PlannedEvent, as kind: RecheckAnchor.Kind) -> RecheckAnchor? {
        guard let told = state.facts.planned[event]?.latestSince, let date = told.value else {
            return nil
        }
        return RecheckAnchor(kind: kind, version: told.version, at: told.effectiveAt, date: date)
    }
}
