import Foundation

/// A value to try, and the comparison that it is on the right side of.
struct Choice: Hashable {
    let value: Decimal
    let comparison: String
    let threshold: String

    /// The value that is known already, told again: what is too old becomes new.
    static func again(_ value: Decimal) -> Choice {
        Choice(value: value, comparison: "=", threshold: "\(value)")
    }

    /// Just on either side of each limit: the nearest to `known` first, where something is known.
    static func around(
        _ limits: [Limit], step: Decimal, in range: ClosedRange<Decimal>, known: Decimal?
    ) -> [Choice] {
        var seen: Set<Decimal> = []
        let all = limits.flatMap { $0.sides(step: step) }
            .filter { range.contains($0.value) && seen.insert($0.value).inserted }
        guard let known else { return all }
        return all.enumerated().sorted {
            (abs($0.element.value - known), $0.offset) < (abs($1.element.value - known), $1.offset)
        }.map(\.element)
    }

    /// A threshold, and which side of it the threshold itself is on.
    struct Limit: Hashable {
        let comparison: IronThreshold.Comparison
        let value: Decimal

        init(_ comparison: IronThreshold.Comparison, _ value: Decimal) {
            self.comparison = comparison
            self.value = value
        }

        /// `nil` where the predicate compares no number.
        init?(_ predicate: Predicate) {
            guard let comparison = IronThreshold.Comparison(rawValue: predicate.comparison),
                let value = Decimal(string: predicate.threshold, locale: nil)
            else { return nil }
            self.init(comparison, value)
        }

        func sides(step: Decimal) -> [Choice] {
            switch comparison {
            case .below, .atLeast: [side(value - step, .below), side(value, .atLeast)]
            case .atMost, .above: [side(value, .atMost), side(value + step, .above)]
            }
        }

        private func side(_ tried: Decimal, _ comparison: IronThreshold.Comparison) -> Choice {
            Choice(value: tried, comparison: comparison.rawValue, threshold: "\(value)")
        }
    }
}

extension Analyte {
    /// As predicates name it: `transferrin-saturation`.
    var predicateName: String {
        rawValue.reduce(into: "") { name, letter in
            name += letter.isUppercase ? "-" + letter.lowercased() : String(letter)
        }
    }

    /// The least difference that laboratories report, in the canonical unit.
    var reportedStep: Decimal {
        switch self {
        case .hemoglobin, .phosphate, .folate, .cReactiveProtein, .creatinine,
            .reticulocyteHemoglobin:
            d("0.1")
        case .hematocrit, .meanCorpuscularVolume, .ferritin, .iron, .totalIronBindingCapacity,
            .transferrin, .transferrinSaturation, .vitaminB12, .estimatedGlomerularFiltrationRate:
            1
        }
    }

    /// Values to try: the known one again, then either side of each limit.
    func choices(_ limits: [Choice.Limit], known: Decimal?) -> [Choice] {
        (known.map { [.again($0)] } ?? [])
            + Choice.around(
                limits, step: reportedStep, in: possible.low...possible.high, known: known)
    }
}
