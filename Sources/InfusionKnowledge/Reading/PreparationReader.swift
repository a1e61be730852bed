import Faults
import Foundation
import Infusion
import YAMLReader

enum PreparationReader {
    static func read(
        _ value: YAMLValue
    ) throws(YAMLProblems) -> Placed<PreparationRule> {
        var map = try value.mapping(accepted: "a preparation")
        let place = map.optional("diluents")
        let (id, undiluted, diluents, volumes, concentration, hours, notes, source, _) =
            try allRead(
                reading(PreparationID(try map.required("id").identifier())),
                reading(try map.optional("undiluted")?.bool() ?? false),
                reading(
                    try map.required("diluents").list { (value) throws(YAMLProblems) in
                        try value.oneOf(Diluent.self)
                    }),
                reading(try map.optional("volumes")?.list(volume) ?? []),
                reading(try map.optional("concentration").map(concentration)),
                reading(try map.optional("stability")?.whole("h")),
                reading(try map.optional("notes")?.texts() ?? []),
                reading(try map.required("source").source()), reading(try map.finish()))
        guard undiluted == diluents.isEmpty else {
            throw (place ?? value).problem(
                "names no diluent just where `undiluted` is true, and only there")
        }
        let rule = PreparationRule(
            id: id, diluents: diluents, volumes: volumes, concentration: concentration,
            stabilityHours: hours, notes: notes, source: source)
        return Placed(value: rule, place: value)
    }

    private static func volume(
        _ value: YAMLValue
    ) throws(YAMLProblems) -> PreparationRule.Volume {
        var map = try value.mapping(accepted: "a volume, such as {upTo: 200 mg, atMost: 50 mL}")
        let (above, upTo, atLeast, atMost, _) = try allRead(
            reading(Milligrams(try map.optional("above")?.positive("mg") ?? 0)),
            reading(try map.optional("upTo")?.milligrams()),
            reading(try map.optional("atLeast")?.positive("mL")),
            reading(try map.optional("atMost")?.positive("mL")), reading(try map.finish()))
        return PreparationRule.Volume(above: above, upTo: upTo, atLeast: atLeast, atMost: atMost)
    }

    private static func concentration(
        _ value: YAMLValue
    ) throws(YAMLProblems) -> PreparationRule.Concentration {
        typealias Concentration = PreparationRule.Concentration
        var map = try value.mapping(accepted: "a concentration")
        let (lower, atMost, basis, _) = try allRead(
            reading(try lower(&map)), reading(try map.optional("atMost")?.positive("mg/mL")),
            reading(try map.required("of").oneOf(Concentration.Basis.self)),
            reading(try map.finish()))
        return Concentration(lower: lower, atMost: atMost, of: basis)
    }

    private static func lower(
        _ map: inout YAMLMapping
    ) throws(YAMLProblems) -> PreparationRule.Concentration.Lower? {
        if let least = map.optional("atLeast") { return .atLeast(try least.positive("mg/mL")) }
        guard let more = map.optional("moreThan") else { return nil }
        return .moreThan(try more.positive("mg/mL"))
    }
}
