import Foundation
import Infusion
import InfusionKnowledge
import Testing

@Suite struct `Settings of the policy` {
    private let shipped = ClinicalPathways.standard

    /// Another value that the setting accepts; `nil` where it is fixed.
    private func other(_ setting: PolicySetting) -> PolicySetting.Value? {
        let row = shipped[setting]
        switch row.accepted {
        case .fixed: return nil
        case .range(let range):
            let low = PolicySetting.Value.decimal(range.lowerBound)
            return row.value == low ? .decimal(range.upperBound) : low
        case .yesOrNo: return .yesOrNo(row.value == .yesOrNo(false))
        }
    }

    @Test(arguments: PolicySetting.allCases)
    func `the value is one that a file may give`(_ setting: PolicySetting) {
        var pathways = shipped
        let isTaken = pathways.set(pathways[setting].value, for: setting)
        #expect(isTaken)
        #expect(pathways == shipped)
    }

    @Test(arguments: PolicySetting.allCases)
    func `every number is one that rules decide by`(_ setting: PolicySetting) {
        let row = shipped[setting]
        let other: PolicySetting.Value =
            switch row.value {
            case .decimal(let number): .decimal(number + 1)
            case .yesOrNo(let answer): .yesOrNo(!answer)
            }
        var rows: [PolicySetting: PathwayRow] = [:]
        for known in PolicySetting.allCases { rows[known] = shipped[known] }
        rows[setting] = PathwayRow(
            value: other, accepted: .fixed, meaning: row.meaning, source: row.source)
        let changed = ClinicalPathways(version: shipped.version, rows: rows)
        #expect(changed.policy != shipped.policy)
    }

    @Test(arguments: PolicySetting.allCases)
    func `it changes its own value alone`(_ setting: PolicySetting) {
        guard let other = other(setting) else { return }
        var pathways = shipped
        let isTaken = pathways.set(other, for: setting)
        #expect(isTaken)
        let changed = PolicySetting.allCases.filter { pathways[$0] != shipped[$0] }
        #expect(changed == [setting])
    }

    @Test(arguments: PolicySetting.allCases)
    func `what it may not be changes nothing`(_ setting: PolicySetting) throws {
        var pathways = shipped
        let row = shipped[setting]
        var refused: [PolicySetting.Value] = []
        switch row.accepted {
        case .fixed:
            let number = try #require(row.range).lowerBound
            refused = [.decimal(number + 1), .decimal(number - 1), .yesOrNo(true)]
        case .range(let range):
            refused = [
                .decimal(range.upperBound + 0.1), .decimal(range.lowerBound - 0.1), .yesOrNo(true),
            ]
        case .yesOrNo: refused = [.decimal(1)]
        }
        if case .whole = setting.shape, let range = row.range {
            refused.append(.decimal(range.lowerBound + 0.5))
        }
        for value in refused {
            let isTaken = pathways.set(value, for: setting)
            #expect(!isTaken, "\(value)")
        }
        #expect(pathways == shipped)
    }

    @Test func `none can overtake the next one`() throws {
        for settings in PolicySetting.ascending {
            for (lower, higher) in zip(settings, settings.dropFirst()) {
                let low = try #require(shipped[lower].range)
                let high = try #require(shipped[higher].range)
                #expect(low.upperBound <= high.lowerBound, "\(lower) and \(higher)")
            }
        }
    }

    @Test func `what a label says cannot be made weaker`() {
        var pathways = shipped
        let weaker: [(PolicySetting, Decimal)] = [
            (.maintenanceMaxAgeDays, 15), (.earliestGestationDays, 90),
            (.phosphateRepeatCourseMonths, 2), (.phosphateMaxAgeDays, 29),
        ]
        for (setting, value) in weaker {
            let isTaken = pathways.set(.decimal(value), for: setting)
            #expect(!isTaken, "\(setting)")
        }
    }
}
