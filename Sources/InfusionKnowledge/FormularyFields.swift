import Foundation
public import Infusion

extension Formulary {
    /// Products, preparations, rows and needs, each in the order of the file.
    public var entries: [KnowledgeEntry] {
        products.map(\.entry) + preparations.map(\.entry) + rows.map(\.entry) + needs.entries
    }
}

extension Product {
    public var entry: KnowledgeEntry {
        KnowledgeEntry(
            .product, key.name,
            [
                ("brand", brand), ("generic", generic), ("moiety", moiety.rawValue),
                ("region", region.rawValue), ("iron", "\(ironPerMilliliter) mg/mL"),
                ("testDose", testDose.text), ("observation", "\(observationMinutes) min"),
                ("otherIronReaction", otherIronReaction.rawValue),
                ("boxedWarnings", boxedWarnings.list),
                ("contraindications", contraindications.list),
                ("vials", vials.map { $0.text(in: self) }.list), ("preparation", preparation?.name),
                ("rows", rows.map(\.name).list), ("source", source.line),
            ])
    }
}

extension Vial {
    /// Its source too, where that is not the product's.
    fileprivate func text(in product: Product) -> String {
        source == product.source ? size.description : "\(size) [\(source.line)]"
    }
}

extension PreparationRule {
    public var entry: KnowledgeEntry {
        KnowledgeEntry(
            .preparation, id.name,
            [
                ("diluents", diluents.isEmpty ? "undiluted" : diluents.map(\.rawValue).list),
                ("volumes", volumes.map(\.text).list), ("concentration", concentration?.text),
                ("stability", stabilityHours.map { "\($0) h" }), ("notes", notes.list),
                ("source", source.line),
            ])
    }
}

extension DosingRow {
    public var entry: KnowledgeEntry {
        KnowledgeEntry(
            .row, id.name,
            [
                ("moiety", moiety.rawValue), ("region", region.rawValue),
                ("indication", indication), ("contexts", contextsText),
                ("population", population.text), ("dose", dose.text), ("interval", interval.text),
                ("course", course.text), ("weekly", weekly.text(siteMaximum: weeklySiteMaximum)),
                ("infusion", infusion.map(\.text).list), ("offLabel", isOffLabel ? "true" : nil),
                ("cautions", cautions.map(\.rawValue).list), ("notes", notes.list),
                ("source", source.line),
            ])
    }

    private var contextsText: String {
        let all = ClinicalContext.allCases
        if contexts.count == all.count { return "all" }
        let missing = all.filter { !contexts.contains($0) }
        return missing.count < contexts.count
            ? "all but \(missing.map(\.rawValue).joined(separator: ", "))"
            : all.filter(contexts.contains).map(\.rawValue).joined(separator: ", ")
    }
}

extension TestDoseRule {
    fileprivate var text: String {
        switch self {
        case .none: "none"
        case .mandatory(let amount, let wait): "\(amount), then \(wait) min"
        case .slowStart(let amount, let over): "first \(amount) over \(over) min"
        }
    }
}

extension PreparationRule.Volume {
    fileprivate var text: String {
        Self.band(above, upTo)
            + [atLeast.map { "at least \($0) mL" }, atMost.map { "at most \($0) mL" }]
            .compactMap(\.self).joined(separator: ", ")
    }

    static func band(_ above: Milligrams, _ upTo: Milligrams?) -> String {
        switch (above > .zero, upTo) {
        case (true, let upTo?): ">\(above) to \(upTo): "
        case (false, let upTo?): "up to \(upTo): "
        case (true, nil): ">\(above): "
        case (false, nil): ""
        }
    }
}

extension PreparationRule.Concentration {
    fileprivate var text: String {
        let low: String? =
            switch lower {
            case .atLeast(let value): "at least \(value) mg/mL"
            case .moreThan(let value): "more than \(value) mg/mL"
            case nil: nil
            }
        let ends = [low, atMost.map { "at most \($0) mg/mL" }].compactMap(\.self)
        return ends.joined(separator: ", ") + (of == .total ? " of the whole" : " of the diluent")
    }
}

extension Population {
    fileprivate var text: String {
        [
            "from \(minimumAge)", belowAge.map { "below \($0)" },
            verifiedFrom.map { "verified from \($0)" },
            weight.atLeast.map { "from \($0)" }, weight.below.map { "below \($0)" },
            hemoglobinBelow.map { "haemoglobin below \($0)" },
        ].compactMap(\.self).joined(separator: ", ")
    }
}

extension DoseRule {
    fileprivate var text: String {
        switch self {
        case .flat(let amount): amount.description
        case .perKilogram(let factor, let cap):
            "\(factor) mg/kg" + (cap.map { ", at most \($0)" } ?? "")
        case .schedule(let amounts): amounts.map(\.description).joined(separator: ", ") + " in turn"
        case .weightBands(let bands):
            bands.map { band in
                let from = band.weight.atLeast.map { "from \($0) " } ?? ""
                let below = band.weight.below.map { "below \($0) " } ?? ""
                return from + below + band.dose.description
            }.joined(separator: "; ")
        case .heartFailureTable: "by the heart-failure table"
        }
    }
}

extension IntervalRule {
    fileprivate var text: String {
        if anchored != nil { return "by the heart-failure schedule" }
        let others = minimumDaysByContext.sorted { $0.key.rawValue < $1.key.rawValue }
            .map { "\($0.value) d in \($0.key.rawValue)" }
        return
            (["at least \(minimumDays) d"] + others
            + [
                maximumDays.map { "at most \($0) d" },
                span.map { span in
                    "all within \(span.days) d"
                        + (span.softDays.map { " (soft up to \($0) d)" } ?? " (later: soft)")
                },
                timesPerWeek.map { "at most \($0) in 7 dates" }, doses.map(told(doses:)),
            ].compactMap(\.self)).joined(separator: ", ")
    }
}

private func told(doses: Int) -> String { doses == 1 ? "1 dose" : "\(doses) doses" }

extension CourseRule {
    fileprivate var text: String {
        switch self {
        case .byNeed: "by need"
        case .flat(let amount): amount.description
        case .perKilogram(let factor): "\(factor) mg/kg"
        case .doses(let count): told(doses: count)
        case .heartFailureTable: "by the heart-failure table"
        }
    }
}

extension WeeklyRule {
    fileprivate func text(siteMaximum: Milligrams?) -> String? {
        switch self {
        case .none: nil
        case .flat(let amount):
            amount.description + (siteMaximum.map { " (a site may set up to \($0))" } ?? "")
        case .perKilogram(let factor): "\(factor) mg/kg"
        }
    }
}

extension InfusionTimeRule {
    fileprivate var text: String {
        let pace =
            switch pace {
            case .minutes(let minutes): "at least \(minutes) min"
            case .longerThan(let minutes): "longer than \(minutes) min"
            case .milligramsPerMinute(let rate): "at most \(rate) mg/min"
            case .notPrescribed: "no prescribed time"
            }
        return "\(route.rawValue), \(PreparationRule.Volume.band(above, upTo))\(pace)"
    }
}

extension [String] {
    fileprivate var list: String? { isEmpty ? nil : joined(separator: "; ") }
}
