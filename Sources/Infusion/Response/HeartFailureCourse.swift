public import Foundation

/// One course of iron in heart failure as the cohort report counts it: how the stores stood before
/// it and what came of it. Information and never a gate: that a higher baseline ferritin goes with
/// less iron taken up by the heart is a hypothesis (SEED-D; doi 10.1002/ejhf.3730).
public struct HeartFailureCourse: Hashable, Sendable {
    /// The cut-offs of the definition of iron deficiency in heart failure (clinical facts §3, ESC/HFA and
    /// AHA): ferritin below 100 ng/mL, or 100 to 299 with a saturation below 20 %. No site sets them: the
    /// cohorts of two clinics must mean the same.
    private enum CutOff {
        /// ng/mL.
        static let absoluteFerritin = Decimal(100)
        /// ng/mL.
        static let functionalFerritin = Decimal(300)
        /// %.
        static let saturation = Decimal(20)
    }

    /// The bands of the definition of iron deficiency in heart failure, ng/mL.
    public enum FerritinBand: String, Hashable, Sendable, CaseIterable {
        case below100, from100To299, from300, unknown
    }

    /// %.
    public enum SaturationBand: String, Hashable, Sendable, CaseIterable {
        case below20, from20, unknown
    }

    /// The first one, where a plan has several.
    public let order: OrderID
    public let ferritin: FerritinBand
    public let saturation: SaturationBand
    public let level: ResponseLevel
    /// g/dL, from the valid value before the course to the newest of day 28 and later.
    public let hemoglobinChange: Decimal?
    /// ng/mL, of the same days.
    public let ferritinChange: Decimal?
    /// Whether any symptom was there when the course began; `nil` where nobody recorded one.
    public let symptomsBefore: Bool?
    /// Whether any was last told to be there on day 28 and later; `nil` where none was told then.
    public let symptomsAfter: Bool?
    /// Admissions for heart failure after day 1, until the next course begins; `nil` where nobody has told
    /// of any, or that there was none, since then.
    public let admissions: Int?
    /// Why by vein, as the first order says; `nil` where it does not.
    public let whyIntravenous: IntravenousReason?

    /// Every course of `state` that was begun in heart failure and put iron into the patient. The orders
    /// of one anchored plan, its maintenance included, are one course.
    public static func all(
        of state: PatientState, in context: DecisionContext
    ) -> [HeartFailureCourse] {
        // The survivor has them, and nobody is counted twice.
        if state.mergedInto != nil { return [] }
        let picture = ClinicalPicture(state: state, context: context, at: context.now)
        return picture.ordersByPlan.compactMap { orders in
            guard let course = ResponseCourse(of: orders, picture), course.isHeartFailure else {
                return nil
            }
            return HeartFailureCourse(course)
        }
    }

    private init(_ course: ResponseCourse) {
        let stored = course.baselineFerritin
        order = course.order.id
        ferritin = stored.map { Self.band($0.value) } ?? .unknown
        saturation = course.baselineSaturationBand
        level = LevelJudgement(course).level
        hemoglobinChange = Self.change(course.baseline, course.answering(.hemoglobin).last)
        ferritinChange = Self.change(stored, course.answering(.ferritin).last)
        symptomsBefore = course.symptomsBefore
        symptomsAfter = course.symptomsAfter
        admissions = course.admissions
        whyIntravenous = course.order.order.whyIntravenous
    }

    private static func band(_ value: LabValue) -> FerritinBand {
        let range = ReportedRange(value.canonical, value.comparator)
        if range.isBelow(CutOff.absoluteFerritin) == true { return .below100 }
        if range.isAtLeast(CutOff.functionalFerritin) == true { return .from300 }
        return range.isAtLeast(CutOff.absoluteFerritin) == true
            && range.isBelow(CutOff.functionalFerritin) == true ? .from100To299 : .unknown
    }

    fileprivate static func band(saturation marker: IronMarker) -> SaturationBand {
        switch ReportedRange(marker.value, marker.comparator).isBelow(CutOff.saturation) {
        case true?: .below20
        case false?: .from20
        case nil: .unknown
        }
    }

    /// Exact values only: the difference of `<15` is not known.
    private static func change(_ before: LabFact?, _ after: LabFact?) -> Decimal? {
        guard let before, let after, before.value.comparator == nil, after.value.comparator == nil
        else { return nil }
        return after.value.canonical - before.value.canonical
    }
}

extension ClinicalPicture {
    /// The orders that iron was given under, by their first doses; those of one row whose first doses
    /// lie within one anchored plan together, for it is never re-anchored.
    fileprivate var ordersByPlan: [[OrderID]] {
        var plans: [(row: DosingRowID, day1: CalendarDate, lastDay: Int?, orders: [OrderID])] = []
        for dose in administered.sorted(by: {
            ($0.startedAt, $0.version) < ($1.startedAt, $1.version)
        }) {
            guard let record = state.order(dose.order),
                !plans.contains(where: { $0.orders.contains(record.id) })
            else { continue }
            let row = record.order.dosingRow
            let date = dose.started.localDate
            let running = plans.lastIndex { plan in
                plan.row == row && plan.lastDay.map { date.days(since: plan.day1) <= $0 } ?? false
            }
            if let running {
                plans[running].orders.append(record.id)
                continue
            }
            let schedule = context.formulary.row(row, of: record.order.product)?.interval.anchored
            plans.append((row, date, schedule?.lastDay, [record.id]))
        }
        return plans.map(\.orders)
    }
}

extension ResponseCourse {
    fileprivate var isHeartFailure: Bool {
        order.order.indication == .heartFailure
            || picture.state.contexts.at(firstDose.startedAt)?.value.contains(.heartFailure) == true
    }

    /// Valid, and no older than the gates would take it.
    fileprivate var baselineFerritin: LabFact? {
        picture.readings(.ferritin).last { lab in
            lab.collectedAt <= firstDose.startedAt && picture.flaw(of: lab) == nil
                && firstDose.started.localDate.days(since: lab.date) <= maxAgeDays
        }
    }

    fileprivate var baselineSaturationBand: HeartFailureCourse.SaturationBand {
        let reading = picture.saturations().last { reading in
            reading.collectedAt <= firstDose.startedAt && picture.flaw(of: reading) == nil
                && firstDose.started.localDate.days(since: reading.date) <= maxAgeDays
        }
        return reading.map { HeartFailureCourse.band(saturation: $0.marker) } ?? .unknown
    }

    private var maxAgeDays: Int { picture.context.site.policy.diagnosis.ironMaxAgeDays }

    fileprivate var symptomsBefore: Bool? {
        let told = picture.state.facts.symptoms.values.compactMap { $0.at(firstDose.startedAt) }
        return told.isEmpty ? nil : told.contains(where: \.value)
    }

    fileprivate var symptomsAfter: Bool? {
        let told = picture.state.facts.symptoms.values.compactMap { $0.at(picture.at) }
            .filter { answers(on: picture.localDate($0.effectiveAt)) }
        return told.isEmpty ? nil : told.contains(where: \.value)
    }

    /// Each by its date, told twice counted once. A word that it did not happen after all takes back the last
    /// one told before it. Who was told of after day 1 and of no admission since had none.
    fileprivate var admissions: Int? {
        let told =
            picture.state.facts.happened[.heartFailureAdmission]?.entries
            .filter { $0.effectiveAt <= picture.at } ?? []
        guard told.contains(where: { $0.effectiveAt > firstDose.startedAt }) else { return nil }
        var dates: [CalendarDate] = []
        for kept in told {
            guard let date = kept.value else {
                _ = dates.popLast()
                continue
            }
            if !dates.contains(date) { dates.append(date) }
        }
        return dates.count { $0 > firstDose.started.localDate }
    }
}
