import Faults
import Foundation
import Infusion
import InfusionKnowledge
import Testing
import YAMLReader

@Suite("Pathways file")
struct PathwaysFileTests {
    private let shipped = PathwaysFile.shipped

    /// The file with the lines of one number replaced.
    private func edited(_ setting: PolicySetting, _ old: String, _ new: String) throws -> String {
        let start = try #require(shipped.text.range(of: "  \(setting.rawValue):\n"))
        let rest = start.upperBound..<shipped.text.endIndex
        let place = try #require(
            shipped.text.range(of: "    \(old)", range: rest), "the edit finds nothing: \(old)")
        return shipped.text.replacingCharacters(in: place, with: "    \(new)")
    }

    private func problems(_ text: String) -> [String] {
        do throws(YAMLProblems) {
            _ = try PathwaysFile(text, file: "p.yaml")
            return []
        } catch {
            return error.all.map(\.description)
        }
    }

    /// The line of a member of a number; problems of the number as a whole name its first member's.
    private func line(_ setting: PolicySetting, _ member: String = "value") throws -> Int {
        let lines = shipped.text.split(separator: "\n", omittingEmptySubsequences: false)
        let start = try #require(lines.firstIndex { $0 == "  \(setting.rawValue):" })
        return try #require(lines[start...].firstIndex { $0.hasPrefix("    \(member):") }) + 1
    }

    @Test func `what is shipped is whole`() {
        #expect(shipped.version == "2026.11.0")
        #expect(shipped.entries.count == PolicySetting.allCases.count)
        #expect(shipped.weakenings == [])
        #expect(shipped.contentHash.count == 64)
    }

    /// Each of these can be made stricter, or is a range or a variant that the source itself names.
    @Test func `what was read at its source is fixed, but for these`() {
        let settable = PolicySetting.allCases.filter { setting in
            let row = shipped.pathways[setting]
            return row.source.mark == .verified && row.accepted != .fixed
        }
        #expect(
            settable == [
                .maintenanceMaxAgeDays, .phosphateRepeatCourseMonths, .oncologyIntervalDays,
                .oncologyIntervalDaysWhenLow, .transfusionMinutesLowest,
                .transfusionMinutesHighest, .generalFerritinAbsolute,
            ])
    }

    /// Why these are not is said in their rows.
    @Test func `what was not read at its source is a site's to set, but for these`() {
        let fixed = PolicySetting.allCases.filter { setting in
            let row = shipped.pathways[setting]
            return row.source.mark != .verified && row.accepted == .fixed
        }
        #expect(fixed == [.symptomCheckEarliestDays, .emergencyDays])
    }

    @Test(arguments: PolicySetting.allCases)
    func `every number says what it is and where it comes from`(_ setting: PolicySetting) {
        let row = shipped.pathways[setting]
        #expect(row.meaning.count > 5)
        #expect(!row.source.text.isEmpty)
    }

    @Test(arguments: [
        ("value: 56 d", "value: 56", "value", "is '56'; accepted: a number and its unit, such"),
        ("value: 56 d", "value: 56 h", "value", "is '56 h'; accepted: a number and its unit"),
        ("value: 56 d", "value: 56.5 d", "value", "is '56.5 d'; accepted: a whole number of d"),
        ("value: 56 d", "value: 121 d", "value", "is not among the values that are accepted"),
        ("accepted: 1 to 120", "accepted: any", "accepted", "accepted: fixed, or two numbers"),
        ("accepted: 1 to 120", "accepted: 120 to 1", "accepted", "accepted: fixed, or two numbers"),
        ("accepted: 1 to 120", "accepted: 0.5 to 120", "accepted", "fixed, or two numbers"),
    ])
    func `a problem is told with its line and its number`(
        _ old: String, _ new: String, _ member: String, _ part: String
    ) throws {
        let found = problems(try edited(.ironMaxAgeDays, old, new))
        let place = "p.yaml:\(try line(.ironMaxAgeDays, member)):"
        #expect(found.count == 1)
        #expect(found.first?.hasPrefix(place) == true, "\(found), not \(place)")
        #expect(found.first?.contains("numbers.ironMaxAgeDays.\(member): ") == true, "\(found)")
        #expect(found.first?.contains(part) == true, "\(found)")
    }

    @Test func `a number without a source is refused`() throws {
        let row = try edited(.minimumDaysBetweenCourses, "source:", "sources:")
        let found = problems(row)
        #expect(
            found.contains {
                $0.contains("numbers.minimumDaysBetweenCourses: has no 'source', which is required")
            }, "\(found)")
    }

    @Test func `a missing, an unknown and a repeated number are told by name`() throws {
        let renamed = shipped.text.replacingOccurrences(
            of: "  weightMaxAgeDays:\n", with: "  weightAge:\n")
        let found = problems(renamed)
        let place = "p.yaml:\(try line(.weightMaxAgeDays)):"
        #expect(found.count == 2)
        #expect(
            found.contains {
                $0.hasPrefix(place) && $0.contains("numbers.weightAge: is no number of the rules")
            }, "\(found)")
        #expect(
            found.contains { $0.contains("has no 'weightMaxAgeDays', which is required") },
            "\(found)")
        let repeated = problems(
            shipped.text.replacingOccurrences(
                of: "  weightMaxAgeDays:\n", with: "  ironMaxAgeDays:\n"))
        #expect(
            repeated.contains { $0.contains("names ironMaxAgeDays more than once") }, "\(repeated)")
    }

    @Test func `every problem of a file is told at once`() throws {
        let text = shipped.text
            .replacingOccurrences(of: "value: 28 d", with: "value: 28")
            .replacingOccurrences(of: "mark: V2", with: "mark: V3")
        let found = problems(text)
        #expect(found.count > 5)
        for problem in found {
            #expect(
                problem.wholeMatch(of: /p\.yaml:[0-9]+:[0-9]+: numbers\..+/) != nil, "\(problem)")
        }
    }

    @Test func `two numbers of which one could overtake the other are refused`() throws {
        let found = problems(
            try edited(.transfusionMinutesLowest, "accepted: 30 to 150", "accepted: 30 to 200"))
        #expect(
            found == [
                "p.yaml:\(try line(.transfusionMinutesHighest)):5: "
                    + "numbers.transfusionMinutesHighest: may be 150, "
                    + "and transfusionMinutesLowest up to 200"
            ])
    }

    @Test(arguments: [
        (PolicySetting.maintenanceMaxAgeDays, "accepted: 0 to 14", "accepted: 0 to 21", "accepted"),
        (.earliestGestationDays, "accepted: 91 to 140", "accepted: 84 to 140", "accepted"),
        (
            .phosphateMaxAgeDays,
            "source: {text: \"clinical facts R-16\", mark: ED, confidence: M}",
            "source: {text: \"clinical facts R-16\", mark: V, confidence: M}", "source"
        ),
    ])
    func `what a label limits cannot be weakened`(
        _ setting: PolicySetting, _ old: String, _ new: String, _ field: String
    ) throws {
        let file = try PathwaysFile(try edited(setting, old, new), file: "p.yaml")
        #expect(
            file.weakenings.map { "\($0.entry).\($0.field)" } == ["\(setting.rawValue).\(field)"])
    }

    @Test func `a value beyond what a site may set is weaker, and named`() throws {
        let wider = try edited(.maintenanceMaxAgeDays, "accepted: 0 to 14", "accepted: 0 to 21")
        let text = wider.replacingOccurrences(
            of: "    value: 14 d\n    accepted: 0 to 21",
            with: "    value: 15 d\n    accepted: 0 to 21")
        let file = try PathwaysFile(text, file: "p.yaml")
        #expect(
            file.weakenings.map(\.description) == [
                "maintenanceMaxAgeDays.value: is 15; accepted: a whole number from 0 to 14"
            ])
    }

    @Test func `a stricter file is no weaker one, and its difference is told`() throws {
        let text = try edited(.ironMaxAgeDays, "value: 56 d", "value: 42 d")
        let stricter = try PathwaysFile(text, file: "p.yaml")
        #expect(stricter.weakenings == [])
        let found = KnowledgeDifference.between(shipped, stricter)
        let difference = try #require(found.first)
        #expect(found.count == 1)
        #expect(difference.entry == "ironMaxAgeDays")
        #expect(difference.field == "value")
        #expect(difference.before == "56 d")
        #expect(difference.after == "42 d")
        #expect(KnowledgeDifference.between(stricter, stricter).isEmpty)
        #expect(stricter.pathways.policy.diagnosis.ironMaxAgeDays == 42)
    }
}
