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
struct IronRow {
    let limits: IronLimits
    let ferritin: Decimal
    let saturation: Decimal
    let isInflamed: Bool?
    private let isLow: Bool

    init(_ limits: IronLimits, ferritin: Decimal, saturation: Decimal, isInflamed: Bool?) {
        self.limits = limits
        self.ferritin = ferritin
        self.saturation = saturation
        self.isInflamed = isInflamed
        isLow = limits[.lowSaturation].holds(saturation)
    }

    /// Whether ferritin is within a limit.
    private func stores(_ setting: PolicySetting) -> Bool { limits[setting].holds(ferritin) }

    func answer(_ context: ClinicalContext) -> IronAnswer {
        switch context {
        case .general: general
        case .oncology, .metastaticBreastCancer: oncology
        case .heartFailure: heartFailure
        case .ckdNonDialysis, .ckdPeritonealDialysis:
            kidney(
                mayStart: limits[.kidneyStartSaturationAbsolute].holds(saturation),
                functional: stores(.kidneyStartFerritin))
        case .ckdHemodialysis:
            kidney(
                mayStart: limits[.hemodialysisStartSaturation].holds(saturation),
                functional: stores(.hemodialysisStartFerritin))
        case .ibdActive: activeBowelDisease
        case .ibdInactive: inactiveBowelDisease
        case .pregnancy: pregnancy
        case .preOperative: preOperative
        }
    }

    ///
    private var general: IronAnswer {
        if stores(.generalFerritinAbsolute) { return IronAnswer(.absolute) }
        if stores(.generalFerritinStores) {
            guard isLow else { return IronAnswer(.notDeficient) }
            return switch isInflamed {
            case true?: IronAnswer(.functional)
            case false?: IronAnswer(.possible)
            case nil: .needsProtein
            }
        }
        return isLow ? lowSaturationWithStores : IronAnswer(.replete)
    }

    /// Stores are there and saturation is low: sequestration if inflamed, else open.
    private var lowSaturationWithStores: IronAnswer {
        switch isInflamed {
        case true?: IronAnswer(.sequestration)
        case false?: IronAnswer(.indeterminate, [.lowSaturationUnexplained])
        case nil: .needsProtein
        }
    }

    /// ESMO and SEED-A: absolute up to their limit inclusive, functional above it up to the ceiling.
    private var oncology: IronAnswer {
        if stores(.oncologyFerritinAbsolute) { return IronAnswer(.absolute) }
        if stores(.oncologyFerritinDeficient) {
            return IronAnswer(.absolute, isLow ? [] : [.guidelineOnly])
        }
        return IronAnswer(isLow ? .functional : .replete)
    }

    /// ESC, AHA: below the lower limit whatever the saturation; up to the higher with low saturation.
    private var heartFailure: IronAnswer {
        if stores(.heartFailureFerritinAbsolute) {
            return IronAnswer(.absolute, isLow ? [] : [.packerDisagrees])
        }
        guard isLow else { return IronAnswer(.replete) }
        return stores(.heartFailureFerritinFunctional)
            ? IronAnswer(.functional) : IronAnswer(.sequestration, [.packerDisagrees])
    }

    /// KDIGO gives rules for starting, not definitions, and the two are kept apart (§3, R-11). Absolute
    /// is a ferritin below the low cut-off whatever the saturation, as everywhere, and NICE's, with a low
    /// saturation. On haemodialysis a saturation may then say not to start: as where guidelines differ in
    /// heart failure, the class stands and a flag says so. Functional reaches as far as KDIGO would
    /// start; the rest is the general row's.
    private func kidney(mayStart: Bool, functional: Bool) -> IronAnswer {
        if stores(.ferritinAlone) {
            return IronAnswer(.absolute, mayStart ? [] : [.startRuleDisagrees])
        }
        if stores(.kidneyFerritinAbsolute) { return IronAnswer(isLow ? .absolute : .notDeficient) }
        guard isLow else { return IronAnswer(.replete) }
        return functional ? IronAnswer(.functional) : lowSaturationWithStores
    }

    /// Active disease: between the limits, both included, with low saturation is mixed deficiency
    ///
    private var activeBowelDisease: IronAnswer {
        if stores(.bowelDiseaseFerritinAbsolute) { return IronAnswer(.absolute) }
        if stores(.bowelDiseaseFerritinMixed) {
            return IronAnswer(isLow ? .functional : .notDeficient)
        }
        return IronAnswer(isLow ? .sequestration : .replete)
    }

    /// Inactive means a normal C-reactive protein: if it is raised the active row holds, if it is missing
    /// a low saturation leaves the answer open. Ferritin above the limit is then not deficient.
    private var inactiveBowelDisease: IronAnswer {
        if stores(.bowelDiseaseInactiveFerritinAbsolute) { return IronAnswer(.absolute) }
        if isInflamed == true { return activeBowelDisease }
        guard isLow else { return normalSaturation }
        return isInflamed == nil ? .needsProtein : IronAnswer(.notDeficient)
    }

    private var normalSaturation: IronAnswer {
        IronAnswer(stores(.generalFerritinStores) ? .notDeficient : .replete)
    }

    /// A higher ferritin does not exclude deficiency (BSH): with low saturation possible.
    private var pregnancy: IronAnswer {
        if stores(.pregnancyFerritinAbsolute) { return IronAnswer(.absolute) }
        return isLow ? IronAnswer(.possible) : normalSaturation
    }

    /// Between the limits, both included, low saturation and/or a raised C-reactive protein is functional.
    private var preOperative: IronAnswer {
        if stores(.preOperativeFerritinAbsolute) { return IronAnswer(.absolute) }
        if stores(.preOperativeFerritinFunctional) {
            if isLow { return IronAnswer(.functional) }
            return switch isInflamed {
            case true?: IronAnswer(.functional)
            case false?: IronAnswer(.notDeficient)
            case nil: .needsProtein
            }
        }
        return isLow ? lowSaturationWithStores : IronAnswer(.replete)
    }
}
