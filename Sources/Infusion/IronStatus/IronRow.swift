import Foundation

/// What one context's row says of one sample, once nothing of higher precedence has spoken.
struct IronAnswer: Hashable {
    var classification: IronClassification
    var flags: Set<IronStatusFlag> = []

    init(_ classification: IronClassification, _ flags: Set<IronStatusFlag> = []) {
        self.classification = classification
        self.flags = flags
    }

    static let needsProtein = IronAnswer(.indeterminate, [.cReactiveProteinMissing])
}

/// The rows of clinical facts §3 as R-12 makes them total; both markers known and below every ceiling.
enum IronRow {
    static func answer(
        _ context: ClinicalContext, ferritin: Decimal, saturation: Decimal, isInflamed: Bool?,
        absoluteFerritin: Decimal
    ) -> IronAnswer {
        let isLow = saturation < 20
        switch context {
        case .general:
            return general(ferritin, isLow, isInflamed, absoluteBelow: absoluteFerritin)
        case .oncology, .metastaticBreastCancer: return oncology(ferritin, isLow)
        case .heartFailure: return heartFailure(ferritin, isLow)
        case .ckdNonDialysis, .ckdPeritonealDialysis:
            return kidney(
                ferritin, isLow, isInflamed, mayStart: saturation < 40, functional: ferritin < 300)
        case .ckdHemodialysis:
            return kidney(
                ferritin, isLow, isInflamed, mayStart: saturation <= 30, functional: ferritin <= 500
            )
        case .ibdActive: return activeBowelDisease(ferritin, isLow)
        case .ibdInactive: return inactiveBowelDisease(ferritin, isLow, isInflamed)
        case .pregnancy: return pregnancy(ferritin, isLow)
        case .preOperative: return preOperative(ferritin, isLow, isInflamed)
        }
    }

    ///
    private static func general(
        _ ferritin: Decimal, _ isLow: Bool, _ isInflamed: Bool?, absoluteBelow: Decimal
    ) -> IronAnswer {
        if ferritin < absoluteBelow { return IronAnswer(.absolute) }
        if ferritin < 100 {
            guard isLow else { return IronAnswer(.notDeficient) }
            return switch isInflamed {
            case true?: IronAnswer(.functional)
            case false?: IronAnswer(.possible)
            case nil: .needsProtein
            }
        }
        return isLow ? lowSaturationWithStores(isInflamed) : IronAnswer(.replete)
    }

    /// Ferritin of 100 or more with low saturation: sequestration if inflamed, else open.
    private static func lowSaturationWithStores(_ isInflamed: Bool?) -> IronAnswer {
        switch isInflamed {
        case true?: IronAnswer(.sequestration)
        case false?: IronAnswer(.indeterminate, [.lowSaturationUnexplained])
        case nil: .needsProtein
        }
    }

    /// ESMO and SEED-A: absolute up to 100 inclusive, functional above it up to the ceiling of 800.
    private static func oncology(_ ferritin: Decimal, _ isLow: Bool) -> IronAnswer {
        if ferritin < 30 { return IronAnswer(.absolute) }
        if ferritin <= 100 { return IronAnswer(.absolute, isLow ? [] : [.guidelineOnly]) }
        return IronAnswer(isLow ? .functional : .replete)
    }

    /// ESC, AHA: below 100 whatever the saturation; 100 to below 300 with low saturation.
    private static func heartFailure(_ ferritin: Decimal, _ isLow: Bool) -> IronAnswer {
        if ferritin < 100 { return IronAnswer(.absolute, isLow ? [] : [.packerDisagrees]) }
        guard isLow else { return IronAnswer(.replete) }
        return ferritin < 300
            ? IronAnswer(.functional) : IronAnswer(.sequestration, [.packerDisagrees])
    }

    /// KDIGO gives rules for starting, not definitions, and the two are kept apart (§3, R-11). Absolute
    /// is a ferritin below the low cut-off of 30 whatever the saturation, as everywhere, and NICE's
    /// (below 100 with saturation below 20). On haemodialysis a saturation above 30 then says not to
    /// start: as where guidelines differ in heart failure, the class stands and a flag says so.
    /// Functional reaches as far as KDIGO would start; the rest is the general row's.
    private static func kidney(
        _ ferritin: Decimal, _ isLow: Bool, _ isInflamed: Bool?, mayStart: Bool,
        functional: Bool
    ) -> IronAnswer {
        if ferritin < 30 {
            return IronAnswer(.absolute, mayStart ? [] : [.startRuleDisagrees])
        }
        if ferritin < 100 { return IronAnswer(isLow ? .absolute : .notDeficient) }
        guard isLow else { return IronAnswer(.replete) }
        return functional ? IronAnswer(.functional) : lowSaturationWithStores(isInflamed)
    }

    /// Active disease: 30 to 100, both included, with low saturation is mixed deficiency.
    private static func activeBowelDisease(_ ferritin: Decimal, _ isLow: Bool) -> IronAnswer {
        if ferritin < 30 { return IronAnswer(.absolute) }
        if ferritin <= 100 { return IronAnswer(isLow ? .functional : .notDeficient) }
        return IronAnswer(isLow ? .sequestration : .replete)
    }

    /// Inactive means a normal C-reactive protein: if it is raised the active row holds, if it is missing
    /// a low saturation leaves the answer open. Ferritin of 30 or more is then not deficient.
    private static func inactiveBowelDisease(
        _ ferritin: Decimal, _ isLow: Bool, _ isInflamed: Bool?
    ) -> IronAnswer {
        if ferritin < 30 { return IronAnswer(.absolute) }
        if isInflamed == true { return activeBowelDisease(ferritin, isLow) }
        guard isLow else { return IronAnswer(ferritin < 100 ? .notDeficient : .replete) }
        return isInflamed == nil ? .needsProtein : IronAnswer(.notDeficient)
    }

    /// Below 30; a higher ferritin does not exclude deficiency (BSH): with low saturation possible.
    private static func pregnancy(_ ferritin: Decimal, _ isLow: Bool) -> IronAnswer {
        if ferritin < 30 { return IronAnswer(.absolute) }
        if isLow { return IronAnswer(.possible) }
        return IronAnswer(ferritin < 100 ? .notDeficient : .replete)
    }

    /// 30 to 100, both included, with low saturation and/or a raised C-reactive protein is functional.
    private static func preOperative(
        _ ferritin: Decimal, _ isLow: Bool, _ isInflamed: Bool?
    ) -> IronAnswer {
        if ferritin < 30 { return IronAnswer(.absolute) }
        if ferritin <= 100 {
            if isLow { return IronAnswer(.functional) }
            return switch isInflamed {
            case true?: IronAnswer(.functional)
            case false?: IronAnswer(.notDeficient)
            case nil: .needsProtein
            }
        }
        return isLow ? lowSaturationWithStores(isInflamed) : IronAnswer(.replete)
    }
}
