import Faults
import Foundation
import Infusion
import YAMLReader

/// The tables and constants of the needs, `needs` of a formulary.
enum NeedTablesReader {
    /// - Parameter shipped: What an entry is that the file leaves out; `nil` for the file that is shipped
    ///   itself, which leaves out none.
    static func read(
        _ value: YAMLValue, otherwise shipped: IronNeedTables?
    ) throws(YAMLProblems) -> IronNeedTables {
        var map = try value.mapping(accepted: "the tables and constants of the needs")
        let cells = reading(
            try allRead(
                reading(try entry("ferinject", &map, shipped?.ferinject, amounts)),
                reading(try entry("monofer", &map, shipped?.monofer, amounts)),
                reading(try entry("monoferFixed", &map, shipped?.monoferFixed, amounts)),
                reading(try entry("eccoWomen", &map, shipped?.eccoWomen, amounts)),
                reading(try entry("eccoMen", &map, shipped?.eccoMen, amounts)),
                reading(try entry("heartFailure", &map, shipped?.heartFailure, heartFailure))))
        let constants = reading(
            try allRead(
                reading(try entry("ganzoni", &map, shipped?.ganzoni, ganzoni)),
                reading(try entry("infed", &map, shipped?.infed, infed)),
                reading(try entry("unitLost", &map, shipped?.unitLost, unitLost)),
                reading(try entry("roundings", &map, shipped?.roundings, roundings))))
        let (
            (ferinject, monofer, monoferFixed, eccoWomen, eccoMen, heartFailure),
            (ganzoni, infed, unitLost, roundings), _
        ) = try allRead(cells, constants, reading(try map.finish()))
        return IronNeedTables(
            ferinject: ferinject, monofer: monofer, monoferFixed: monoferFixed,
            eccoWomen: eccoWomen, eccoMen: eccoMen, heartFailure: heartFailure, ganzoni: ganzoni,
            infed: infed, unitLost: unitLost, roundings: roundings)
    }

    private static func entry<Value>(
        _ key: String, _ map: inout YAMLMapping, _ shipped: Value?,
        _ read: (YAMLValue) throws(YAMLProblems) -> Value
    ) throws(YAMLProblems) -> Value {
        guard let shipped else { return try read(try map.required(key)) }
        guard let value = map.optional(key) else { return shipped }
        return try read(value)
    }

    // MARK: Tables

    private static func amounts(_ value: YAMLValue) throws(YAMLProblems) -> BandTable<Milligrams> {
        var map = try value.mapping(accepted: "a table, {rows: […], source: …}")
        let (table, _) = try allRead(
            reading(try rows(&map, amount)), reading(try map.finish()))
        return table
    }

    private static func amount(_ row: inout YAMLMapping) throws(YAMLProblems) -> Milligrams {
        try row.required("need").milligrams()
    }

    private static func heartFailure(_ value: YAMLValue) throws(YAMLProblems) -> HeartFailureTable {
        var map = try value.mapping(
            accepted: "the heart-failure table, {rows: […], maintenance: …, source: …}")
        let (table, maintenance, _) = try allRead(
            reading(try rows(&map, doses)), reading(try map.required("maintenance").milligrams()),
            reading(try map.finish()))
        guard HeartFailureTable.hasEnd(table) else {
            throw value.problem(
                "is not for every weight and below one haemoglobin, from which on there is no data")
        }
        return HeartFailureTable(table, maintenance: maintenance)
    }

    /// Week 6 is left out where the table asks for nothing then.
    private static func doses(
        _ row: inout YAMLMapping
    ) throws(YAMLProblems) -> HeartFailureTable.Doses {
        let (day1, week6) = try allRead(
            reading(try row.required("day1").milligrams()),
            reading(try row.optional("week6")?.milligrams() ?? .zero))
        return HeartFailureTable.Doses(day1: day1, week6: week6)
    }

    /// `rows` and the `source` that each has which names none of its own.
    private static func rows<Cell>(
        _ map: inout YAMLMapping, _ cell: (inout YAMLMapping) throws(YAMLProblems) -> Cell
    ) throws(YAMLProblems) -> BandTable<Cell> {
        let list = try map.required("rows")
        let (found, source) = try allRead(
            reading(
                try list.list { (value) throws(YAMLProblems) in try row(value, cell) }),
            reading(try map.required("source").source()))
        guard !found.isEmpty else { throw list.problem("holds no row") }
        let rows = found.map { row in
            BandTable<Cell>.Row(
                weight: row.value.weight, hemoglobin: row.value.hemoglobin, cell: row.value.cell,
                source: row.value.source ?? source)
        }
        let disorder = BandTable<Cell>.disorder(in: rows)
        guard disorder.isEmpty else {
            throw YAMLProblems(disorder.flatMap { found[$0.row].place.problem($0.problem).all })
        }
        return BandTable(rows)
    }

    private struct FoundRow<Cell> {
        let weight: WeightRange
        let hemoglobin: HemoglobinBand
        let cell: Cell
        let source: ClinicalSource?
    }

    private static func row<Cell>(
        _ value: YAMLValue, _ cell: (inout YAMLMapping) throws(YAMLProblems) -> Cell
    ) throws(YAMLProblems) -> Placed<FoundRow<Cell>> {
        var map = try value.mapping(
            accepted:
                "a row, such as {weight: {below: 35 kg}, hemoglobin: {below: 10 g/dL}, need: 500 mg}"
        )
        let (weight, hemoglobin, found, source, _) = try allRead(
            reading(try map.optional("weight").map(weight) ?? .any),
            reading(try map.optional("hemoglobin").map(hemoglobin) ?? .any),
            reading(try cell(&map)), reading(try map.optional("source")?.source()),
            reading(try map.finish()))
        return Placed(
            value: FoundRow(
                weight: weight, hemoglobin: hemoglobin, cell: found, source: source), place: value)
    }

    private static func weight(_ value: YAMLValue) throws(YAMLProblems) -> WeightRange {
        var map = try value.mapping(accepted: "weights, such as {from: 35 kg, below: 70 kg}")
        let (from, below, _) = try allRead(
            reading(try map.optional("from")?.kilograms()),
            reading(try map.optional("below")?.kilograms()), reading(try map.finish()))
        return WeightRange(atLeast: from, below: below)
    }

    private static func hemoglobin(_ value: YAMLValue) throws(YAMLProblems) -> HemoglobinBand {
        var map = try value.mapping(
            accepted: "haemoglobins, such as {from: 10 g/dL, below: 14 g/dL}")
        let (lower, upper, _) = try allRead(
            reading(try end(included: "from", excluded: "above", &map)),
            reading(try end(included: "upTo", excluded: "below", &map)),
            reading(try map.finish()))
        return HemoglobinBand(lower: lower, upper: upper)
    }

    private static func end(
        included: String, excluded: String, _ map: inout YAMLMapping
    ) throws(YAMLProblems) -> HemoglobinBand.End? {
        switch (map.optional(included), map.optional(excluded)) {
        case (nil, nil): return nil
        case (let value?, nil): return .init(try value.gramsPerDeciliter(), isIncluded: true)
        case (nil, let value?): return .init(try value.gramsPerDeciliter(), isIncluded: false)
        case (.some, let value?):
            throw value.problem("is written beside \(included); one of them ends the band")
        }
    }
}

/// The constants of the formulas.
extension NeedTablesReader {
    private static func ganzoni(_ value: YAMLValue) throws(YAMLProblems) -> GanzoniConstants {
        var map = try value.mapping(accepted: "the constants of Ganzoni's formula")
        let (factor, target, stores, child, source, _) = try allRead(
            reading(try map.required("factor").factor()),
            reading(try map.required("target").gramsPerDeciliter()),
            reading(try map.required("stores").milligrams()),
            reading(try child(try map.required("child"))),
            reading(try map.required("source").source()), reading(try map.finish()))
        return GanzoniConstants(
            factor: factor, target: target, stores: stores, childBelow: child.below,
            childTarget: child.target, childStores: child.stores, source: source)
    }

    private static func child(
        _ value: YAMLValue
    ) throws(YAMLProblems) -> (below: Kilograms, target: GramsPerDeciliter, stores: Decimal) {
        var map = try value.mapping(
            accepted: "a child's, {below: 35 kg, target: 13 g/dL, stores: 15 mg/kg}")
        let (below, target, stores, _) = try allRead(
            reading(try map.required("below").kilograms()),
            reading(try map.required("target").gramsPerDeciliter()),
            reading(try map.required("stores").positive("mg/kg")), reading(try map.finish()))
        return (below, target, stores)
    }

    private static func infed(_ value: YAMLValue) throws(YAMLProblems) -> InfedConstants {
        var map = try value.mapping(accepted: "the constants of the INFeD label's formula")
        let (factors, desired, child, lean, source, _) = try allRead(
            reading(
                try allRead(
                    reading(try map.required("hemoglobinFactor").factor()),
                    reading(try map.required("storesFactor").factor()),
                    reading(try map.required("iron").positive("mg/mL")))),
            reading(try map.required("desired").gramsPerDeciliter()),
            reading(try infedChild(try map.required("child"))),
            reading(try leanBodyWeight(try map.required("leanBodyWeight"))),
            reading(try map.required("source").source()), reading(try map.finish()))
        return InfedConstants(
            hemoglobinFactor: factors.0, storesFactor: factors.1, ironPerMilliliter: factors.2,
            desired: desired, childUpTo: child.upTo, childDesired: child.desired,
            leanBodyWeight: lean, source: source)
    }

    private static func infedChild(
        _ value: YAMLValue
    ) throws(YAMLProblems) -> (upTo: Kilograms, desired: GramsPerDeciliter) {
        var map = try value.mapping(accepted: "a child's, {upTo: 15 kg, desired: 12 g/dL}")
        let (upTo, desired, _) = try allRead(
            reading(try map.required("upTo").kilograms()),
            reading(try map.required("desired").gramsPerDeciliter()), reading(try map.finish()))
        return (upTo, desired)
    }

    private static func leanBodyWeight(
        _ value: YAMLValue
    ) throws(YAMLProblems) -> InfedConstants.LeanBodyWeight {
        var map = try value.mapping(accepted: "lean body weight, {men: 50 kg, women: 45.5 kg, …}")
        let (men, women, perInch, above, from, _) = try allRead(
            reading(try map.required("men").kilograms()),
            reading(try map.required("women").kilograms()),
            reading(try map.required("perInch").kilograms()),
            reading(try map.required("aboveInches").factor()),
            reading(try map.required("from").kilograms()), reading(try map.finish()))
        return InfedConstants.LeanBodyWeight(
            men: men, women: women, perInch: perInch, aboveInches: above, from: from)
    }

    private static func unitLost(_ value: YAMLValue) throws(YAMLProblems) -> UnitLost {
        var map = try value.mapping(accepted: "the iron of a unit lost, {iron: 200 mg, source: …}")
        let (iron, source, _) = try allRead(
            reading(try map.required("iron").milligrams()),
            reading(try map.required("source").source()), reading(try map.finish()))
        return UnitLost(iron: iron, source: source)
    }

    /// By the iron of the product: `{ironSucrose: {nearest: 50 mg, source: …}}`.
    private static func roundings(_ value: YAMLValue) throws(YAMLProblems) -> [IronNeedRounding] {
        try value.mapping(accepted: "roundings by iron").all.allRead {
            (name, value) throws(YAMLProblems) in
            guard let moiety = Moiety(rawValue: name) else {
                let accepted = Moiety.allCases.map(\.rawValue).joined(separator: ", ")
                throw value.problem("'\(name)' is no iron; accepted: \(accepted)")
            }
            return try rounding(value, moiety)
        }
    }

    private static func rounding(
        _ value: YAMLValue, _ moiety: Moiety
    ) throws(YAMLProblems) -> IronNeedRounding {
        let accepted =
            "a rounding, {nearest: 50 mg, source: …} or {to: 100 mg, downUpTo: 66 kg, source: …}"
        var map = try value.mapping(accepted: accepted)
        if let nearest = map.optional("nearest") {
            let (step, source, _) = try allRead(
                reading(try nearest.milligrams()), reading(try map.required("source").source()),
                reading(try map.finish()))
            return IronNeedRounding(
                moiety: moiety, step: step, direction: .nearest, source: source)
        }
        let (step, limit, source, _) = try allRead(
            reading(try map.required("to").milligrams()),
            reading(try map.required("downUpTo").kilograms()),
            reading(try map.required("source").source()), reading(try map.finish()))
        return IronNeedRounding(
            moiety: moiety, step: step, direction: .downUpTo(limit), source: source)
    }
}

extension YAMLValue {
    fileprivate func gramsPerDeciliter() throws(YAMLProblems) -> GramsPerDeciliter {
        GramsPerDeciliter(try positive(Units.GramPerDeciliter.ucum))
    }

    /// A number without a unit, more than nothing.
    fileprivate func factor() throws(YAMLProblems) -> Decimal {
        let value = try decimal()
        guard value > 0 else { throw invalid(accepted: "more than 0") }
        return value
    }
}
