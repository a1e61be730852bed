/// RE1: an ESA makes red cells faster than the stores can follow, and so makes a deficiency of its
/// own (§0.1 SEED-A; "starting an ESA creates demand").
extension RecheckView {
    /// Haemoglobin, ferritin and saturation once after each start. Where so much iron was given
    /// since that nothing can be read for as long as the look would wait, R3 and R4 are it.
    func stimulation() -> RecheckOutcome {
        guard let start = stimulationStart else { return .nothing }
        var outcome = recheck(
            .erythropoiesisStimulation, from: start, window: windows.stimulation,
            tests: Self.ironPanel, reason: "iron-after-esa-start"
        ) { firstPanel(of: Self.ironPanel, from: $0) }
        if let dose = lastDoseAnchor, dose.at >= start.at,
            picture.ironWindow(on: dose.date) >= windows.stimulation.due
        {
            outcome.required = nil
        }
        return outcome
    }

    /// Since when an ESA has run; `nil` where none does.
    var stimulationStart: RecheckAnchor? {
        state.facts.therapies[.erythropoiesisStimulatingAgent]?.entries.reversed()
            .prefix { $0.value }.last.map {
                RecheckAnchor(
                    kind: .treatment, version: $0.version, at: $0.effectiveAt,
                    date: picture.localDate($0.effectiveAt))
            }
    }
}
