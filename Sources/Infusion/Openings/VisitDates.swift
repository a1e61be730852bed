/// What the rules say of the dates on which an order's next visit could be: each date is judged
/// once, whatever the time.
///
/// A date is free only where a booking would be accepted, once the visits of the course that are planned before it
/// are booked; and where what it rests on is not too old by then, which a booking is not asked.
struct VisitDates {
    let decision: Decision
    let record: OrderRecord
    let terms: OrderTerms
    /// Of the visits that come before and after: those that are booked, and those of the course so
    /// far.
    let planned: [PlannedDose]
    /// The patient once they are given.
    private let expected: PatientState
    /// Whether a date may be offered for which results have to be drawn anew, without a recheck
    /// that asks for them.
    private(set) var allowsFreshLabs: Bool
    private let closing: CourseClosure?
    private let isActive: Bool
    /// Of the patient as they are, and as they will be.
    private let pictures: (now: ClinicalPicture, expected: ClinicalPicture)

    init(
        _ record: OrderRecord, terms: OrderTerms, planned: [PlannedDose], allowsFreshLabs: Bool,
        decision: Decision
    ) {
        self.decision = decision
        self.record = record
        self.terms = terms
        self.planned = planned
        self.allowsFreshLabs = allowsFreshLabs
        expected = planned.enumerated().reduce(decision.state) { state, dose in
            state.given(
                dose.element, number: dose.offset,
                formularyVersion: decision.context.formulary.version)
        }
        closing = CourseClosure(record, state: decision.state, in: decision.context)
        isActive = record.status == .active
        let (context, now) = (decision.context, decision.now)
        pictures = (
            now: ClinicalPicture(state: decision.state, context: context, at: now),
            expected: ClinicalPicture(state: expected, context: context, at: now)
        )
    }

    /// The same with one visit of the course more.
    func adding(_ dose: PlannedDose) -> VisitDates {
        VisitDates(
            record, terms: terms, planned: planned + [dose], allowsFreshLabs: allowsFreshLabs,
            decision: decision)
    }

    /// The same, where a time was refused and another is looked for: whoever wanted a date for which results have
    /// to be drawn anew will ask for them, and nobody else is offered one.
    func near(_ refused: Instant) -> VisitDates {
        var dates = self
        let needed = neededLabs(at: refused)
        if needed.labs != nil, needed.holdsBack { dates.allowsFreshLabs = true }
        return dates
    }

    /// What is due in the next visit, from an instant on, and how long it takes its chair. Before a
    /// visit that is booked it may still be the patient's first of the product.
    func next(from instant: Instant) -> (amount: Milligrams, minutes: Int) {
        let amount = question(pictures.expected, at: instant).amount
        return (
            amount,
            ChairTime(
                of: terms.product, by: terms.row, dose: amount, isFirst: isFirst(from: instant)
            ).minutes
        )
    }

    /// What a visit from an instant on is booked for at least, whichever of the doses to come is its own.
    func leastMinutes(from instant: Instant) -> Int {
        let amounts =
            planned.filter { $0.order == record.id && $0.at >= instant }.map(\.amount)
            + [next(from: instant).amount]
        return amounts.map {
            ChairTime.leastMinutes(
                of: terms.product, by: terms.row, dose: $0, isFirst: isFirst(from: instant))
        }.max() ?? 0
    }

    private func isFirst(from instant: Instant) -> Bool {
        !expected.doses.contains {
            $0.started.product == terms.product.key && $0.startedAt < instant
        }
    }

    /// The first date of a period that goes with the other visits: when the next one is due. `nil`
    /// where none does.
    func due(
        from first: CalendarDate, through last: CalendarDate, at instant: Instant
    ) -> CalendarDate? {
        (0...max(0, last.days(since: first))).lazy.map { first.adding(days: $0) }
            .first { $0 <= last && problem(on: $0, at: instant) == nil }
            .map { inWindow($0) }
    }

    /// In an anchored plan the dose is due on its own day, where its window has begun before.
    private func inWindow(_ date: CalendarDate) -> CalendarDate {
        let given = decision.state.doses(of: record.id).map(\.started.localDate)
        let started = (given + planned.map(\.date)).min()
        guard let schedule = terms.row.interval.anchored, let started else { return date }
        let day = date.days(since: started)
        guard let slot = schedule.slot(holding: day) else { return date }
        return max(date, started.adding(days: schedule.slots[slot].day))
    }

    func verdict(at instant: Instant) -> OpeningSearch.Verdict {
        let date = decision.localDate(instant)
        if !isActive || closing.map({ date > $0.lastDate }) ?? false {
            return OpeningSearch.Verdict(constraint: .orderNotActive)
        }
        if let constraint = problem(on: date, at: instant) {
            return OpeningSearch.Verdict(constraint: constraint)
        }
        let shut = BookingGates.shutOnAnyDate(question(pictures.now, at: instant))
        guard shut.isEmpty else {
            return OpeningSearch.Verdict(constraint: .gatesShut, gates: shut)
        }
        let needed = neededLabs(at: instant)
        guard let labs = needed.labs else { return .free }
        let isOffered =
            !needed.holdsBack
            || labs.from <= labs.by && (labs.recheck != nil || allowsFreshLabs)
        return OpeningSearch.Verdict(
            constraint: isOffered ? nil : .labsStale, freshLabs: labs)
    }

    /// What has to be drawn anew for a visit then, of the patient as they will be.
    private func neededLabs(at instant: Instant) -> NeededLabs {
        NeededLabs(question(planned.isEmpty ? pictures.now : pictures.expected, at: instant))
    }

    /// What the row has against the date, beside the visits that are given, booked or planned.
    func problem(on date: CalendarDate, at instant: Instant) -> OpeningConstraint? {
        GateQuestion(
            picture: pictures.now.moved(to: instant), terms: terms, date: date, occasion: .booking,
            visits: planned
        ).dateProblem
    }

    private func question(_ picture: ClinicalPicture, at instant: Instant) -> GateQuestion {
        GateQuestion(
            picture: picture.moved(to: instant), terms: terms,
            date: decision.localDate(instant), occasion: .booking)
    }
}
