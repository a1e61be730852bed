import Infusion

extension IronNeedTables {
    /// Each table and each formula, in the order of the file.
    var entries: [KnowledgeEntry] {
        [
            ferinject.entry("ferinject"), monofer.entry("monofer"),
            monoferFixed.entry("monoferFixed"), eccoWomen.entry("eccoWomen"),
            eccoMen.entry("eccoMen"), heartFailure.entry, ganzoni.entry, infed.entry,
            unitLost.entry,
            KnowledgeEntry(
                .need, "roundings",
                roundings.map { ($0.moiety.rawValue, "\($0.text) [\($0.source.line)]") }),
        ]
    }
}

extension BandTable {
    /// A field for each row, by its place, with its source.
    fileprivate func fields(_ text: (Cell) -> String) -> [(String, String?)] {
        rows.map { ($0.place, "\(text($0.cell)) [\($0.source.line)]") }
    }
}

extension BandTable<Milligrams> {
    fileprivate func entry(_ name: String) -> KnowledgeEntry {
        KnowledgeEntry(.need, name, fields(\.description))
    }
}

extension HeartFailureTable {
    fileprivate var entry: KnowledgeEntry {
        KnowledgeEntry(
            .need, "heartFailure",
            cells.fields { "day 1 \($0.day1), week 6 \($0.week6)" } + [
                ("maintenance", maintenance.description)
            ])
    }
}

extension GanzoniConstants {
    fileprivate var entry: KnowledgeEntry {
        KnowledgeEntry(
            .need, "ganzoni",
            [
                ("factor", "\(factor)"), ("target", target.description),
                ("stores", stores.description), ("child.below", childBelow.description),
                ("child.target", childTarget.description),
                ("child.stores", "\(childStores) mg/kg"), ("source", source.line),
            ])
    }
}

extension InfedConstants {
    fileprivate var entry: KnowledgeEntry {
        KnowledgeEntry(
            .need, "infed",
            [
                ("hemoglobinFactor", "\(hemoglobinFactor)"), ("storesFactor", "\(storesFactor)"),
                ("iron", "\(ironPerMilliliter) mg/mL"), ("desired", desired.description),
                ("child.upTo", childUpTo.description), ("child.desired", childDesired.description),
                ("leanBodyWeight", leanBodyWeight.text), ("source", source.line),
            ])
    }
}

extension InfedConstants.LeanBodyWeight {
    fileprivate var text: String {
        "men \(men), women \(women), \(perInch) for each inch above \(aboveInches), from \(from)"
    }
}

extension UnitLost {
    fileprivate var entry: KnowledgeEntry {
        KnowledgeEntry(.need, "unitLost", [("iron", iron.description), ("source", source.line)])
    }
}
