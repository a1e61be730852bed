public import Foundation

/// One number of the pathways: its value, what a site may make of it, what it is and who says so.
public struct PathwayRow: Hashable, Sendable {
    /// What a site may set.
    public enum Accepted: Hashable, Sendable {
        /// Nothing: a label, a guideline or the rule itself fixes it.
        case fixed
        /// In the unit of the setting, both ends included.
        case range(ClosedRange<Decimal>)
        case yesOrNo
    }

    /// The site's own where it set one.
    public internal(set) var value: PolicySetting.Value
    public let accepted: Accepted
    /// In words, without its unit.
    public let meaning: String
    public let source: ClinicalSource

    public init(
        value: PolicySetting.Value, accepted: Accepted, meaning: String, source: ClinicalSource
    ) {
        self.value = value
        self.accepted = accepted
        self.meaning = meaning
        self.source = source
    }

    public func accepts(_ other: PolicySetting.Value) -> Bool {
        switch (accepted, other) {
        case (.fixed, _): other == value
        case (.range(let range), .decimal(let number)): range.contains(number)
        case (.yesOrNo, .yesOrNo): true
        case (.range, .yesOrNo), (.yesOrNo, .decimal): false
        }
    }

    /// What of all that is accepted comes closest to `other`.
    func nearest(to other: PolicySetting.Value) -> PolicySetting.Value {
        switch (accepted, other) {
        case (.fixed, _): value
        case (.range(let range), .decimal(let number)):
            .decimal(min(max(number, range.lowerBound), range.upperBound))
        case (.yesOrNo, .yesOrNo): other
        case (.range, .yesOrNo), (.yesOrNo, .decimal): value
        }
    }

    /// Between which numbers it lies, whatever a site sets; `nil` of an answer.
    public var range: ClosedRange<Decimal>? {
        switch (accepted, value) {
        case (.range(let range), _): range
        case (.fixed, .decimal(let number)): number...number
        case (.fixed, .yesOrNo), (.yesOrNo, _): nil
        }
    }

    /// Whether a site may set nothing here that it may not set there.
    func isWithin(_ other: PathwayRow) -> Bool {
        switch (accepted, other.accepted) {
        case (.fixed, _): true
        case (.range(let range), .range(let limits)):
            limits.contains(range.lowerBound) && limits.contains(range.upperBound)
        case (.yesOrNo, .yesOrNo): true
        case (.range, _), (.yesOrNo, _): false
        }
    }
}
