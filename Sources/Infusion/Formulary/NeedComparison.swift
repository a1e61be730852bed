import Foundation

/// The tables of a site's formulary against the shipped ones: a site may plan less iron, and never more.
struct NeedComparison {
    private(set) var weakenings: [Weakening] = []

    init(_ tables: IronNeedTables, label: IronNeedTables) {
        cells("ferinject", tables.ferinject, label.ferinject)
        cells("monofer", tables.monofer, label.monofer)
        cells("monoferFixed", tables.monoferFixed, label.monoferFixed)
        cells("eccoWomen", tables.eccoWomen, label.eccoWomen)
        cells("eccoMen", tables.eccoMen, label.eccoMen)
        let (plan, known) = (tables.heartFailure, label.heartFailure)
        compare("heartFailure", plan.cells, known.cells) {
            $0.day1 <= $1.day1 && $0.week6 <= $1.week6
        }
        atMost("heartFailure", "maintenance", plan.maintenance.value, known.maintenance.value)
        ganzoni(tables.ganzoni, label.ganzoni)
        infed(tables.infed, label.infed)
        atMost("unitLost", "iron", tables.unitLost.iron.value, label.unitLost.iron.value)
        claim("unitLost", tables.unitLost.source, label.unitLost.source)
        // What is rounded otherwise than printed is no printed table any more.
        for known in label.roundings where tables.rounding(of: known.moiety) != known {
            weaker("roundings", known.moiety.rawValue, "differs from the label's")
        }
        for rounding in tables.roundings where label.rounding(of: rounding.moiety) == nil {
            weaker("roundings", rounding.moiety.rawValue, "the label prints no such table")
        }
    }

    private mutating func cells(
        _ entry: String, _ table: BandTable<Milligrams>, _ label: BandTable<Milligrams>
    ) {
        compare(entry, table, label) { $0 <= $1 }
    }

    /// Whoever is in a row is in rows of the label's, each of which asks for as much at least.
    private mutating func compare<Cell>(
        _ entry: String, _ table: BandTable<Cell>, _ label: BandTable<Cell>,
        _ isAtMost: (Cell, Cell) -> Bool
    ) {
        if !table.isWithin(label) {
            weaker(entry, "rows", "reach beyond the label's weights or haemoglobins")
        }
        for row in table.rows {
            for known in label.rows where row.meets(known) {
                if !isAtMost(row.cell, known.cell) {
                    weaker(entry, row.place, "is above the label's for \(known.place)")
                }
                claim(entry, row.source, known.source)
            }
        }
    }

    private mutating func ganzoni(_ constants: GanzoniConstants, _ label: GanzoniConstants) {
        let entry = "ganzoni"
        atMost(entry, "factor", constants.factor, label.factor)
        atMost(entry, "target", constants.target.value, label.target.value)
        atMost(entry, "stores", constants.stores.value, label.stores.value)
        atMost(entry, "child.target", constants.childTarget.value, label.childTarget.value)
        atMost(entry, "child.stores", constants.childStores, label.childStores)
        same(entry, "child.below", constants.childBelow, label.childBelow)
        claim(entry, constants.source, label.source)
    }

    private mutating func infed(_ constants: InfedConstants, _ label: InfedConstants) {
        let entry = "infed"
        atMost(entry, "hemoglobinFactor", constants.hemoglobinFactor, label.hemoglobinFactor)
        atMost(entry, "storesFactor", constants.storesFactor, label.storesFactor)
        atMost(entry, "iron", constants.ironPerMilliliter, label.ironPerMilliliter)
        atMost(entry, "desired", constants.desired.value, label.desired.value)
        atMost(entry, "child.desired", constants.childDesired.value, label.childDesired.value)
        same(entry, "child.upTo", constants.childUpTo, label.childUpTo)
        same(entry, "leanBodyWeight", constants.leanBodyWeight, label.leanBodyWeight)
        claim(entry, constants.source, label.source)
    }

    private mutating func atMost(
        _ entry: String, _ field: String, _ value: Decimal, _ label: Decimal
    ) {
        if value > label { weaker(entry, field, "is above \(label)") }
    }

    private mutating func same<Value: Equatable>(
        _ entry: String, _ field: String, _ value: Value, _ label: Value
    ) {
        if value != label { weaker(entry, field, "differs from the label's") }
    }

    private mutating func claim(_ entry: String, _ source: ClinicalSource, _ label: ClinicalSource)
    {
        if let claim = source.claim(beyond: label) { weaker(entry, "source", claim) }
    }

    private mutating func weaker(_ entry: String, _ field: String, _ problem: String) {
        let weakening = Weakening(entry, field, problem)
        if !weakenings.contains(weakening) { weakenings.append(weakening) }
    }
}

extension BandTable {
    /// Whether everybody of this table is in `label` too.
    fileprivate func isWithin(_ label: Self) -> Bool {
        guard let first = rows.first, let last = rows.last, let known = label.rows.first,
            let lastKnown = label.rows.last
        else { return false }
        let isHeavyEnough =
            known.weight.atLeast.map { least in
                first.weight.atLeast.map { $0 >= least } ?? false
            } ?? true
        let isLightEnough =
            lastKnown.weight.below.map { below in last.weight.below.map { $0 <= below } ?? false }
            ?? true
        return isHeavyEnough && isLightEnough
            && last.hemoglobin.ends(by: lastKnown.hemoglobin.upper)
    }
}

extension BandTable.Row {
    /// Whether somebody is in both.
    fileprivate func meets(_ other: Self) -> Bool {
        !weight.isApart(from: other.weight) && !hemoglobin.isApart(from: other.hemoglobin)
    }
}
