import Foundation
import Infusion
import Testing

@Suite struct `Settings of the policy` {
    @Test(arguments: PolicySetting.allCases)
    func `the default is a value that a file may give`(_ setting: PolicySetting) throws {
        var policy = ClinicalPolicy()
        let text = setting.text(in: policy)
        #expect(setting.set(try value(text), in: &policy))
        #expect(policy == ClinicalPolicy())
    }

    @Test(arguments: PolicySetting.allCases)
    func `it changes its own value alone`(_ setting: PolicySetting) {
        var policy = ClinicalPolicy()
        switch setting.kind {
        case .number(let path, let range):
            let other =
                policy[keyPath: path] == range.lowerBound ? range.upperBound : range.lowerBound
            #expect(setting.set(.decimal(Decimal(other)), in: &policy))
        case .decimal(let path, let range):
            let other =
                policy[keyPath: path] == range.lowerBound ? range.upperBound : range.lowerBound
            #expect(setting.set(.decimal(other), in: &policy))
        case .yesOrNo(let path):
            #expect(setting.set(.yesOrNo(!policy[keyPath: path]), in: &policy))
        }
        let changed = PolicySetting.allCases.filter {
            $0.text(in: policy) != $0.text(in: ClinicalPolicy())
        }
        #expect(changed == [setting])
    }

    @Test(arguments: PolicySetting.allCases)
    func `what it may not be changes nothing`(_ setting: PolicySetting) {
        var policy = ClinicalPolicy()
        switch setting.kind {
        case .number(_, let range):
            #expect(!setting.set(.decimal(Decimal(range.upperBound + 1)), in: &policy))
            #expect(!setting.set(.decimal(Decimal(range.lowerBound - 1)), in: &policy))
            #expect(!setting.set(.decimal(Decimal(range.lowerBound) + 0.5), in: &policy))
            #expect(!setting.set(.yesOrNo(true), in: &policy))
        case .decimal(_, let range):
            #expect(!setting.set(.decimal(range.upperBound + 0.1), in: &policy))
            #expect(!setting.set(.decimal(range.lowerBound - 0.1), in: &policy))
            #expect(!setting.set(.yesOrNo(true), in: &policy))
        case .yesOrNo:
            #expect(!setting.set(.decimal(1), in: &policy))
        }
        #expect(policy == ClinicalPolicy())
    }

    @Test func `what a label says cannot be made weaker`() {
        var policy = ClinicalPolicy()
        let weaker: [(PolicySetting, Decimal)] = [
            (.maintenanceMaxAgeDays, 15), (.earliestGestationDays, 90),
            (.phosphateRepeatCourseMonths, 2), (.phosphateMaxAgeDays, 29),
        ]
        for (setting, value) in weaker {
            #expect(!setting.set(.decimal(value), in: &policy), "\(setting)")
        }
    }

    private func value(_ text: String) throws -> PolicySetting.Value {
        switch text {
        case "yes": .yesOrNo(true)
        case "no": .yesOrNo(false)
        default: .decimal(try #require(Decimal(string: text)))
        }
    }
}
