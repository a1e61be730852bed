/// What every gate is asked: may this order's dose be given on this date, by what the picture
/// shows?
struct GateQuestion {
    /// Why it is asked; what is not known then differs.
    enum Occasion: Hashable {
        /// The whole prescription, before it has an order.
        case ordering
        /// The next dose, on the appointment's date.
        case booking
        /// This dose, asked about before its day.
        case reviewing(Milligrams)
        /// This dose, now at the chair.
        case starting(Milligrams)
    }

    let picture: ClinicalPicture
    let terms: OrderTerms
    /// The clinic-local date of the dose.
    let date: CalendarDate
    let occasion: Occasion
    /// Of a booking: the patient's other visits for iron, whose doses have not begun.
    let visits: [PlannedDose]
    private let memory = Memory()

    init(
        picture: ClinicalPicture, terms: OrderTerms, date: CalendarDate, occasion: Occasion,
        visits: [PlannedDose] = []
    ) {
        self.picture = picture
        self.terms = terms
        self.date = date
        self.occasion = occasion
        self.visits = visits
    }

    var policy: ClinicalPolicy { picture.context.site.policy }

    /// The doses of this order that have begun, and their last milligrams.
    var courseDoses: [DoseRecord] { picture.started.filter { $0.order == terms.id } }

    /// Plan day 1: the course's first dose, or the asked date while there is none. An anchored
    /// plan's later orders count from the first order's.
    var courseStart: CalendarDate {
        planDay1 ?? min(date, courseDoses.map(\.started.localDate).min() ?? date)
    }

    /// The first dose of the anchored plan that still runs on the asked date; `nil` for other rows.
    var planDay1: CalendarDate? { picture.anchoredPlan(of: terms.row, on: date)?.day1 }

    /// That plan as an order signed on the asked date finds it.
    var runningPlan: RunningPlan? { picture.runningPlan(of: terms.row, on: date) }

    /// The milligrams asked about: the dose's, or the next one of the prescription.
    var amount: Milligrams {
        switch occasion {
        case .starting(let planned), .reviewing(let planned): return planned
        case .ordering: return terms.prescribed.first ?? .zero
        case .booking:
            let index = min(courseDoses.count, terms.prescribed.count - 1)
            let given = courseDoses.map(\.given).reduce(.zero, +)
            let remaining = terms.prescribed.reduce(.zero, +) - given
            return index >= 0 ? min(terms.prescribed[index], remaining) : remaining
        }
    }
}

extension ClinicalPicture {
    /// The first dose of the row's anchored plan that still runs on `date`, and all of the row's doses;
    /// `nil` for other rows.
    /// - Parameter signed: Only doses of orders that were signed before it.
    fileprivate func anchoredPlan(
        of row: DosingRow, on date: CalendarDate, signedBefore signed: Instant? = nil
    ) -> (schedule: AnchoredSchedule, day1: CalendarDate, dates: [CalendarDate])? {
        guard let schedule = row.interval.anchored else { return nil }
        let orders = Set(
            state.orders.filter { record in
                record.order.dosingRow == row.id && signed.map { record.orderedAt < $0 } ?? true
            }.map(\.id))
        let dates = started.filter { orders.contains($0.order) }.map(\.started.localDate)
        let running = dates.filter { (0...schedule.lastDay).contains(date.days(since: $0)) }
        return running.min().map { (schedule, $0, dates) }
    }

    /// That plan as an order signed on `date` finds it.
    func runningPlan(
        of row: DosingRow, on date: CalendarDate, signedBefore signed: Instant? = nil
    ) -> RunningPlan? {
        anchoredPlan(of: row, on: date, signedBefore: signed).map { plan in
            RunningPlan(
                day: date.days(since: plan.day1),
                used: Set(
                    plan.dates.compactMap {
                        plan.schedule.slot(holding: $0.days(since: plan.day1))
                    }))
        }
    }
}

extension GateQuestion {
    /// What several gates work out of the same question, made once.
    private final class Memory {
        var diagnosis: (IronMarkers, IronStatus)?
        var problems: [DosingProblem]?
        var prescriptionProblems: [DosingProblem]?
    }

    /// The markers that count on the asked date, and what they say in the order's context.
    var diagnosis: (markers: IronMarkers, status: IronStatus) {
        if let known = memory.diagnosis { return known }
        let markers = IronMarkers(self)
        let made = (markers, IronStatus.classify(statusInput(markers), by: policy))
        memory.diagnosis = made
        return made
    }

    /// What the row has against the dose on its date.
    func doseProblems(_ make: () -> [DosingProblem]) -> [DosingProblem] {
        if let known = memory.problems { return known }
        let made = make()
        memory.problems = made
        return made
    }

    /// What the row has against the prescription as a whole.
    func prescriptionProblems(_ make: () -> [DosingProblem]) -> [DosingProblem] {
        if let known = memory.prescriptionProblems { return known }
        let made = make()
        memory.prescriptionProblems = made
        return made
    }
}

/// What of an order the gates read, before it is placed and after.
struct OrderTerms {
    let id: OrderID
    let product: Product
    let row: DosingRow
    let indication: ClinicalContext
    let prescribed: [Milligrams]
    let plannedTotal: Milligrams
    /// The haemoglobin the plan rests on, where its method read one.
    let planHemoglobin: GramsPerDeciliter?
    let prescriber: String
    /// `nil` before it is placed.
    let placed: OrderRecord?

    init(_ command: OrderInfusion, product: Product, row: DosingRow, plan: CoursePlan) {
        id = command.id
        self.product = product
        self.row = row
        indication = command.indication
        prescribed = command.prescribed
        plannedTotal = plan.total
        planHemoglobin = plan.hemoglobin
        prescriber = command.signature.prescriber
        placed = nil
    }

    init(
        _ record: OrderRecord, product: Product, row: DosingRow, planHemoglobin: GramsPerDeciliter?
    ) {
        id = record.id
        self.product = product
        self.row = row
        indication = record.order.indication
        prescribed = record.order.prescribed
        plannedTotal = record.order.plannedTotal
        self.planHemoglobin = planHemoglobin
        prescriber = record.order.signature.prescriber
        placed = record
    }
}

extension Decision {
    /// The order's product and row as the formulary of today has them.
    func requireTerms(of order: OrderRecord) throws(Refusal) -> OrderTerms {
        guard let product = context.formulary.product(order.order.product) else {
            throw .unknownProduct(
                order.order.product, accepted: context.formulary.products.map(\.key.name))
        }
        guard let row = context.formulary.row(order.order.dosingRow, of: order.order.product) else {
            throw .unknownDosingRow(
                order.order.dosingRow, accepted: product.rows.map(\.name).sorted())
        }
        // what the plan rests on is fixed when the plan is made.
        let planned = ClinicalPicture(state: state, context: context, at: order.orderedAt)
        let hemoglobin =
            order.order.need?.hemoglobin
            ?? planned.latest(.hemoglobin).map { GramsPerDeciliter($0.value.canonical) }
        return OrderTerms(order, product: product, row: row, planHemoglobin: hemoglobin)
    }
}
