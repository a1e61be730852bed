/// Looks at several tests at once, and looks that repeat.
extension RecheckView {
    static let ironPanel: Set<Analyte> = [.hemoglobin, .ferritin, .transferrinSaturation]
    static let ironStoresPanel: Set<Analyte> = [.ferritin, .transferrinSaturation]

    /// The end of the last dose that put iron into the patient.
    var lastDoseAnchor: RecheckAnchor? { picture.administered.last.flatMap(anchor) }

    func anchor(_ dose: DoseRecord) -> RecheckAnchor? {
        dose.end.map { end in
            RecheckAnchor(
                kind: .dose, version: end.version, at: end.at, date: end.given.localDate)
        }
    }

    /// One valid reading of a test.
    private struct Look {
        let at: Instant
        let date: CalendarDate
        let evidence: [EventVersion]
        /// The event that told it last.
        var version: EventVersion { evidence.max() ?? .none }

        init(_ reading: LabFact) {
            at = reading.collectedAt
            date = reading.date
            evidence = [reading.evidence]
        }

        init(_ reading: SaturationReading) {
            at = reading.collectedAt
            date = reading.date
            evidence = reading.marker.evidence
        }
    }

    /// The newest valid reading of `analyte`; a saturation may be a calculated one.
    private func lastLook(at analyte: Analyte) -> Look? {
        guard analyte == .transferrinSaturation else {
            return picture.readings(analyte).last { picture.flaw(of: $0) == nil }.map(Look.init)
        }
        return picture.saturations().last { picture.flaw(of: $0) == nil }.map(Look.init)
    }

    /// The first valid reading of `analyte` collected on a date or later.
    private func firstLook(
        at analyte: Analyte, from date: CalendarDate, before limit: Instant?,
        to last: CalendarDate?
    ) -> Look? {
        func isOne(_ look: Look) -> Bool {
            look.date >= date && limit.map { look.at < $0 } ?? true
                && last.map { look.date <= $0 } ?? true
        }
        guard analyte == .transferrinSaturation else {
            return picture.readings(analyte).around(date)
                .first { isOne(Look($0)) && picture.flaw(of: $0) == nil }.map(Look.init)
        }
        return picture.saturations()
            .first { isOne(Look($0)) && picture.flaw(of: $0) == nil }.map(Look.init)
    }

    /// The first valid result of each of `tests` collected on `date` or later, and before `limit`;
    /// `nil` while one is missing.
    func firstPanel(
        of tests: Set<Analyte>, from date: CalendarDate, before limit: Instant? = nil,
        to last: CalendarDate? = nil
    ) -> [EventVersion]? {
        var evidence: [EventVersion] = []
        for test in tests.sorted(by: { $0.rawValue < $1.rawValue }) {
            let look = firstLook(at: test, from: date, before: limit, to: last)
            guard let look else { return nil }
            evidence += look.evidence
        }
        return evidence
    }

    /// When all of `tests` were last known: the test that has waited longest says it.
    func lastPanel(of tests: Set<Analyte>) -> RecheckAnchor? {
        let newest = tests.map { lastLook(at: $0) }
        let known = newest.compactMap(\.self)
        guard known.count == newest.count,
            let oldest = known.min(by: { ($0.at, $0.version) < ($1.at, $1.version) })
        else { return nil }
        return RecheckAnchor(
            kind: .panel, version: oldest.version, at: oldest.at, date: oldest.date)
    }

    /// A look that repeats: from the last panel, or from `start` where there is none as late as
    /// that. One row is open at a time; the next comes with the results that close it. It is routine:
    /// what cannot wait is asked for at once by R2 or R11.
    func repeating(
        _ rule: RecheckRule, tests: Set<Analyte>, from start: RecheckAnchor, reason: String,
        predicates: [Predicate], window: (RecheckAnchor) -> RecheckWindow?
    ) -> RecheckOutcome {
        let panel = lastPanel(of: tests)
        var outcome = RecheckOutcome.nothing
        if let panel {
            for row in state.openRechecks.values where row.value.id.rule == rule {
                if panel.version != row.value.id.anchor, panel.date >= row.value.earliest {
                    outcome.satisfied[row.value.id] = [panel.version]
                }
            }
        }
        let anchor = Self.later(panel, start)
        // The next panel answers by being what the next row counts from.
        outcome.required = window(anchor).flatMap { window in
            recheck(
                rule, from: anchor, window: window, tests: tests, reason: reason,
                predicates: predicates
            ) { _ in nil }.required
        }
        return outcome
    }

    /// What a look that repeats counts from: the last panel, or `start` where there is none as late as
    /// that.
    static func later(_ panel: RecheckAnchor?, _ start: RecheckAnchor) -> RecheckAnchor {
        panel.flatMap { $0.at > start.at ? $0 : nil } ?? start
    }

    /// A look before a date that is known, answered by results of the days before it.
    func ahead(
        _ rule: RecheckRule, of anchor: RecheckAnchor, window: RecheckWindow, tests: Set<Analyte>,
        reason: String, urgency: Urgency, predicates: [Predicate] = []
    ) -> RecheckOutcome {
        recheck(
            rule, from: anchor, window: window, tests: tests, reason: reason, urgency: urgency,
            predicates: predicates
        ) { firstPanel(of: tests, from: $0, to: anchor.date) }
    }
}
