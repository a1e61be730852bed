import Foundation
import Infusion

extension IronStatusRule {
    func rule(of pathways: ClinicalPathways) -> ClinicalRule {
        let policy = pathways.policy
        let limits = thresholds(in: policy).map { threshold in
            "\(threshold.marker.rawValue) \(threshold.comparison.rawValue) \(threshold.limit) "
                + "\(threshold.marker.unit) (\(threshold.source))"
        }
        return ClinicalRule(
            .ironStatus, rawValue, meaning,
            details: [
                contexts.isEmpty
                    ? nil
                    : ClinicalRule.Detail(
                        "contexts", contexts.map(\.rawValue).joined(separator: ", ")),
                limits.isEmpty
                    ? nil : ClinicalRule.Detail("limits", limits.joined(separator: "; ")),
            ].compactMap(\.self),
            grid: contexts.isEmpty ? nil : IronStatusGrid(self, policy).grid, source: source)
    }
}

extension IronThreshold.Marker {
    fileprivate var unit: String {
        switch self {
        case .ferritin: Analyte.ferritin.canonicalUnit
        case .saturation: Analyte.transferrinSaturation.canonicalUnit
        case .cReactiveProtein: Analyte.cReactiveProtein.canonicalUnit
        case .reticulocyteHemoglobin: Analyte.reticulocyteHemoglobin.canonicalUnit
        }
    }
}

/// What a row of the iron-status table answers, asked of the program for every band of ferritin and
/// saturation; neighbours with the same answers are one band.
struct IronStatusGrid {
    let grid: ClinicalRule.Grid

    /// Between two neighbours of the limits of all rows a band has one answer.
    init(_ rule: IronStatusRule, _ policy: ClinicalPolicy) {
        let ferritins = Band.all(IronStatusRule.limits(on: .ferritin, in: policy))
        let saturations = Band.all(IronStatusRule.limits(on: .saturation, in: policy))
        let answers = ferritins.map { ferritin in
            saturations.map { Self.answer(rule, ferritin.sample, $0.sample, policy) }
        }
        let rows = Self.joined(ferritins, by: answers)
        let columns = Self.joined(
            saturations,
            by: saturations.indices.map { column in rows.map { answers[$0.first][column] } })
        grid = ClinicalRule.Grid(
            head: ["ferritin"] + columns.map { "saturation \($0.name)" },
            rows: rows.map { row in
                [row.name] + columns.map { answers[row.first][$0.first] }
            })
    }

    /// The answer with a raised, a normal and a missing C-reactive protein, and whether the
    /// context's own rule allows a start.
    private static func answer(
        _ rule: IronStatusRule, _ ferritin: Decimal, _ saturation: Decimal,
        _ policy: ClinicalPolicy
    ) -> String {
        let highest = IronStatusRule.limits(on: .cReactiveProtein, in: policy).last ?? 0
        let proteins: [(String, IronMarker?)] = [
            ("CRP raised", IronMarker(highest + 1)), ("normal", IronMarker(highest)),
            ("missing", nil),
        ]
        let answers = proteins.compactMap { name, protein in
            rule.status(
                ferritin: IronMarker(ferritin), saturation: IronMarker(saturation),
                cReactiveProtein: protein, by: policy
            ).map { status in
                let start =
                    switch status.eligibleToStart {
                    case true?: ", may start"
                    case false?: ", no start"
                    case nil: ""
                    }
                return (name, status.classification.name + start)
            }
        }
        guard Set(answers.map(\.1)).count > 1 else { return answers.first?.1 ?? "" }
        return answers.map { "\($0.0): \($0.1)" }.joined(separator: "; ")
    }

    /// A run of bands.
    private struct Run {
        let first: Int
        let name: String
    }

    private static func joined<Answer: Equatable>(
        _ bands: [Band], by answers: [Answer]
    ) -> [Run] {
        var runs: [Run] = []
        var start = 0
        for index in bands.indices
        where index + 1 == bands.count || answers[index] != answers[index + 1] {
            runs.append(Run(first: start, name: Band.name(from: bands[start], to: bands[index])))
            start = index + 1
        }
        return runs
    }
}

/// Values between two limits, or a limit itself.
private struct Band {
    /// `nil` where it is open.
    let low: Decimal?
    let high: Decimal?
    /// Whether it is the limit alone; else the limits are outside.
    var isPoint: Bool { low == high }
    let sample: Decimal

    /// Below the first limit, on it, between it and the second, and so on.
    static func all(_ limits: [Decimal]) -> [Band] {
        var bands: [Band] = []
        var below: Decimal?
        for limit in limits {
            bands.append(Band(low: below, high: limit, sample: limit - 1))
            bands.append(Band(low: limit, high: limit, sample: limit))
            below = limit
        }
        return bands + [Band(low: below, high: nil, sample: (below ?? 0) + 1)]
    }

    /// `< 30`, `30 to < 100`, `> 100`, `100`.
    static func name(from first: Band, to last: Band) -> String {
        if first.isPoint, last.isPoint, first.low == last.high, let low = first.low {
            return "\(low)"
        }
        let low = first.low.map { first.isPoint ? "\($0)" : "> \($0)" }
        let high = last.high.map { last.isPoint ? "\($0)" : "< \($0)" }
        return switch (low, high) {
        case (nil, nil): "any"
        case (nil, let high?): last.isPoint ? "≤ \(high)" : high
        case (let low?, nil): first.isPoint ? "≥ \(low)" : low
        case (let low?, let high?): "\(low) to \(high)"
        }
    }
}
