import Foundation

/// The numbers of the rules, as one version of a file says them, each with its source. A site's own are
/// a copy in which it has ``set(_:for:)`` what it may, or ``taking(_:)`` all of it at once.
public struct ClinicalPathways: Hashable, Sendable {
    public let version: String
    private var rows: [PolicySetting: PathwayRow]
    /// The settings whose value a site has made another.
    private var own: Set<PolicySetting> = []

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

    /// Where a number comes from, as a comparison with it says: always with its mark, `clinical facts §4 (ED M)`,
    /// and that it is a site's own where it is.
    public func because(_ setting: PolicySetting) -> String {
        (own.contains(setting) ? "set by the site; " : "") + self[setting].source.line
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
        take(value, for: setting)
        return true
    }

    /// These with what a site sets itself. Where they do not accept it, as those of another time may not, the
    /// nearest that they accept stands in its place: a site goes as far as it may and no further.
    public func taking(_ own: [PolicySetting: PolicySetting.Value]) -> ClinicalPathways {
        var taken = self
        for (setting, value) in own where setting.fits(value) {
            taken.take(self[setting].nearest(to: value), for: setting)
        }
        return taken
    }

    private mutating func take(_ value: PolicySetting.Value, for setting: PolicySetting) {
        guard self[setting].value != value else { return }
        rows[setting]?.value = value
        own.insert(setting)
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
