import Foundation

/// The ceilings above which iron is withheld: the strictest of all active contexts.
struct IronCeiling {
    let ferritin: IronThreshold
    /// Alone enough, whatever ferritin; beside the rule on saturation with ferritin.
    let saturation: IronThreshold?
    /// Enough together: a high saturation, and a ferritin that is not low beside it.
    private let together: (saturation: IronThreshold, ferritin: IronThreshold)

    init(_ contexts: Set<ClinicalContext>, _ limits: IronLimits) {
        if contexts.contains(where: \.isKidneyDisease) {
            ferritin = limits[.kidneyFerritinCeiling]
            saturation = limits[.kidneySaturationCeiling]
        } else if contexts.contains(where: \.isOncology) {
            ferritin = limits[.oncologyFerritinCeiling]
            saturation = limits[.oncologySaturationCeiling]
        } else {
            ferritin = limits[.ferritinCeiling]
            saturation = nil
        }
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
