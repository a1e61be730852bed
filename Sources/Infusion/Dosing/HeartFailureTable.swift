import Foundation

/// The Injectafer table for iron deficiency in heart failure (clinical facts §1.3, FDA label).
public struct HeartFailureTable: Hashable, Sendable {
    public struct Doses: Hashable, Sendable {
        public let day1: Milligrams
        /// Zero where the table asks for none.
        public let week6: Milligrams
        public var total: Milligrams { day1 + week6 }

        public init(day1: Milligrams, week6: Milligrams) {
            self.day1 = day1
            self.week6 = week6
        }
    }

    public let cells: BandTable<Doses>
    /// Each of weeks 12, 24 and 36, and only while ferritin and saturation ask for it.
    public let maintenance: Milligrams
    /// From here on the label has no data.
    public let hemoglobinBelow: GramsPerDeciliter

    /// - Precondition: ``hasEnd(_:)``.
    public init(_ cells: BandTable<Doses>, maintenance: Milligrams) {
        guard Self.hasEnd(cells), let upper = cells.rows.last?.hemoglobin.upper else {
            preconditionFailure("the table does not say from where on there is no data")
        }
        self.cells = cells
        self.maintenance = maintenance
        hemoglobinBelow = upper.value
    }

    /// Whether the table is for every weight, and ends below a haemoglobin.
    public static func hasEnd(_ cells: BandTable<Doses>) -> Bool {
        guard let first = cells.rows.first, let last = cells.rows.last,
            let upper = last.hemoglobin.upper
        else { return false }
        return first.weight.atLeast == nil && last.weight.below == nil && !upper.isIncluded
    }

    /// Of the table's doses the largest.
    var most: Milligrams {
        cells.rows.map { max($0.cell.day1, $0.cell.week6) }.reduce(maintenance, max)
    }

    /// Day 1, week 6, and the maintenance doses of weeks 12, 24 and 36, from plan day 1.
    ///
    /// The maintenance windows of −7 to +14 days are those of recheck R7. Week 6 is not taken early, the
    /// safe reading, and may be as late as R-3 keeps its course open. The plan expires after week 38.
    public static let schedule = AnchoredSchedule(slots: [
        .init(day: 0, earliest: 0, latest: 0), .init(day: 42, earliest: 42, latest: 56),
        .init(day: 84, earliest: 77, latest: 98), .init(day: 168, earliest: 161, latest: 182),
        .init(day: 252, earliest: 245, latest: 266),
    ])

    /// The bands are compared after rounding to 0.01 g/dL.
    public func doses(
        weight: Kilograms, hemoglobin: GramsPerDeciliter
    ) throws(DosingProblem) -> Doses {
        guard let row = cells.row(weight: weight, hemoglobin: hemoglobin) else {
            throw .hemoglobinOutside(hemoglobin.banded, below: hemoglobinBelow)
        }
        return row.cell
    }

    /// The doses in their order with their days, those the table leaves out left out: all of them, or
    /// what is left of a plan that runs.
    func sequence(_ doses: Doses, in plan: RunningPlan? = nil) -> [PlannedVisit] {
        let slots = Self.schedule.slots
        let amounts = [doses.day1, doses.week6, maintenance, maintenance, maintenance]
        return zip(slots.indices, amounts).filter { index, amount in
            guard amount > .zero else { return false }
            guard let plan else { return true }
            return !plan.used.contains(index) && slots[index].latest >= plan.day
        }.map { PlannedVisit(day: slots[$0.0].day, dose: $0.1) }
    }

    /// The dose of the slot whose window holds `day`; `nil` between the windows.
    func dose(_ doses: Doses, dayOfPlan day: Int) -> Milligrams? {
        switch Self.schedule.slot(holding: day) {
        case 0: doses.day1
        case 1: doses.week6
        case .some: maintenance
        case nil: nil
        }
    }
}

extension AnchoredSchedule {
    /// The index of the slot whose window holds `day`.
    func slot(holding day: Int) -> Int? {
        slots.firstIndex { ($0.earliest...$0.latest).contains(day) }
    }

    /// The last day of the plan; then it expires.
    var lastDay: Int { slots.last?.latest ?? 0 }
}

extension GramsPerDeciliter {
    /// Rounded to 0.01 g/dL, as every band of haemoglobin is compared.
    public var banded: GramsPerDeciliter { GramsPerDeciliter(value.rounded(places: 2)) }
}
