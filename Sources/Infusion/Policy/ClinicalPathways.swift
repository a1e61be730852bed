import Foundation

/// The numbers of the rules, as one version of a file says them, each with its source. A site's own are
/// a copy in which it has ``set(_:for:)`` what it may.
public struct ClinicalPathways: Hashable, Sendable {
    public let version: String
    private var rows: [PolicySetting: PathwayRow]

    /// - Precondition: every setting has a row, whose value is of its shape and accepted.
    public init(version: String, rows: [PolicySetting: PathwayRow]) {
        for setting in PolicySetting.allCases {
            guard let row = rows[setting] else { preconditionFailure("\(setting) has no row") }
            precondition(setting.fits(row.value) && row.accepts(row.value), "\(setting)")
        }
        self.version = version
        self.rows = rows
    }

    public subscript(setting: PolicySetting) -> PathwayRow {
        guard let row = rows[setting] else { preconditionFailure("\(setting) has no row") }
        return row
    }

    /// What a site may set, in words: `a whole number from 0 to 56`, `yes or no`.
    public func accepted(for setting: PolicySetting) -> String {
        let row = self[setting]
        return switch (row.accepted, setting.shape) {
        case (.fixed, _): "\(row.value), which is fixed"
        case (.range(let range), .whole):
            "a whole number from \(range.lowerBound) to \(range.upperBound)"
        case (.range(let range), .decimal), (.range(let range), .yesOrNo):
            "a number from \(range.lowerBound) to \(range.upperBound)"
        case (.yesOrNo, _): "yes or no"
        }
    }

    /// Sets the value; `false`, and nothing changed, where it is not accepted.
    public mutating func set(_ value: PolicySetting.Value, for setting: PolicySetting) -> Bool {
        guard setting.fits(value), self[setting].accepts(value) else { return false }
        rows[setting]?.value = value
        return true
    }

    /// Every place where these allow more than `shipped`: a value or a range that a site may not set
    /// there, a source that claims more.
    public func weakenings(against shipped: ClinicalPathways) -> [Weakening] {
        PolicySetting.allCases.flatMap { setting -> [Weakening] in
            let row = self[setting]
            let known = shipped[setting]
            var found: [Weakening] = []
            func weaker(_ field: String, _ problem: String) {
                found.append(Weakening(setting.rawValue, field, problem))
            }
            if !known.accepts(row.value) {
                weaker("value", "is \(row.value); accepted: \(shipped.accepted(for: setting))")
            } else if !row.isWithin(known) {
                weaker("accepted", "goes beyond \(shipped.accepted(for: setting))")
            }
            if let claim = row.source.claim(beyond: known.source) { weaker("source", claim) }
            return found
        }
    }

    // MARK: Values by the shape of their setting

    func whole(_ setting: PolicySetting) -> Int { PolicySetting.whole(decimal(setting)) }

    func decimal(_ setting: PolicySetting) -> Decimal {
        guard case .decimal(let number) = self[setting].value else {
            preconditionFailure("\(setting) is no number")
        }
        return number
    }

    func isYes(_ setting: PolicySetting) -> Bool { self[setting].value == .yesOrNo(true) }
}
