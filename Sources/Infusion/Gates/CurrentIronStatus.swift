/// What a patient's results say of the iron status in each active context, outside any order: shown to
/// people, and decided on by nobody. A dose is judged by G-DX, which also looks at the course.
public enum CurrentIronStatus {
    /// One answer per active context, in the order of their names; by the newest valid result of each
    /// marker collected by `instant`. One that is too old for a diagnosis by then (facts §3.1) is as good as
    /// none, and flagged as stale.
    public static func classify(
        _ state: PatientState, at instant: Instant, in context: DecisionContext
    ) -> [IronStatus] {
        let picture = ClinicalPicture(state: state, context: context, at: instant)
        let active = picture.contexts?.value ?? []
        let date = picture.localDate(instant)
        return active.sorted { $0.rawValue < $1.rawValue }.map { kind in
            let days = picture.ironAge(for: kind).days
            let ferritin = picture.newestValid(.ferritin)
            let protein = picture.newestValid(.cReactiveProtein)
            let saturation = picture.saturations().last { picture.flaw(of: $0) == nil }
            func isFresh(_ drawn: CalendarDate) -> Bool { date.days(since: drawn) <= days }
            let status = IronStatus.classify(
                IronStatusInput(
                    context: kind, activeContexts: active,
                    ferritin: ferritin.flatMap { isFresh($0.date) ? $0.marker : nil },
                    saturation: saturation.flatMap { isFresh($0.date) ? $0.marker : nil },
                    cReactiveProtein: protein.flatMap { isFresh($0.date) ? $0.marker : nil },
                    reticulocyteHemoglobin: picture.reticulocyteHemoglobin,
                    circumstances: picture.circumstances(on: date)),
                by: context.site.policy)
            let drawn = [ferritin?.date, protein?.date, saturation?.date].compactMap(\.self)
            return drawn.allSatisfy(isFresh) ? status : status.flagged(.stale)
        }
    }
}

extension IronStatus {
    fileprivate func flagged(_ flag: IronStatusFlag) -> IronStatus {
        IronStatus(
            context: context, classification: classification, eligibleToStart: eligibleToStart,
            flags: flags.union([flag]), predicates: predicates)
    }
}

extension ClinicalPicture {
    fileprivate func newestValid(
        _ analyte: Analyte
    ) -> (marker: IronMarker, date: CalendarDate)? {
        readings(analyte).last { flaw(of: $0) == nil }.map {
            (IronMarker($0.value, evidence: [$0.evidence]), $0.date)
        }
    }

    /// The newest haemoglobin content of reticulocytes; a flag, and never decided on alone.
    var reticulocyteHemoglobin: IronMarker? {
        newestValid(.reticulocyteHemoglobin)?.marker
    }

    /// What is true of the patient whatever is asked.
    func circumstances(on date: CalendarDate) -> Set<IronStatusCircumstance> {
        var circumstances: Set<IronStatusCircumstance> = []
        if isActive(.erythropoiesisStimulatingAgent) {
            circumstances.insert(.onErythropoiesisStimulatingAgent)
        }
        if state.facts.knownIronOverload.at(at)?.value == true {
            circumstances.insert(.knownIronOverload)
        }
        for (condition, circumstance) in [
            (ClinicalCondition.inflammation, IronStatusCircumstance.inflammation),
            (.majorBloodLossExpected, .majorBloodLossExpected),
        ] where state.facts.conditions[condition]?.at(at)?.value == true {
            circumstances.insert(circumstance)
        }
        if let age = age(on: date) {
            if age < .adult { circumstances.insert(.notAdult) }
        } else {
            circumstances.insert(.notAdult)
        }
        return circumstances
    }
}
