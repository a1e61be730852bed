import Foundation

extension IronStatus {
    /// Classifies the markers by the rules of `input.context`: total over every combination of markers,
    /// missing markers and comparators (clinical facts §3; ).
    public static func classify(
        _ input: IronStatusInput, by policy: ClinicalPolicy
    ) -> IronStatus {
        let limits = policy.iron
        let predicates = IronPredicates.all(of: input, limits)
        var flags = standingFlags(input, limits)
        let reasons = invalidity(input)
        if !reasons.isEmpty {
            return IronStatus(
                context: input.context, classification: .invalid,
                eligibleToStart: IronEligibility.applies(to: input) ? false : nil,
                flags: flags.union(reasons), predicates: predicates)
        }
        let ceiling = IronCeiling(input.activeContexts, limits)
        let answers = IronSample.all(of: input, limits).map {
            Outcome($0, input, ceiling, limits)
        }
        let classifications = Set(answers.map(\.answer.classification))
        let eligibilities = Set(answers.map(\.eligible))
        for answer in answers { flags.formUnion(answer.answer.flags) }
        let agreed = classifications.count == 1 ? classifications.first : nil
        if agreed == nil || eligibilities.count > 1 { flags.insert(.comparatorLeavesOpen) }
        return IronStatus(
            context: input.context, classification: agreed ?? .indeterminate,
            eligibleToStart: eligibilities.count == 1 ? eligibilities.first ?? nil : nil,
            flags: flags, predicates: predicates)
    }

    /// What the rules say of one sample.
    private struct Outcome {
        let answer: IronAnswer
        let eligible: Bool?

        init(
            _ sample: IronSample, _ input: IronStatusInput, _ ceiling: IronCeiling,
            _ limits: IronLimits
        ) {
            answer = IronStatus.answer(sample, input, ceiling, limits)
            switch answer.classification {
            // Ceilings apply to whoever would be eligible, and contradictions come first.
            case .overload, .discordant, .invalid:
                eligible = IronEligibility.applies(to: input) ? false : nil
            case .indeterminate, .absolute, .absoluteProvisional, .functional, .possible,
                .sequestration, .notDeficient, .replete:
                eligible = IronEligibility.mayStart(sample, input, limits)
            }
        }
    }

    /// The precedence of R-13, first match wins.
    private static func answer(
        _ sample: IronSample, _ input: IronStatusInput, _ ceiling: IronCeiling,
        _ limits: IronLimits
    ) -> IronAnswer {
        if input.circumstances.contains(.knownIronOverload) { return IronAnswer(.overload) }
        if let ferritin = sample.ferritin, let saturation = sample.saturation,
            limits[.contradictedFerritin].holds(ferritin),
            limits[.highSaturation].holds(saturation)
        {
            return IronAnswer(.discordant)
        }
        if ceiling.isExceeded(ferritin: sample.ferritin, saturation: sample.saturation) {
            return IronAnswer(.overload)
        }
        // the general row is for adults.
        if input.context == .general, input.circumstances.contains(.notAdult) {
            return IronAnswer(.indeterminate)
        }
        guard let ferritin = sample.ferritin else {
            return IronAnswer(
                .indeterminate,
                sample.saturation == nil
                    ? [.ferritinMissing, .saturationMissing] : [.ferritinMissing])
        }
        guard let saturation = sample.saturation else {
            // Ferritin alone shows absolute deficiency below the low cut-off, and no more than shows it.
            let cutoff = limits[
                input.context == .general ? .generalFerritinAbsolute : .ferritinAlone]
            return IronAnswer(
                cutoff.holds(ferritin) ? .absoluteProvisional : .indeterminate,
                ferritinFlags(ferritin, input, limits).union([.saturationMissing]))
        }
        // Lower ferritin is discordant with it, higher is overload.
        if limits[.highSaturation].holds(saturation) {
            return IronAnswer(.notDeficient, [.highSaturation])
        }
        var answer = IronRow(
            limits, ferritin: ferritin, saturation: saturation, isInflamed: sample.isInflamed
        ).answer(input.context)
        answer.flags.formUnion(ferritinFlags(ferritin, input, limits))
        // NCCN on an ESA: up to its limit possible benefit, individualise (GK).
        if limits[.oncologyIndividualizeFerritin].holds(ferritin), input.context.isOncology,
            input.circumstances.contains(.onErythropoiesisStimulatingAgent)
        {
            answer.flags.insert(.individualize)
        }
        return answer
    }

    /// What ferritin shows by itself, a saturation known or not.
    private static func ferritinFlags(
        _ ferritin: Decimal, _ input: IronStatusInput, _ limits: IronLimits
    ) -> Set<IronStatusFlag> {
        var flags: Set<IronStatusFlag> = []
        // NICE: review the dose (V).
        if limits[.kidneyReviewFerritin].holds(ferritin), input.context.isKidneyDisease {
            flags.insert(.reviewDose)
        }
        // §3, before surgery: low stores.
        if limits[.preOperativeFerritinForLoss].holds(ferritin), input.context == .preOperative,
            input.circumstances.contains(.majorBloodLossExpected)
        {
            flags.insert(.lowStoresForExpectedLoss)
        }
        return flags
    }

    /// Flags that hold whatever the markers say.
    private static func standingFlags(
        _ input: IronStatusInput, _ limits: IronLimits
    ) -> Set<IronStatusFlag> {
        var flags: Set<IronStatusFlag> = []
        if input.circumstances.contains(.knownIronOverload) { flags.insert(.knownIronOverload) }
        if input.circumstances.contains(.notAdult) { flags.insert(.notAdult) }
        if limits[.lowReticulocyteHemoglobin].holds(for: input.reticulocyteHemoglobin) == true {
            flags.insert(.reticulocyteHemoglobinLow)
        }
        return flags
    }

    /// Why the markers must not be classified (§3.1, R-14, R-41).
    private static func invalidity(_ input: IronStatusInput) -> Set<IronStatusFlag> {
        var flags: Set<IronStatusFlag> = []
        for circumstance in input.circumstances {
            switch circumstance {
            case .collectedAfterIron: flags.insert(.collectedAfterIron)
            case .collectedAfterTransfusion: flags.insert(.collectedAfterTransfusion)
            case .collectedDuringInfection: flags.insert(.collectedDuringInfection)
            case .stale: flags.insert(.stale)
            case .inflammation, .onErythropoiesisStimulatingAgent, .knownIronOverload,
                .heartFailureMaintenance, .ibdRetreatment, .majorBloodLossExpected, .notAdult:
                break
            }
        }
        if let ferritin = input.ferritin?.value, ferritin < 0 { flags.insert(.valueImpossible) }
        if let protein = input.cReactiveProtein?.value, protein < 0 {
            flags.insert(.valueImpossible)
        }
        if let saturation = input.saturation?.value {
            if saturation < 0 || saturation > 100 { flags.insert(.valueImpossible) }
            if saturation > 0, saturation < 1 { flags.insert(.saturationLooksLikeFraction) }
        }
        return flags
    }
}
