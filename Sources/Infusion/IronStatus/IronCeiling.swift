import Foundation

/// The ceilings above which iron is withheld: the strictest of all active contexts and of everybody's
/// . So a context more never lets through what was stopped without it.
struct IronCeiling {
    let ferritin: IronThreshold
    /// Alone enough, whatever ferritin; beside the rule on saturation with ferritin.
    let saturation: IronThreshold?
    /// Enough together: a high saturation, and a ferritin that is not low beside it.
    private let together: (saturation: IronThreshold, ferritin: IronThreshold)

    init(_ contexts: Set<ClinicalContext>, _ limits: IronLimits) {
        let kidney = contexts.contains(where: \.isKidneyDisease)
        let oncology = contexts.contains(where: \.isOncology)
        // Of two that are equal a context's own says why.
        let ferritins: [PolicySetting] =
            (kidney ? [.kidneyFerritinCeiling] : []) + (oncology ? [.oncologyFerritinCeiling] : [])
        let saturations: [PolicySetting] =
            (kidney ? [.kidneySaturationCeiling] : [])
            + (oncology ? [.oncologySaturationCeiling] : [])
        ferritin = ferritins.reversed().map { limits[$0] }
            .reduce(limits[.ferritinCeiling]) { $1.limit <= $0.limit ? $1 : $0 }
        saturation = saturations.map { limits[$0] }.min { $0.limit < $1.limit }
        together = (limits[.highSaturation], limits[.highSaturationFerritin])
    }

    /// Overload by the markers alone. In oncology a high saturation below the context's own ceiling is
    /// overload by R-13 where ferritin is not low: the safe reading of the two.
    func isExceeded(ferritin value: Decimal?, saturation found: Decimal?) -> Bool {
        guard let value else { return false }
        if ferritin.holds(value) { return true }
        guard let found else { return false }
        if let saturation, saturation.holds(found) { return true }
        return together.saturation.holds(found) && together.ferritin.holds(value)
    }
}
