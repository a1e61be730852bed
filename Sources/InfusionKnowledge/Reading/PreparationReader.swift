import Foundation
import Infusion
import YAMLReader

enum PreparationReader {
    static func read(
        _ value: YAMLValue
    ) throws(YAMLProblems) -> Placed<PreparationRule> {
        var map = try value.mapping(accepted: "a preparation")
        let id = PreparationID(try map.required("id").identifier())
        let undiluted = try map.optional("undiluted")?.bool() ?? false
        let diluents = try map.required("diluents")
        let rule = PreparationRule(
            id: id,
            diluents: try diluents.list { (value) throws(YAMLProblems) in
                try value.oneOf(Diluent.self)
            },
            volumes: try map.optional("volumes")?.list(volume) ?? [],
            concentration: try map.optional("concentration").map(concentration),
            stabilityHours: try map.optional("stability")?.whole("h"),
            notes: try map.optional("notes")?.texts() ?? [],
            source: try map.required("source").source())
        try map.finish()
        guard undiluted == rule.diluents.isEmpty else {
            throw diluents.problem(
                "names no diluent just where `undiluted` is true, and only there")
        }
        return Placed(value: rule, place: value)
    }

    private static func volume(
        _ value: YAMLValue
    ) throws(YAMLProblems) -> PreparationRule.Volume {
        var map = try value.mapping(accepted: "a volume, such as {upTo: 200 mg, atMost: 50 mL}")
        let volume = PreparationRule.Volume(
            above: Milligrams(try map.optional("above")?.positive("mg") ?? 0),
            upTo: try map.optional("upTo")?.milligrams(),
            atLeast: try map.optional("atLeast")?.positive("mL"),
            atMost: try map.optional("atMost")?.positive("mL"))
        try map.finish()
        return volume
    }

    private static func concentration(
        _ value: YAMLValue
    ) throws(YAMLProblems) -> PreparationRule.Concentration {
        typealias Concentration = PreparationRule.Concentration
        var map = try value.mapping(accepted: "a concentration")
        let lower: Concentration.Lower?
        if let least = map.optional("atLeast") {
            lower = .atLeast(try least.positive("mg/mL"))
        } else {
            lower = try map.optional("moreThan").map { (value) throws(YAMLProblems) in
                .moreThan(try value.positive("mg/mL"))
            }
        }
        let concentration = Concentration(
            lower: lower, atMost: try map.optional("atMost")?.positive("mg/mL"),
            of: try map.required("of").oneOf(Concentration.Basis.self))
        try map.finish()
        return concentration
    }
}
