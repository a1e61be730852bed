import Foundation

extension DosingRow {
    /// The least minutes that `dose` must take by `route`, rounded up; `nil` where the label names no time.
    public func minimumMinutes(
        for dose: Milligrams, by route: InfusionTimeRule.Route = .infusion
    ) -> Int? {
        let rule = infusion.first { rule in
            rule.route == route && dose > rule.above && rule.upTo.map { dose <= $0 } ?? true
        }
        switch rule?.pace {
        case .minutes(let minutes): return minutes
        case .longerThan(let minutes): return minutes + 1
        case .milligramsPerMinute(let rate):
            return NSDecimalNumber(decimal: (dose.value / rate).rounded(places: 0, mode: .up))
                .intValue
        case .notPrescribed, nil: return nil
        }
    }
}
