import Foundation

/// The facts of one patient as they stood at one moment, in effective order: what gates and
/// rechecks read. Nothing effective later than the moment is seen, except doses, which count on
/// both sides.
struct ClinicalPicture {
    let at: Instant
    private let facts: Facts
    /// What is made once: a decision asks for the same readings many times.
    private let memory: Memory

    var state: PatientState { facts.state }
    var context: DecisionContext { facts.context }
    /// Every dose that has begun, before the moment or after it.
    var started: [DoseRecord] { facts.state.doses }
    /// Those that put iron into the patient, by the end of their last milligram.
    var administered: [DoseRecord] { facts.administered }

    init(state: PatientState, context: DecisionContext, at: Instant) {
        self.at = at
        facts = Facts(state: state, context: context)
        memory = Memory()
    }

    /// The same facts at another moment. Where no result was collected after either, what was
    /// worked out from results is the same and is kept.
    func moved(to instant: Instant) -> ClinicalPicture {
        let newest: Instant
        if let known = memory.newestResult {
            newest = known
        } else {
            newest = state.labs.map(\.collectedAt).max() ?? instant
            memory.newestResult = newest
        }
        return ClinicalPicture(
            self, at: instant, memory: newest <= min(at, instant) ? memory : Memory())
    }

    private init(_ other: ClinicalPicture, at instant: Instant, memory: Memory) {
        at = instant
        facts = other.facts
        self.memory = memory
    }

    func localDate(_ instant: Instant) -> CalendarDate {
        CalendarDate(instant, in: context.site.timeZone)
    }

    // MARK: Results

    /// The readable results of `analyte` collected by now, the newest last.
    func readings(_ analyte: Analyte) -> Readings {
        let places: Readings.Places
        if let known = memory.places {
            places = known
        } else {
            places = Readings.places(in: state.labs, by: at)
            memory.places = places
        }
        return Readings(of: state.labs, at: places[analyte] ?? [], in: context.site.timeZone)
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

    // MARK: Visits

    /// The visits for red cells, or those for iron, on a clinic-local date; neither cancelled nor
    /// missed nor held for too long.
    func visits(ofRedCells: Bool, on date: CalendarDate) -> [AppointmentRecord] {
        state.appointments.filter { visit in
            switch visit.status {
            case .cancelled, .missed, .expired: return false
            case .held(let until) where until <= context.now: return false
            case .held, .booked, .arrived, .attended, .begun, .transfused:
                return localDate(visit.slot.start) == date
                    && (state.transfusionOrder(visit.order) != nil) == ofRedCells
            }
        }
    }

    // MARK: Iron and blood given (facts §1.6b, §3.1)

    /// Milligrams given in the days that end on `date` and spoil specimens, all products; a dose that
    /// many days before is out.
    func milligrams(inTheDaysBefore date: CalendarDate) -> Milligrams {
        let days = context.site.policy.specimens.ironDays
        return administered.lazy.compactMap(\.end).map(\.given)
            .filter { (0..<days).contains(date.days(since: $0.localDate)) }
            .reduce(.zero) { $0 + $1.given }
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
    /// What does not move with the moment. Pictures are made and passed on by the hundred, and a patient's state
    /// is of many parts: all of them share one.
    private final class Facts {
        let state: PatientState
        let context: DecisionContext
        let administered: [DoseRecord]

        init(state: PatientState, context: DecisionContext) {
            self.state = state
            self.context = context
            administered = state.administered
        }
    }

    /// What the picture has worked out already. It only ever holds what the picture's own facts
    /// give, so that asking twice and asking once are the same.
    final class Memory {
        var places: Readings.Places?
        var newestResult: Instant?
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
