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

        func holds(_ value: Decimal, _ limit: Decimal) -> Bool {
            switch self {
            case .below: value < limit
            case .atMost: value <= limit
            case .atLeast: value >= limit
            case .above: value > limit
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
    /// With its mark and confidence.
    public let source: String

    init(_ marker: Marker, _ comparison: Comparison, _ limit: Decimal, _ source: String) {
        self.marker = marker
        self.comparison = comparison
        self.limit = limit
        self.source = source
    }

    /// What holds where this one does not.
    var opposite: IronThreshold { IronThreshold(marker, comparison.opposite, limit, source) }

    func holds(_ value: Decimal) -> Bool { comparison.holds(value, limit) }

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

    /// Whether a diagnosis in it asks for C-reactive protein beside the iron (facts §3.1, ED L); in the
    /// others only where the answer turns on it.
    var requiresProtein: Bool {
        switch self {
        case .oncology, .metastaticBreastCancer, .heartFailure, .ibdActive, .ibdInactive,
            .ckdNonDialysis, .ckdPeritonealDialysis, .ckdHemodialysis, .preOperative:
            true
        case .general, .pregnancy: false
        }
    }
}
