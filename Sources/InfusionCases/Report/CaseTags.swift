import Infusion

/// What a case may say that it shows beside a rule of the catalogue: numbers of the clinical facts, and what
/// is no clinical rule.
enum CaseTags {
    /// Of a case about chairs, bookings and waiting.
    private static let scheduling: Set<String> = [
        "automatic-offers", "hold", "site-hours", "waitlist", "waitlist-offer",
    ]
    /// The resolutions of clinical facts §0.2.
    private static let resolutions = [1...8, 10...21, 30...32, 40...42].joined().map { "R-\($0)" }
    /// The sections of the clinical facts; a letter after a hyphen is one of a section's rules.
    private static let sections: Set<String> = [
        "1.1", "1.2", "1.3", "1.4", "1.5", "1.6", "1.6b", "1.7", "2.1", "2.2", "2.3", "2.4", "3",
        "3.1", "4", "5.1", "5.2", "5.3", "6", "7.1", "7.2", "8", "9.1", "9.2", "10.1", "10.2",
    ]
    /// The worked examples of clinical facts §2.4 that are no rows of their own: cells of the simplified
    /// tables, label courses and INFeD's formula.
    private static let examples: Set<String> = [
        "I01", "I02", "I04", "I05", "T01", "T02", "T04", "T06", "T07", "U01", "U03", "U04", "U06",
        "U07", "U09", "U10", "U11", "U13",
    ]
    /// What a booking is refused for, or no longer fits for.
    private static let constraints = Set(
        OpeningConstraint.allCases.map(\.rawValue) + CapacityRule.allCases.map(\.rawValue)
            + UnfitReason.allCases.map(\.rawValue))

    static func isKnown(_ tag: String) -> Bool {
        scheduling.contains(tag) || resolutions.contains(tag) || examples.contains(tag)
            || constraints.contains(tag) || isSection(tag)
    }

    private static func isSection(_ tag: String) -> Bool {
        guard tag.hasPrefix("§") else { return false }
        let parts = tag.dropFirst().split(separator: "-", omittingEmptySubsequences: false)
        guard let section = parts.first, sections.contains(String(section)) else { return false }
        return parts.count == 1
            || parts.count == 2 && parts[1].count == 1 && ("a"..."z").contains(parts[1])
    }
}
