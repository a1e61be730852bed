/// What the pharmacy makes of a dose and how long the chair takes for it, all computed from its milligrams.
///
/// It says what a label says of the amount, and nothing about whether the dose may be given.
public struct DoseMaking: Hashable, Sendable {
    /// The least time by one of the row's routes; after a slow start, of what is left then.
    public struct Time: Hashable, Sendable {
        public let route: InfusionTimeRule.Route
        /// Rounded up; `nil` where the label names no time.
        public let minutes: Int?
    }

    /// What everything here is computed from.
    public let amount: Milligrams
    /// The amount before it was rounded to whole vials.
    public let unrounded: Milligrams
    /// Of the product as it comes.
    public let volume: Milliliters
    public let preparation: Result<Preparation, NoPreparation>
    /// One for each route of the row.
    public let times: [Time]
    public let first: FirstPortion?
    /// From the end of the infusion, and until clinically stable.
    public let observationMinutes: Int
    /// `nil` where no size is known.
    public let vials: VialCount?

    /// - Parameters:
    ///   - most: What rounding to whole vials may not go beyond.
    ///   - rule: The product's, of the same formulary.
    ///   - needsTestDose: Whether none of the product has been tolerated yet.
    ///   - leftOver: What may be left of the vials for the sake of fewer, in percent of the amount.
    /// - Returns: `nil` where there is nothing to give.
    public init?(
        of dose: Milligrams, atMost most: Milligrams, product: Product, row: DosingRow,
        rule: PreparationRule?, needsTestDose: Bool, rounding: VialRounding, leftOver percent: Int
    ) {
        guard dose > .zero else { return nil }
        let asked = FirstPortion(of: dose, product, needsTestDose: needsTestDose)
        amount = rounding.rounded(
            dose, to: product.vials, atMost: most, isTestDose: asked?.isWholeTest ?? false)
        unrounded = dose
        volume = product.milliliters(for: amount)
        preparation = Self.preparation(of: amount, in: volume, row: row, rule: rule)
        let portion = FirstPortion(of: amount, product, needsTestDose: needsTestDose)
        first = portion
        let paced = portion.flatMap { $0.kind == .slowStart ? $0.rest : nil } ?? amount
        let routes = InfusionTimeRule.Route.allCases.filter { route in
            row.infusion.contains { $0.route == route }
        }
        times = routes.map { route in
            Time(route: route, minutes: row.minimumMinutes(for: paced, by: route))
        }
        let wait = portion.flatMap { $0.isWholeTest ? $0.minutes : nil } ?? 0
        observationMinutes = max(product.observationMinutes, wait)
        vials = VialCount(for: amount, from: product.vials, leaving: percent)
    }

    private static func preparation(
        of amount: Milligrams, in volume: Milliliters, row: DosingRow, rule: PreparationRule?
    ) -> Result<Preparation, NoPreparation> {
        guard !row.isOffLabel else { return .failure(.offLabel) }
        guard let rule else { return .failure(.noRule) }
        let isInfused = row.infusion.isEmpty || row.infusion.contains { $0.route == .infusion }
        guard isInfused || rule.diluents.isEmpty else { return .failure(.injection) }
        do throws(PreparationProblem) {
            return .success(try rule.preparation(of: amount, in: volume))
        } catch {
            return .failure(.noVolume(error))
        }
    }
}

extension FirstPortion {
    /// The dose is the test itself, after which the patient stays for as long as the rest would wait.
    var isWholeTest: Bool { kind == .testDose && rest == .zero }
}
