/// What a patient's results say of the iron status in each active context, outside any order: shown to
/// people, and decided on by nobody. A dose is judged by G-DX, which also looks at the results' ages and
/// at the course.
public enum CurrentIronStatus {
    /// One answer per active context, in the order of their names; by the newest valid result of each
    /// marker collected by `instant`, however old.
    public static func classify(
        _ state: PatientState, at instant: Instant, in context: DecisionContext
    ) -> [IronStatus] {
        let picture = ClinicalPicture(state: state, context: context, at: instant)
        let active = picture.contexts?.value ?? []
        let ferritin = picture.newestValid(.ferritin)
        let saturation = picture.saturations().last { picture.flaw(of: $0) == nil }?.marker
        let cReactiveProtein = picture.newestValid(.cReactiveProtein)
        let date = picture.localDate(instant)
        return active.sorted { $0.rawValue < $1.rawValue }.map { kind in
            IronStatus.classify(
                IronStatusInput(
                    context: kind, activeContexts: active, ferritin: ferritin,
                    saturation: saturation, cReactiveProtein: cReactiveProtein,
                    reticulocyteHemoglobin: picture.reticulocyteHemoglobin,
                    circumstances: picture.circumstances(on: date)),
                by: context.site.policy)
        }
    }
}

extension ClinicalPicture {
    fileprivate func newestValid(_ analyte: Analyte) -> IronMarker? {
        readings(analyte).last { flaw(of: $0) == nil }.map {
            IronMarker($0.value, evidence: [$0.evidence])
        }
    }

    /// The newest haemoglobin content of reticulocytes; a flag, and never decided on alone.
    var reticulocyteHemoglobin: IronMarker? { newestValid(.reticulocyteHemoglobin) }

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
