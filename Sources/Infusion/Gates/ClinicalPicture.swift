import Foundation

/// A readable result: what rules decide on.
struct LabFact: Hashable {
    let lab: LabResultID
    let analyte: Analyte
    let value: LabValue
    let collectedAt: Instant
    /// The clinic-local date of collection.
    let date: CalendarDate
    let referenceLow: Decimal?
    let evidence: EventVersion
}

/// The facts of one patient as they stood at one moment, in effective order: what gates and
/// rechecks read. Nothing effective later than the moment is seen, except doses, which count on
/// both sides.
struct ClinicalPicture {
    let state: PatientState
    let context: DecisionContext
    let at: Instant
    /// Every dose that has begun, before the moment or after it.
    let started: [DoseRecord]
    /// Those that put iron into the patient, by the end of their last milligram.
    let administered: [DoseRecord]
    /// Readings by analyte, made once: a decision asks for the same ones many times.
    private let memory = Memory()

    init(state: PatientState, context: DecisionContext, at: Instant) {
        self.state = state
        self.context = context
        self.at = at
        started = state.doses
        administered = state.administered
    }

    func localDate(_ instant: Instant) -> CalendarDate {
        CalendarDate(instant, in: context.site.timeZone)
    }

    // MARK: Results

    /// The readable results of `analyte` collected by now, the newest last.
    func readings(_ analyte: Analyte) -> [LabFact] {
        if let known = memory.readings { return known[analyte] ?? [] }
        let made = makeReadings()
        memory.readings = made
        return made[analyte] ?? []
    }

    /// By index, because a record copied is a dozen reference counts.
    private func makeReadings() -> [Analyte: [LabFact]] {
        var readings: [Analyte: [LabFact]] = [:]
        for index in state.labs.indices where state.labs[index].isReadable {
            let current = state.labs[index].current
            guard current.collectedAt <= at else { continue }
            let analyte = state.labs[index].analyte
            readings[analyte, default: []].append(
                LabFact(
                    lab: state.labs[index].id, analyte: analyte, value: current.value,
                    collectedAt: current.collectedAt,
                    date: localDate(current.collectedAt),
                    referenceLow: state.labs[index].referenceLow, evidence: current.version))
        }
        return readings.mapValues { facts in
            facts.sorted { ($0.collectedAt, $0.evidence) < ($1.collectedAt, $1.evidence) }
        }
    }

    func latest(_ analyte: Analyte) -> LabFact? { readings(analyte).last }

    // MARK: The patient

    var contexts: Kept<Set<ClinicalContext>>? { state.contexts.at(at) }

    func age(on date: CalendarDate) -> Age? {
        state.registration?.identity.value.map { Age(birth: $0.birthDate, on: date) }
    }

    /// Infection, or a treatment that implies one; `nil` when nobody has asked.
    func infection(at instant: Instant) -> Kept<Bool>? {
        let therapy = state.facts.therapies[.intravenousAntibiotic]?.at(instant)
        if let therapy, therapy.value { return therapy }
        return state.facts.infection.at(instant)
    }

    func isActive(_ therapy: Therapy) -> Bool {
        state.facts.therapies[therapy]?.at(at)?.value ?? false
    }

    /// Treatments of cancer itself.
    static let cancerTherapies: [Therapy] = [
        .chemotherapy, .targetedTherapy, .immunotherapy, .radiotherapy,
    ]

    // MARK: Iron and blood given (facts §1.6b, §3.1)

    /// Milligrams given in the days that end on `date` and spoil specimens, all products; a dose that
    /// many days before is out.
    func milligrams(inTheDaysBefore date: CalendarDate) -> Milligrams {
        doses(inTheDaysBefore: date).map(\.given.given).reduce(.zero, +)
    }

    /// The ends of the doses of the same days.
    func doses(inTheDaysBefore date: CalendarDate) -> [DoseRecord.End] {
        let days = context.site.policy.specimens.ironDays
        return administered.compactMap(\.end)
            .filter { (0..<days).contains(date.days(since: $0.given.localDate)) }
    }

    /// The last dose that ended by `instant`.
    func lastDose(by instant: Instant) -> DoseRecord? {
        administered.last { ($0.end?.at ?? $0.startedAt) <= instant }
    }

    /// The last transfusion by `instant`, in effective order.
    func lastTransfusion(by instant: Instant) -> Kept<Transfusion>? {
        state.transfusions.filter { $0.effectiveAt <= instant }
            .max { ($0.effectiveAt, $0.version) < ($1.effectiveAt, $1.version) }
    }
}

extension ClinicalPicture {
    /// What the picture has worked out already. It only ever holds what the picture's own facts
    /// give, so that asking twice and asking once are the same.
    final class Memory {
        var readings: [Analyte: [LabFact]]?
        var saturations: [SaturationReading]?
    }

    /// The saturations collected by now, the newest last; see ``makeSaturations()``.
    func saturations() -> [SaturationReading] {
        if let known = memory.saturations { return known }
        let made = makeSaturations()
        memory.saturations = made
        return made
    }
}
