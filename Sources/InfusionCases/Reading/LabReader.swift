import Foundation
import Infusion
import YAMLReader

/// Results as a laboratory report has them: `ferritin: 12 ng/mL`, `ferritin: <15 ng/mL`.
enum LabReader {
    /// The short names of clinicians, beside the analytes' own.
    private static let names: [(name: String, value: Analyte)] =
        Analyte.allCases.map { ($0.rawValue, $0) } + [
            ("hb", .hemoglobin), ("hct", .hematocrit), ("mcv", .meanCorpuscularVolume),
            ("tibc", .totalIronBindingCapacity), ("tsat", .transferrinSaturation),
            ("crp", .cReactiveProtein), ("b12", .vitaminB12),
            ("egfr", .estimatedGlomerularFiltrationRate), ("ret-he", .reticulocyteHemoglobin),
        ]

    static func labs(_ value: YAMLValue) throws(YAMLProblems) -> [CaseLab] {
        var labs: [CaseLab] = []
        for (name, member) in try value.mapping(accepted: "results, {hb: 9.1 g/dL}").all {
            labs.append(try lab(name, member))
        }
        return labs
    }

    private static func lab(_ name: String, _ value: YAMLValue) throws(YAMLProblems) -> CaseLab {
        let analyte = try analyte(name, at: value)
        guard value.isMapping else { return try lab(analyte, value, name: name) }
        var map = try value.mapping()
        let known = try map.optional("name")?.text() ?? name
        let status = try map.optional("status")?.oneOf(ResultStatus.self) ?? .final
        let low = try map.optional("low")?.amount(analyte.canonicalUnit)
        let lab = try lab(
            analyte, try map.required("value"), name: known, status: status, low: low)
        try map.finish()
        return lab
    }

    private static func lab(
        _ analyte: Analyte, _ value: YAMLValue, name: String, status: ResultStatus = .final,
        low: Decimal? = nil
    ) throws(YAMLProblems) -> CaseLab {
        let accepted = "a value and its unit, such as 12 \(analyte.canonicalUnit), or <15 ng/mL"
        let text = try value.text(accepted: accepted)
        guard let match = text.wholeMatch(of: /(<=|>=|<|>)? ?(-?[0-9]+(?:\.[0-9]+)?)(?: (.+))?/),
            let number = Decimal(string: String(match.2), locale: nil)
        else { throw value.invalid(accepted: accepted) }
        return CaseLab(
            name: name, analyte: analyte,
            comparator: match.1.flatMap { Infusion.Comparator(rawValue: String($0)) },
            value: number, unit: match.3.map(String.init) ?? "", status: status,
            referenceLow: low)
    }

    private static func analyte(
        _ name: String, at value: YAMLValue
    ) throws(YAMLProblems) -> Analyte {
        guard let known = names.first(where: { $0.name == name }) else {
            let accepted = names.map(\.name).joined(separator: ", ")
            throw value.problem("'\(name)' is no analyte; accepted: \(accepted)")
        }
        return known.value
    }

    /// `{hb: 10.2 g/dL}`: what the laboratory now says of the result of that name.
    static func correction(_ value: YAMLValue) throws(YAMLProblems) -> CaseAction {
        let members = try value.mapping(accepted: "{hb: 10.2 g/dL}").all
        guard members.count == 1, let (name, member) = members.first else {
            throw value.problem("corrects one result at a time")
        }
        guard member.isMapping else {
            return .correctLab(name: name, try lab(name, member))
        }
        var map = try member.mapping()
        let analyte = try analyte(try map.required("of").text(), at: member)
        let corrected = try lab(analyte, try map.required("value"), name: name)
        try map.finish()
        return .correctLab(name: name, corrected)
    }

    static func retraction(_ value: YAMLValue) throws(YAMLProblems) -> CaseAction {
        guard value.isMapping else { return .retractLab(name: try value.text(), .enteredInError) }
        var map = try value.mapping()
        let action = CaseAction.retractLab(
            name: try map.required("name").text(),
            try map.optional("reason")?.oneOf(LabRetracted.Reason.self) ?? .enteredInError)
        try map.finish()
        return action
    }
}
