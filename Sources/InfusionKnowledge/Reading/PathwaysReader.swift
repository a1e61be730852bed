import Faults
import Foundation
import Infusion
import YAMLReader

/// The pathways out of their YAML form, which `docs/pathways-file.md` describes.
enum PathwaysReader {
    /// - Parameter base: Whose numbers stand where the file names none, and then the file may name some that
    ///   the rules do not know; `nil` where it must name every number and no other.
    static func read(
        _ root: YAMLValue, over base: ClinicalPathways? = nil
    ) throws(YAMLProblems) -> ClinicalPathways {
        var file = try root.mapping(accepted: "pathways: format, version, numbers")
        try file.required("format").knowledgeFormat()
        let (version, rows, _) = try allRead(
            reading(try file.required("version").knowledgeVersion()),
            reading(try rows(try file.required("numbers"), over: base)),
            reading(try file.finish()))
        return ClinicalPathways(version: version, rows: rows.mapValues(\.value))
    }

    private typealias Rows = [PolicySetting: Placed<PathwayRow>]

    /// What is wrong with any of them is told at once.
    private static func rows(
        _ numbers: YAMLValue, over base: ClinicalPathways?
    ) throws(YAMLProblems) -> Rows {
        var rows: Rows = [:]
        var problems: [YAMLProblem] = []
        var named: Set<PolicySetting> = []
        for (name, member) in try numbers.mapping(accepted: "numbers, each by its name").all {
            guard let setting = PolicySetting(rawValue: name) else {
                if base == nil { problems += member.problem("is no number of the rules").all }
                continue
            }
            named.insert(setting)
            do throws(YAMLProblems) {
                rows[setting] = Placed(value: try row(member, of: setting), place: member)
            } catch { problems += error.all }
        }
        for setting in PolicySetting.allCases where !named.contains(setting) {
            if let base {
                rows[setting] = Placed(value: base[setting], place: numbers)
            } else {
                problems += numbers.problem("has no '\(setting.rawValue)', which is required").all
            }
        }
        problems += overtaking(rows)
        guard problems.isEmpty else { throw YAMLProblems(problems) }
        return rows
    }

    private static func row(
        _ value: YAMLValue, of setting: PolicySetting
    ) throws(YAMLProblems) -> PathwayRow {
        var map = try value.mapping(accepted: "value, accepted, meaning, source")
        let place = map.optional("value")
        let (value, accepted, meaning, source, _) = try allRead(
            reading(try map.required("value").value(of: setting)),
            reading(try map.required("accepted").accepted(of: setting)),
            reading(try map.required("meaning").text()),
            reading(try map.required("source").source()), reading(try map.finish()))
        let row = PathwayRow(value: value, accepted: accepted, meaning: meaning, source: source)
        guard row.accepts(row.value) else {
            throw (place ?? map.value).problem("is not among the values that are accepted")
        }
        return row
    }

    /// Two settings of which one could overtake the other.
    private static func overtaking(_ rows: Rows) -> [YAMLProblem] {
        PolicySetting.ascending.flatMap { settings in
            zip(settings, settings.dropFirst()).flatMap { lower, higher -> [YAMLProblem] in
                guard let low = rows[lower]?.value.range, let high = rows[higher],
                    let limits = high.value.range, low.upperBound > limits.lowerBound
                else { return [] }
                return high.place.problem(
                    "may be \(limits.lowerBound), and \(lower.rawValue) up to \(low.upperBound)"
                ).all
            }
        }
    }
}

extension YAMLValue {
    fileprivate func value(of setting: PolicySetting) throws(YAMLProblems) -> PolicySetting.Value {
        switch setting.shape {
        case .whole(let unit):
            let number = PolicySetting.Value.decimal(try amount(unit))
            guard setting.fits(number) else { throw invalid(accepted: "a whole number of \(unit)") }
            return number
        case .decimal(let unit): return .decimal(try amount(unit))
        case .yesOrNo: return .yesOrNo(try bool())
        }
    }

    fileprivate func accepted(
        of setting: PolicySetting
    ) throws(YAMLProblems) -> PathwayRow.Accepted {
        switch setting.shape {
        case .whole, .decimal:
            let words = "fixed, or two numbers such as 7 to 28"
            let text = try text(accepted: words)
            if text == "fixed" { return .fixed }
            guard
                let found = text.wholeMatch(
                    of: /(-?[0-9]{1,9}(?:\.[0-9]{1,4})?) to (-?[0-9]{1,9}(?:\.[0-9]{1,4})?)/),
                let low = Decimal(string: String(found.1), locale: nil),
                let high = Decimal(string: String(found.2), locale: nil), low < high,
                setting.fits(.decimal(low)), setting.fits(.decimal(high))
            else { throw invalid(accepted: words) }
            return .range(low...high)
        case .yesOrNo:
            return try oneOf([("fixed", PathwayRow.Accepted.fixed), ("yes or no", .yesOrNo)])
        }
    }
}
