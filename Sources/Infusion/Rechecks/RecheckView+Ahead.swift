import Foundation

/// Looks that count back from a date that is known.
extension RecheckView {
    /// R14: haemoglobin before delivery, by 36 weeks; urgent where the last one is low, has fallen by
    /// the urgency ladder's limit, or is not known.
    func beforeDelivery() -> RecheckOutcome {
        guard let told = state.facts.pregnancy.latestSince else { return .nothing }
        switch told.value {
        case .notPregnant, .unknown, .pregnant(estimatedDueDate: nil): return .nothing
        case .pregnant(let date?):
            let anchor = RecheckAnchor(
                kind: .estimatedDueDate, version: told.version, at: told.effectiveAt, date: date)
            let because = urgentBeforeDelivery(at: told.effectiveAt)
            return ahead(
                .beforeDelivery, of: anchor, window: windows.beforeDelivery, tests: [.hemoglobin],
                reason: "before-delivery", urgency: because.isEmpty ? .soon : .urgent,
                predicates: because)
        }
    }

    /// Why the look before delivery is urgent; empty where it is not.
    private func urgentBeforeDelivery(at instant: Instant) -> [Predicate] {
        let (limit, source) = picture.anemiaLimit(at: instant)
        let unit = Units.GramPerDeciliter.ucum
        guard let last = picture.latest(.hemoglobin) else {
            return [.missing("hemoglobin", unit: unit, "<", limit, source: source)]
        }
        var found: [Predicate] = []
        if ReportedRange(last.value.canonical, last.value.comparator).isBelow(limit) == true {
            found.append(
                .fact(
                    "hemoglobin", last.value.text, unit: unit, "<", limit, holds: true,
                    source: source, evidence: [last.evidence]))
        }
        if let lab = state.lab(last.lab), let fall = hemoglobinFall(to: lab) {
            found.append(fall.predicate(by: policy))
        }
        return found
    }

    /// R15: haemoglobin and iron two to four weeks before surgery.
    func preOperative() -> RecheckOutcome {
        guard let anchor = planned(.surgery, as: .surgery) else { return .nothing }
        return ahead(
            .preOperative, of: anchor, window: windows.preOperative, tests: Self.ironPanel,
            reason: "before-surgery", urgency: .urgent)
    }

    /// R11: ferritin and saturation before each cycle of cancer treatment, overdue when it starts.
    /// Nothing where iron was given so shortly before the cycle that no result counts until it starts
    /// R4 is the look then.
    func oncologyIronPanel() -> RecheckOutcome {
        guard oncologyTreatment != nil,
            let anchor = planned(.cancerTreatmentCycle, as: .treatmentCycle)
        else { return .nothing }
        if let dose = lastDoseAnchor,
            dose.date.adding(days: picture.ironWindow(on: dose.date)) > anchor.date
        {
            return .nothing
        }
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
