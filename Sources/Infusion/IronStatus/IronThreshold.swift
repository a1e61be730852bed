public import Foundation

/// One threshold of an iron-status rule: what is compared, with what, and who says so.
public struct IronThreshold: Hashable, Sendable {
    public enum Marker: String, Hashable, Sendable, CaseIterable {
        case ferritin
        case saturation = "transferrin-saturation"
        case cReactiveProtein = "c-reactive-protein"
        case reticulocyteHemoglobin = "reticulocyte-hemoglobin"
    }
    public enum Comparison: String, Hashable, Sendable, CaseIterable {
        case below = "<"
        case atMost = "<="
        case atLeast = ">="
        case above = ">"

        /// What holds where this one does not.
        var opposite: Comparison {
            switch self {
            case .below: .atLeast
            case .atMost: .above
            case .atLeast: .below
            case .above: .atMost
            }
        }

        /// `nil` where the value's comparator leaves the answer open.
        func holds(for range: ReportedRange, _ limit: Decimal) -> Bool? {
            switch self {
            case .below: range.isBelow(limit)
            case .atMost: range.isAtMost(limit)
            case .atLeast: range.isAtLeast(limit)
            case .above: range.isAbove(limit)
            }
        }
    }
    public let marker: Marker
    public let comparison: Comparison
    public let limit: Decimal
    public let source: String

    init(_ marker: Marker, _ comparison: Comparison, _ limit: Decimal, _ source: String) {
        self.marker = marker
        self.comparison = comparison
        self.limit = limit
        self.source = source
    }

    /// `nil` where the value is missing or its comparator leaves the answer open.
    func holds(for value: IronMarker?) -> Bool? {
        value.flatMap { comparison.holds(for: ReportedRange($0.value, $0.comparator), limit) }
    }
}

extension ClinicalContext {
    /// Metastatic breast cancer is judged by the oncology row; the three stages of kidney disease are apart.
    var isOncology: Bool { self == .oncology || self == .metastaticBreastCancer }
    var isKidneyDisease: Bool {
        switch self {
        case .ckdNonDialysis, .ckdPeritonealDialysis, .ckdHemodialysis: true
        case .general, .oncology, .metastaticBreastCancer, .heartFailure, .ibdActive, .ibdInactive,
            .pregnancy, .preOperative:
            false
        }
    }
}

/// The ceilings above which iron is withheld: the strictest of all active contexts.
struct IronCeiling: Hashable {
    let ferritin: IronThreshold
    /// Alone enough, whatever ferritin; beside the rule on saturation with ferritin of 200 or more.
    let saturation: IronThreshold?

    static let saturationWithFerritin = IronThreshold(
        .saturation, .above, 45, "R-13: with ferritin of 200 ng/mL or more")

    init(_ contexts: Set<ClinicalContext>) {
        if contexts.contains(where: \.isKidneyDisease) {
            ferritin = IronThreshold(.ferritin, .above, 700, "KDIGO 2026 (V2), R-11")
            saturation = IronThreshold(.saturation, .atLeast, 40, "KDIGO 2026 (V2), R-11")
        } else if contexts.contains(where: \.isOncology) {
            ferritin = IronThreshold(.ferritin, .above, 800, "NCCN (V), G-OVERLOAD")
            saturation = IronThreshold(.saturation, .atLeast, 50, "NCCN (V), G-OVERLOAD")
        } else {
            ferritin = IronThreshold(.ferritin, .above, 800, "R-13, G-OVERLOAD")
            saturation = nil
        }
    }

    /// Overload by the markers alone. In oncology a saturation of more than 45 and less than 50 % with
    /// ferritin of 200 or more is overload by R-13, though the context's own ceiling is 50: the safe
    /// reading of the two.
    func isExceeded(ferritin value: Decimal?, saturation found: Decimal?) -> Bool {
        guard let value else { return false }
        if value > ferritin.limit { return true }
        guard let found else { return false }
        if let saturation, found >= saturation.limit { return true }
        return found > Self.saturationWithFerritin.limit && value >= 200
    }
}
