import Foundation

/// A placed order's plan, asked about and not changed: its total and what that rests on, what is left, and
/// what the same method would say now.
public struct OrderPlan: Hashable, Sendable {
    /// A dose still to come, if it is the next one and those before it are given as planned.
    public struct FurtherDose: Hashable, Sendable {
        /// From 1, within the order.
        public let number: Int
        /// What the prescription still asks for.
        public let prescribed: Milligrams
        /// The most that the row allows at once; `nil` where what it needs is not known.
        public let atMost: Milligrams?
        /// What is made of the lesser of the two; `nil` where nobody knows how much that is.
        public let making: DoseMaking?
        /// The first date, from the asked one on, on which neither an interval (G-INTERVAL) nor the weekly
        /// limit is against it; `nil` where there is none.
        public let earliest: CalendarDate?

        public init(
            number: Int, prescribed: Milligrams, atMost: Milligrams?, making: DoseMaking?,
            earliest: CalendarDate?
        ) {
            self.number = number
            self.prescribed = prescribed
            self.atMost = atMost
            self.making = making
            self.earliest = earliest
        }
    }

    public let order: InfusionOrder
    public let placedBy: EventVersion
    /// What the total was computed from, as known when the order was placed.
    public let inputs: [Predicate]
    public let given: Milligrams
    public let remaining: Milligrams
    public let status: OrderStatus
    public let further: [FurtherDose]
    /// The total that the same method gives at the asked moment; the order's own stays. `nil` where
    /// it finds none.
    public let again: Milligrams?
    /// What `again` was computed from.
    public let inputsNow: [Predicate]
    /// The first new fact by which the method would give another total than the order's. Within the
    /// course nothing changes that one: it is a new order's.
    public let wouldChange: WouldChange

    public init(
        order: InfusionOrder, placedBy: EventVersion, inputs: [Predicate], given: Milligrams,
        remaining: Milligrams, status: OrderStatus, further: [FurtherDose], again: Milligrams?,
        inputsNow: [Predicate], wouldChange: WouldChange
    ) {
        self.order = order
        self.placedBy = placedBy
        self.inputs = inputs
        self.given = given
        self.remaining = remaining
        self.status = status
        self.further = further
        self.again = again
        self.inputsNow = inputsNow
        self.wouldChange = wouldChange
    }

    /// - Parameters:
    ///   - placing: What was known when the order was placed, before its event.
    ///   - instant: The moment asked about, and the earliest for a further dose.
    public init(
        of id: OrderID, placing: PatientState, given state: PatientState, at instant: Instant,
        in context: DecisionContext
    ) throws(Refusal) {
        let decision = Decision(state: state, context: context)
        let record = try decision.requireOrder(id)
        let terms = try decision.requireTerms(of: record)
        order = record.order
        placedBy = record.version
        given = record.given
        remaining = record.remaining
        status = record.status
        let planned = ClinicalPicture(state: placing, context: context, at: record.orderedAt)
        let asked = ClinicalPicture(state: state, context: context, at: instant)
        inputs = PlanEvidence(record: record, row: terms.row, picture: planned).predicates
        inputsNow = PlanEvidence(record: record, row: terms.row, picture: asked).predicates
        further = FurtherDoses(record: record, terms: terms, picture: asked).all
        let replan = Replan(
            order: record.order, product: terms.product, row: terms.row,
            tables: context.formulary.needs)
        again = replan.total(by: asked)
        wouldChange = replan.wouldChange(
            Hypothesis(state: state, context: context), now: again, at: instant)
    }
}

/// The doses still to come, one after the other.
private struct FurtherDoses {
    let record: OrderRecord
    let terms: OrderTerms
    let picture: ClinicalPicture

    var all: [OrderPlan.FurtherDose] {
        guard record.status == .active || record.status == .held else { return [] }
        var found: [OrderPlan.FurtherDose] = []
        var others = picture.started.map { dose in
            AdministeredIron(
                date: dose.started.localDate, amount: dose.counted,
                inCourse: dose.order == record.id)
        }
        var left = record.remaining
        var number = picture.started.count { $0.order == record.id }
        var date = picture.localDate(picture.at)
        var testDose = TestDose(of: terms.product, among: picture.started)
            .flatMap { $0.fulfilled == nil ? $0.amount : nil }
        while left > .zero, found.count < InfusionLimits.prescribedDosesPerOrder {
            let asked =
                number < record.order.prescribed.count
                ? min(record.order.prescribed[number], left) : left
            let question = GateQuestion(
                picture: picture, terms: terms, date: date, occasion: .reviewing(asked))
            let subject = DosingCheck(question).subject
            let proposal = ProposedDose(
                amount: asked, date: date, others: others, plannedTotal: terms.plannedTotal,
                planDay1: question.planDay1,
                minimumDaysBetweenCourses: question.policy.diagnosis.minimumDaysBetweenCourses)
            let earliest = terms.row.earliestDate(
                proposal, for: subject, indication: terms.indication)
            let position = DosePosition(
                number: number + 1,
                dayOfPlan: proposal.moved(to: earliest ?? date).dayOfPlan)
            let most = (try? terms.row.limit(for: subject, at: position))?.single
            found.append(
                OrderPlan.FurtherDose(
                    number: number + 1, prescribed: asked, atMost: most,
                    making: most.flatMap {
                        making(of: min(asked, $0), atMost: min(left, $0), testDose: testDose)
                    }, earliest: earliest))
            if let test = testDose, asked >= test { testDose = nil }
            guard let earliest else { return found }
            others.append(AdministeredIron(date: earliest, amount: asked, inCourse: true))
            date = earliest
            left = left - asked
            number += 1
        }
        return found
    }

    /// - Parameter testDose: `nil` where the product has none, or one has been given by then.
    private func making(
        of dose: Milligrams, atMost most: Milligrams, testDose: Milligrams?
    ) -> DoseMaking? {
        let preparation = picture.context.site.policy.preparation
        return DoseMaking(
            of: dose, atMost: most, product: terms.product, row: terms.row,
            rule: picture.context.formulary.preparation(of: terms.product.key),
            needsTestDose: testDose != nil,
            rounding: VialRounding(percent: preparation.vialRoundingPercent),
            leftOver: preparation.vialLeftOverPercent)
    }
}

/// The same prescription by the same method, planned at another moment.
private struct Replan {
    let order: InfusionOrder
    let product: Product
    let row: DosingRow
    let tables: IronNeedTables

    func total(by picture: ClinicalPicture) -> Milligrams? {
        let command = order.command(by: tables)
        return (try? CoursePlan(command, product: product, row: row, picture: picture))?.total
    }

    func wouldChange(
        _ hypothesis: Hypothesis, now total: Milligrams?, at instant: Instant
    ) -> WouldChange {
        let make = CandidateMaker(hypothesis: hypothesis, at: instant)
        let text = "\(order.plannedTotal.value)"
        if let total, total != order.plannedTotal {
            return .fact(
                NewFact(
                    .order, "planned-total", "\(total.value)", unit: Units.Milligram.ucum,
                    total < order.plannedTotal ? "<" : ">", text, on: make.date))
        }
        let picture = ClinicalPicture(
            state: hypothesis.state, context: hypothesis.context, at: instant)
        // A loss is what was told of it: nothing that is learnt of the patient changes it.
        let isFixed = row.hasFixedCourse(by: order.method) || order.method.replacesLoss
        return WouldChange.first(
            of: candidates(make, picture),
            otherwise: isFixed ? .never : .noSingleFact
        ) { trial, at in
            hypothesis.state(after: trial, at: at).flatMap { state in
                self.total(
                    by: ClinicalPicture(state: state, context: hypothesis.context, at: at))
            }.map { $0 != order.plannedTotal } ?? false
        }
    }

    /// Weight and haemoglobin around every limit of the tables and of the row, and a step beside what is
    /// known, by which a formula differs.
    private func candidates(_ make: CandidateMaker, _ picture: ClinicalPicture) -> [Candidate] {
        let tenth = d("0.1")
        func limits(_ values: [Decimal], _ known: Decimal?) -> [Choice.Limit] {
            values.map { Choice.Limit(.atLeast, $0) }
                + (known.map { [Choice.Limit(.above, $0), Choice.Limit(.below, $0)] } ?? [])
        }
        let weight = picture.state.weights.at(picture.at)?.value.value
        let hemoglobin = picture.latest(.hemoglobin)?.value.canonical
        let population = row.population.weight
        let weights =
            tables.weightLimits + [population.atLeast, population.below].compactMap { $0?.value }
        let range = InfusionLimits.weightKilograms
        let measured = Choice.around(
            limits(weights, weight), step: tenth,
            in: Decimal(range.lowerBound)...Decimal(range.upperBound), known: weight)
        let blood = Analyte.hemoglobin.choices(
            limits(tables.hemoglobinLimits, hemoglobin), known: hemoglobin)
        return ((weight.map { [Choice.again($0)] } ?? []) + measured).map(make.weight)
            + blood.map { make.result(.hemoglobin, $0) }
    }
}

extension DosingRow {
    /// Whether the label's course is the same for everybody.
    func hasFixedCourse(by method: NeedMethod) -> Bool {
        guard method == .labelCourse else { return false }
        switch (course, dose) {
        case (.flat, _), (.doses, .flat), (.doses, .schedule): return true
        case (.byNeed, _), (.perKilogram, _), (.heartFailureTable, _), (.doses, .perKilogram),
            (.doses, .weightBands), (.doses, .heartFailureTable):
            return false
        }
    }
}
