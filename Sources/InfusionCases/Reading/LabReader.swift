import Faults
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
        try value.members(accepted: "results, {hb: 9.1 g/dL}", lab)
    }

    private static func lab(_ name: String, _ value: YAMLValue) throws(YAMLProblems) -> CaseLab {
        let analyte = try analyte(name, at: value)
        guard value.isMapping else {
            return lab(analyte, try number(analyte, value), name: name)
        }
        var map = try value.mapping()
        let told = try allRead(
            reading(try map.optional("name")?.text() ?? name),
            reading(try map.optional("status")?.oneOf(ResultStatus.self) ?? .final),
            reading(try map.optional("low")?.amount(analyte.canonicalUnit)),
            reading(try number(analyte, try map.required("value"))), reading(try map.finish()))
        return lab(analyte, told.3, name: told.0, status: told.1, low: told.2)
    }

    private static func lab(
        _ analyte: Analyte, _ number: Number, name: String, status: ResultStatus = .final,
        low: Decimal? = nil
    ) -> CaseLab {
        CaseLab(
            name: name, analyte: analyte, comparator: number.comparator, value: number.value,
            unit: number.unit, status: status, referenceLow: low)
    }

    private typealias Number = (comparator: Infusion.Comparator?, value: Decimal, unit: String)

    private static func number(
        _ analyte: Analyte, _ value: YAMLValue
    ) throws(YAMLProblems) -> Number {
        let accepted = "a value and its unit, such as 12 \(analyte.canonicalUnit), or <15 ng/mL"
        let text = try value.text(accepted: accepted)
        guard let match = text.wholeMatch(of: /(<=|>=|<|>)? ?(-?[0-9]+(?:\.[0-9]+)?)(?: (.+))?/),
            let number = Decimal(string: String(match.2), locale: nil)
        else { throw value.invalid(accepted: accepted) }
        return (
            match.1.flatMap { Infusion.Comparator(rawValue: String($0)) }, number,
            match.3.map(String.init) ?? ""
        )
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
        let number = reading(try number(analyte, try map.required("value")))
        let told = try allRead(number, reading(try map.finish()))
        return .correctLab(name: name, lab(analyte, told.0, name: name))
    }

    static func retraction(_ value: YAMLValue) throws(YAMLProblems) -> CaseAction {
        guard value.isMapping else { return .retractLab(name: try value.text(), .enteredInError) }
        var map = try value.mapping()
        let told = try allRead(
            reading(try map.required("name").text()),
            reading(try map.optional("reason")?.oneOf(LabRetracted.Reason.self) ?? .enteredInError),
            reading(try map.finish()))
        return .retractLab(name: told.0, told.1)
    }
}
