/// The visit of an order that is looked for: what the patient has already, and what would be
/// refused whatever the time.
struct OrderedVisit {
    let decision: Decision
    let moving: AppointmentRecord?
    private let order: OrderID
    private let region: LabelRegion?
    /// When the patient is somewhere else.
    let busy: [TimeSpan]

    init(
        of order: OrderID, moving id: AppointmentID?, given state: PatientState,
        at region: LabelRegion?, in context: DecisionContext
    ) throws(Refusal) {
        let decision = Decision(state: state, context: context)
        _ = try decision.requireRegistered()
        try decision.requireAlive()
        moving = try id.map { id throws(Refusal) in try decision.requireToCome(id) }
        self.decision = decision
        self.order = order
        self.region = region
        let others = state.appointments.filter { $0.id != id }
            .compactMap { state.presence(in: $0, at: context.now) }
        // Who has arrived is seated elsewhere, or waits a little longer.
        busy = others + (moving?.status == .arrived ? moving?.slot.elsewhere ?? [] : [])
    }

    func openings(
        _ question: OpeningQuestion, minutes: Int?, in calendar: SiteCalendar
    ) throws(Refusal) -> Openings {
        let calendar = freed(calendar)
        let kept = minutes ?? moving.map { Int($0.slot.end.seconds(since: $0.slot.start) / 60) }
        if let transfusion = decision.state.transfusionOrder(order) {
            return try openings(for: transfusion, question, minutes: kept, in: calendar)
        }
        let dates = try visitDates(question)
        let first = start(of: question.first, in: calendar)
        let (dose, usual) = dates.next(from: first)
        // No shorter than it would be booked.
        let minutes = kept.map { max($0, dates.leastMinutes(from: first)) } ?? usual
        let due = dates.due(from: question.first, through: question.last, at: first)
        let search = Openings.search(
            question, in: calendar, minutes: minutes, busy: busy, due: due ?? question.first,
            dose: dose, decision.context)
        let found = search.best(of: question, by: dates.verdict)
        return Openings(
            minutes: minutes, dose: dose, due: question.due ?? due,
            openings: found.openings, days: found.days,
            notJudged: calendar.notJudged + search.notJudged)
    }

    /// In any of the chairs at that very time, which the site is taken to bear.
    func openings(
        at slot: AppointmentSlot, in chairs: [ChairID], on date: CalendarDate
    ) throws(Refusal) -> Openings {
        let minutes = Int(slot.end.seconds(since: slot.start) / 60)
        let (verdict, dose) = try verdict(of: slot, on: date)
        let isElsewhere = busy.contains { $0.from < slot.end && slot.start < $0.until }
        let free = verdict.constraint == nil && !isElsewhere ? chairs : []
        return Openings(
            minutes: minutes, dose: dose, due: date,
            openings: free.map { chair in
                Opening(
                    slot: AppointmentSlot(
                        site: slot.site, chair: chair, start: slot.start, end: slot.end),
                    date: date, chairsFree: free.count,
                    rank: OpeningRank(daysFromDue: 0, unmet: [], loadPercent: nil, points: 0),
                    freshLabs: verdict.freshLabs)
            },
            days: [
                OpeningDay(
                    date, starts: free.isEmpty ? 0 : 1,
                    constraint: verdict.constraint ?? (free.isEmpty ? .chairOverlap : nil),
                    gates: verdict.gates, freshLabs: verdict.freshLabs)
            ],
            notJudged: [.staff, .stock])
    }

    /// What the patient's own rules say of a time, and what would be given then; `nil` for red cells.
    private func verdict(
        of slot: AppointmentSlot, on date: CalendarDate
    ) throws(Refusal) -> (OpeningSearch.Verdict, Milligrams?) {
        if let transfusion = decision.state.transfusionOrder(order) {
            try decision.requireBookable(transfusion, slot: slot, besides: moving?.id)
            _ = try decision.judge(transfusion, slot: slot)
            return (.free, nil)
        }
        let dates = try visitDates(
            OpeningQuestion(
                visit: .order(order, moving: moving?.id), first: date, last: date,
                nearest: slot.start))
        return (dates.verdict(at: slot.start), dates.next(from: slot.start).amount)
    }

    func courses(
        _ question: OpeningQuestion, in calendar: SiteCalendar
    ) throws(Refusal) -> Openings {
        if let transfusion = decision.state.transfusionOrder(order) {
            return try openings(for: transfusion, question, minutes: nil, in: calendar)
        }
        let dates = try visitDates(question)
        let doses = decision.dosesToBook(of: dates.record)
        var search = CourseSearch(
            question: question, calendar: calendar, busy: busy, context: decision.context)
        return search.openings(for: dates, visits: doses.left - doses.booked)
    }

    /// Red cells: the day must not be one of iron's, and the visit as long as the site's units
    /// take.
    private func openings(
        for transfusion: TransfusionOrderRecord, _ question: OpeningQuestion, minutes: Int?,
        in calendar: SiteCalendar
    ) throws(Refusal) -> Openings {
        let policy = decision.context.site.policy.transfusion
        let units = transfusion.order.units
        // A visit that was agreed when less time was given is looked for as long as it has to be.
        let kept = minutes.flatMap {
            policy.visitMinutes(of: units)?.contains($0) == true ? $0 : nil
        }
        let minutes =
            kept ?? policy.usualVisitMinutes(of: units)
            ?? Int(InfusionLimits.appointmentMinutes.upperBound)
        let search = Openings.search(
            question, in: calendar, minutes: minutes, busy: busy, due: question.first, dose: nil,
            decision.context)
        let slot = AppointmentSlot(
            site: calendar.site, chair: ChairID(""), start: decision.now,
            end: decision.now.adding(minutes: Int64(minutes)))
        try decision.requireBookable(transfusion, slot: slot, besides: moving?.id)
        let found = search.best(of: question) { instant in
            let slot = AppointmentSlot(
                site: slot.site, chair: slot.chair, start: instant,
                end: instant.adding(minutes: Int64(minutes)))
            let findings = try? decision.judge(transfusion, slot: slot)
            return findings == nil
                ? OpeningSearch.Verdict(constraint: .gatesShut, gates: [.transfusionSameDay])
                : .free
        }
        return Openings(
            minutes: minutes, dose: nil, due: question.due ?? question.first,
            openings: found.openings, days: found.days,
            notJudged: calendar.notJudged + search.notJudged)
    }

    // MARK: What is there already

    private func visitDates(_ question: OpeningQuestion) throws(Refusal) -> VisitDates {
        let record = try decision.requireActive(order, on: decision.localDate(decision.now))
        try decision.requireLicensed(record, in: region)
        if moving == nil { try decision.requireDoseToBook(of: record) }
        let dates = VisitDates(
            record, terms: try decision.requireTerms(of: record),
            planned: decision.plannedDoses(besides: moving?.id),
            allowsFreshLabs: question.allowsFreshLabs, decision: decision)
        return question.nearest.map(dates.near) ?? dates
    }

    /// What the visit takes now is free for it.
    private func freed(_ calendar: SiteCalendar) -> SiteCalendar {
        guard let moving, moving.slot.site == calendar.site else { return calendar }
        return calendar.without(SiteCalendar.Visit(moving.id, slot: moving.slot))
    }

    private func start(of date: CalendarDate, in calendar: SiteCalendar) -> Instant {
        max(calendar.clock.start(of: date), decision.now)
    }
}
