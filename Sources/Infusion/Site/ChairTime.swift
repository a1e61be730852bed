/// How long a visit takes its chair, part by part (clinical facts §9.1): infusion, test dose and observation
/// by the formulary, the rest by the site.
public struct ChairTime: Hashable, Sendable {
    public enum Part: String, Hashable, Sendable, CaseIterable {
        case checkIn, access, testDose, testDoseWait, slowStart, infusion, transfusion, flush
        case observation, discharge
        /// What a first dose of a product takes longer, wherever in the visit.
        case firstDose
    }

    public struct Step: Hashable, Sendable {
        public let part: Part
        public let minutes: Int
    }

    /// In the order of the visit; none of no minutes.
    public let steps: [Step]
    /// After the patient has left: the chair's time and not the patient's.
    public let turnoverMinutes: Int

    /// From the patient's sitting down to their leaving: what a visit's slot must have.
    public var minutes: Int { steps.reduce(0) { $0 + $1.minutes } }

    public subscript(part: Part) -> Int {
        steps.reduce(0) { $0 + ($1.part == part ? $1.minutes : 0) }
    }

    private init(_ steps: [(Part, Int)], _ settings: ChairTimeSettings) {
        self.steps = steps.filter { $0.1 > 0 }.map { Step(part: $0.0, minutes: $0.1) }
        turnoverMinutes = settings[.turnover]
    }

    /// A visit for iron.
    /// - Parameters:
    ///   - dose: All of the visit's, a test dose included.
    ///   - isFirst: The patient has never had the product: it takes longer, and its label's test dose and the
    ///     wait after it come before the rest.
    public init(
        of product: Product, by row: DosingRow, dose: Milligrams, isFirst: Bool,
        settings: ChairTimeSettings = ChairTimeSettings()
    ) {
        func minutes(_ dose: Milligrams) -> Int? {
            row.minimumMinutes(for: dose, by: .infusion)
                ?? row.minimumMinutes(for: dose, by: .push)
        }
        var rest = dose
        var before: [(Part, Int)] = []
        switch product.testDose {
        case .none: break
        case .mandatory(let test, let wait):
            if isFirst {
                // A push has its rate; an infusion's minutes are those of the whole dose.
                let push = row.minimumMinutes(for: test, by: .push)
                before = [(.testDose, push ?? settings[.testDose]), (.testDoseWait, wait)]
                rest = dose - test
            }
        case .slowStart(let portion, let over):
            before = [(.slowStart, over)]
            rest = max(.zero, dose - portion)
        }
        let infusion =
            rest > .zero ? minutes(rest) ?? settings[.unprescribedInfusion] : 0
        self.init(
            [(.checkIn, settings[.checkIn]), (.access, settings[.access])] + before + [
                (.infusion, infusion), (.flush, settings[.flush]),
                (.observation, product.observationMinutes),
                (.discharge, settings[.discharge]),
                (.firstDose, isFirst ? settings[.firstDose] : 0),
            ], settings)
    }

    /// What no visit for iron is shorter than: the dose by its quickest route, a label's test dose and its wait or
    /// the slow start, and the observation, as the formulary has them.
    static func leastMinutes(
        of product: Product, by row: DosingRow, dose: Milligrams, isFirst: Bool
    ) -> Int {
        let before: (dose: Milligrams, minutes: Int)
        switch product.testDose {
        case .none: before = (.zero, 0)
        case .mandatory(let test, let wait): before = isFirst ? (test, wait) : (.zero, 0)
        case .slowStart(let portion, let over): before = (portion, over)
        }
        let rest = dose - before.dose
        let infusion =
            rest > .zero
            ? [.infusion, .push].compactMap { row.minimumMinutes(for: rest, by: $0) }.min() : nil
        return before.minutes + (infusion ?? 0) + product.observationMinutes
    }

    /// A visit for red cells.
    public init(
        transfusionOf units: Int, settings: ChairTimeSettings = ChairTimeSettings()
    ) {
        self.init(
            [
                (.checkIn, settings[.checkIn]), (.access, settings[.access]),
                (.transfusion, units * settings[.transfusionPerUnit]),
                (.flush, settings[.flush]),
                (.observation, settings[.transfusionObservation]),
                (.discharge, settings[.discharge]),
            ], settings)
    }
}
