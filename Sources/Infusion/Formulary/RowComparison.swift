import Foundation

/// A row of a site's formulary against the label's row of the same name.
struct RowComparison {
    private(set) var weakenings: [Weakening] = []
    private let row: DosingRow
    private let label: DosingRow

    init(_ row: DosingRow, label: DosingRow) {
        self.row = row
        self.label = label
        compareUse()
        comparePopulation()
        compareDose()
        compareInterval()
        compareTotals()
        compareTimes()
    }

    /// The milligrams, intervals and times alone: whom the row is for is the site's to say.
    init(_ row: DosingRow, limitsOf label: DosingRow) {
        self.row = row
        self.label = label
        compareDose()
        compareInterval()
        compareTotals()
        compareTimes()
    }

    private mutating func weaker(_ field: String, _ problem: String) {
        weakenings.append(Weakening(row.id.name, field, problem))
    }

    private mutating func compareUse() {
        if row.moiety != label.moiety || row.region != label.region {
            weaker("moiety", "is another iron or region than the label's")
        }
        let added = row.contexts.subtracting(label.contexts).map(\.rawValue).sorted()
        if !added.isEmpty {
            weaker(
                "contexts", "adds \(added.joined(separator: ", ")), which the label does not cover")
        }
        if label.isOffLabel, !row.isOffLabel { weaker("offLabel", "is no longer said") }
        for caution in label.cautions where !row.cautions.contains(caution) {
            weaker("cautions", "leaves out \(caution.rawValue)")
        }
        if let claim = row.source.claim(beyond: label.source) { weaker("source", claim) }
    }

    private mutating func comparePopulation() {
        let found = row.population
        let known = label.population
        if found.minimumAge < known.minimumAge {
            weaker("population.ageFrom", "is below \(known.minimumAge)")
        }
        if isAbove(found.belowAge, known.belowAge) {
            weaker("population.ageBelow", "is above \(text(known.belowAge))")
        }
        if isBelow(found.verifiedFrom, known.verifiedFrom) {
            weaker("population.ageVerifiedFrom", "is below \(text(known.verifiedFrom))")
        }
        if isBelow(found.weight.atLeast, known.weight.atLeast) {
            weaker("population.weightFrom", "is below \(text(known.weight.atLeast))")
        }
        if isAbove(found.weight.below, known.weight.below) {
            weaker("population.weightBelow", "is above \(text(known.weight.below))")
        }
        if isAbove(found.hemoglobinBelow, known.hemoglobinBelow) {
            weaker("population.hemoglobinBelow", "is above \(text(known.hemoglobinBelow))")
        }
    }

    private mutating func compareDose() {
        guard let isAtMost = row.dose.isAtMost(label.dose, from: row.population.weight.atLeast)
        else {
            return weaker("dose", "is of another form than the label's, and cannot be compared")
        }
        if !isAtMost { weaker("dose", "is more than the label allows") }
    }

    private mutating func compareInterval() {
        let found = row.interval
        let known = label.interval
        for context in ClinicalContext.allCases {
            let least = known.minimumDays(for: context)
            if found.minimumDays(for: context) < least {
                weaker("interval.days", "is below \(least) d")
                break
            }
        }
        if isAbove(found.maximumDays, known.maximumDays) {
            weaker("interval.atMost", "is above \(text(known.maximumDays)) d")
        }
        if isAbove(found.timesPerWeek, known.timesPerWeek) {
            weaker("interval.timesPerWeek", "is above \(text(known.timesPerWeek))")
        }
        if isAbove(found.doses, known.doses) {
            weaker("interval.doses", "is above \(text(known.doses))")
        }
        if let span = known.span,
            isAbove(found.span?.days, span.days)
                || (span.softDays != nil && isAbove(found.span?.softDays, span.softDays))
        {
            weaker("interval.span", "is longer than the label's")
        }
        if known.anchored != nil, found.anchored != known.anchored {
            weaker("interval", "is not the label's schedule")
        }
    }

    private mutating func compareTotals() {
        switch row.course.isAtMost(label.course, from: row.population.weight.atLeast) {
        case true?: break
        case false?: weaker("course", "is more than the label allows")
        case nil: weaker("course", "is of another form than the label's, and cannot be compared")
        }
        switch (row.weekly, label.weekly) {
        case (_, .none): break
        case (.flat(let found), .flat(let known)):
            let limit = label.weeklySiteMaximum ?? known
            if found > limit { weaker("weekly", "is above \(limit)") }
        case (.perKilogram(let found), .perKilogram(let known)):
            if found > known { weaker("weekly", "is above \(known) mg/kg") }
        case (.none, .flat), (.none, .perKilogram), (.flat, .perKilogram), (.perKilogram, .flat):
            weaker("weekly", "is not the label's, and cannot be compared")
        }
    }

    /// At every dose where the pace of either changes, just there and just above.
    private mutating func compareTimes() {
        for route in InfusionTimeRule.Route.allCases {
            let known = label.infusion.filter { $0.route == route }
            let found = row.infusion.filter { $0.route == route }
            if known.isEmpty, !found.isEmpty {
                weaker("infusion", "adds the route \(route.rawValue)")
            }
            if found.isEmpty { continue }
            let edges = (known + found).flatMap { [$0.above, $0.upTo ?? $0.above + Milligrams(1)] }
            let doses = Set(edges + edges.map { $0 + Milligrams(1) }).filter { $0 > .zero }
            let isFaster = doses.contains { dose in
                guard let minutes = label.minimumMinutes(for: dose, by: route) else { return false }
                return (row.minimumMinutes(for: dose, by: route) ?? 0) < minutes
            }
            if isFaster { weaker("infusion", "is faster than the label allows") }
        }
    }

    /// An absent limit is none: above every other.
    private func isAbove<Value: Comparable>(_ found: Value?, _ known: Value?) -> Bool {
        guard let known else { return false }
        return found.map { $0 > known } ?? true
    }

    private func isBelow<Value: Comparable>(_ found: Value?, _ known: Value?) -> Bool {
        guard let known else { return false }
        return found.map { $0 < known } ?? true
    }

    private func text<Value>(_ value: Value?) -> String { value.map { "\($0)" } ?? "none" }
}

extension DoseRule {
    /// `nil` where the two cannot be compared for everybody from `weight` on.
    fileprivate func isAtMost(_ label: DoseRule, from weight: Kilograms?) -> Bool? {
        switch (self, label) {
        case (.flat(let found), .flat(let known)): return found <= known
        case (.perKilogram(let found, let cap), .perKilogram(let known, let limit)):
            return found <= known
                && (limit.map { known in cap.map { $0 <= known } ?? false } ?? true)
        case (.perKilogram(_, let cap?), .flat(let known)): return cap <= known
        case (.flat(let found), .perKilogram(let known, let limit)):
            guard let weight else { return nil }
            return found.value <= known * weight.value && (limit.map { found <= $0 } ?? true)
        case (.schedule(let found), .schedule(let known)):
            return found.count <= known.count && zip(found, known).allSatisfy { $0 <= $1 }
        case (.weightBands(let found), .weightBands(let known)):
            guard found.map(\.weight) == known.map(\.weight) else { return nil }
            return zip(found, known).allSatisfy { $0.dose <= $1.dose }
        case (.heartFailureTable, .heartFailureTable): return true
        case (.flat, _), (.perKilogram, _), (.schedule, _), (.weightBands, _),
            (.heartFailureTable, _):
            return nil
        }
    }
}

extension CourseRule {
    fileprivate func isAtMost(_ label: CourseRule, from weight: Kilograms?) -> Bool? {
        switch (self, label) {
        case (_, .byNeed): return true
        case (.flat(let found), .flat(let known)): return found <= known
        case (.perKilogram(let found), .perKilogram(let known)): return found <= known
        case (.doses(let found), .doses(let known)): return found <= known
        case (.flat(let found), .perKilogram(let known)):
            guard let weight else { return nil }
            return found.value <= known * weight.value
        case (.heartFailureTable, .heartFailureTable): return true
        case (.byNeed, _): return false
        case (.flat, _), (.perKilogram, _), (.doses, _), (.heartFailureTable, _): return nil
        }
    }
}
