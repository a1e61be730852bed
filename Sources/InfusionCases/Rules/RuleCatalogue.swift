public import Infusion
import InfusionKnowledge

/// Every rule of the clinical tables, made of the values that decide.
public enum RuleCatalogue {
    /// In the order of the tables, and of the rows in each.
    public static func rules(
        of formulary: Formulary, _ pathways: ClinicalPathways
    ) -> [ClinicalRule] {
        let doses =
            formulary.products.map(\.rule) + formulary.preparations.map(\.rule)
            + formulary.rows.map(\.rule) + needs(of: formulary.needs)
        let statuses =
            IronStatusRule.allCases.map { $0.rule(of: pathways) }
            + IronStatusGuideline.allCases.map(\.rule)
            + ResultRule.allCases.map { $0.rule(of: pathways) }
        let answers =
            statuses + Gate.allCases.map(\.rule) + overrides + ReactionRule.allCases.map(\.rule)
        let rechecks = RecheckRule.allCases.map { $0.rule(of: pathways) }
        let urgencies = UrgencyRule.all(in: pathways.policy).map(\.rule)
        let settings = PolicySetting.allCases.filter { pathways[$0].accepted != .fixed }
        let responses = ResponseRule.allCases.map { $0.rule(of: pathways) }
        return doses + answers + rechecks + urgencies + responses
            + settings.map { $0.rule(of: pathways) }
    }
}

extension Product {
    fileprivate var rule: ClinicalRule {
        ClinicalRule(
            .products, key.name, "\(brand): \(generic).",
            details: entry.details(but: ["brand", "generic", "source"]), source: source)
    }
}

extension PreparationRule {
    fileprivate var rule: ClinicalRule {
        ClinicalRule(
            .preparations, id.name,
            diluents.isEmpty ? "Given undiluted." : "Diluted before it is infused.",
            details: entry.details(but: ["source"]), source: source)
    }
}

extension DosingRow {
    fileprivate var rule: ClinicalRule {
        ClinicalRule(
            .dosing, id.name, indication.prefix(1).uppercased() + indication.dropFirst() + ".",
            details: entry.details(but: ["indication", "source"]), source: source)
    }
}

extension KnowledgeEntry {
    fileprivate func details(but left: Set<String>) -> [ClinicalRule.Detail] {
        fields.filter { !left.contains($0.name) }.map { ClinicalRule.Detail($0.name, $0.text) }
    }
}

extension RuleCatalogue {
    private static func needs(of tables: IronNeedTables) -> [ClinicalRule] {
        heartFailure(tables.heartFailure)
            + IronNeedRule.allCases.map {
                ClinicalRule(
                    .needRules, $0.rawValue, $0.meaning(by: tables), source: $0.source)
            } + need(IronNeedCalculator(tables))
    }
}

extension IronStatusGuideline {
    fileprivate var rule: ClinicalRule {
        ClinicalRule(.ironStatus, rawValue, meaning, source: source)
    }
}

extension ResultRule {
    fileprivate func rule(of pathways: ClinicalPathways) -> ClinicalRule {
        ClinicalRule(.ironStatus, rawValue, meaning(in: pathways.policy), source: source)
    }
}

extension RuleCatalogue {
    /// Who may let a dose pass, by how hard the gate is shut, and what the override then holds for.
    fileprivate static var overrides: [ClinicalRule] {
        let source = ClinicalSource("clinical facts §4, §10.2", .engineeringDefault, .medium)
        let severities = Severity.allCases.map { severity in
            ClinicalRule(
                .overrides, "OVERRIDE-\(severity.rawValue.uppercased())",
                "A gate that is shut as \(severity.rawValue): \(severity.override).", source: source
            )
        }
        return severities + [
            ClinicalRule(
                .overrides, "OVERRIDE-ONE-GATE",
                "An override opens one gate of one order, and leaves every other one as it is.",
                source: source),
            ClinicalRule(
                .overrides, "OVERRIDE-ONE-DOSE",
                "The first dose that passes the gate by an override spends it.", source: source),
            ClinicalRule(
                .overrides, "OVERRIDE-EXPIRY",
                """
                It holds until the moment that was set with it, at most \(InfusionLimits.overrideDays) \
                days ahead.
                """,
                source: source),
            ClinicalRule(
                .overrides, "OVERRIDE-FACTS",
                """
                It counts as long as its gate is shut by the facts that it was given for: a newer, corrected or \
                retracted one, another reason or a fact that has become too old voids it, and days that pass do not.
                """,
                source: ClinicalSource(
                    "clinical facts §10.2 (inputsHash), §10.1 (12)", .engineeringDefault, .medium)),
            ClinicalRule(
                .overrides, "OVERRIDE-NOT-SHUT",
                "A gate that lets the dose pass on its date has nothing to override.",
                source: source),
        ] + StandingBlock.allCases.map(\.rule)
    }
}

extension StandingBlock {
    fileprivate var rule: ClinicalRule {
        let name =
            switch self {
            case .seriousReaction: "LIFT-REACTION"
            case .reactionReview: "LIFT-REVIEW"
            case .knownIronOverload: "LIFT-OVERLOAD"
            }
        return ClinicalRule(
            .overrides, name, meaning,
            source: ClinicalSource(
                "clinical facts §4 ★, §5.3, §10.1, §10.2; R-19", .engineeringDefault, .medium))
    }
}

extension Gate {
    fileprivate var rule: ClinicalRule {
        let overrides = severities.map { "\($0.rawValue): \($0.override)" }
        return ClinicalRule(
            .gates, rawValue, meaning,
            details: [
                ClinicalRule.Detail("shuts", severities.map(\.rawValue).list),
                ClinicalRule.Detail("may be overridden by", overrides.joined(separator: "; ")),
                ClinicalRule.Detail("next step", nextSteps.list),
                ClinicalRule.Detail("version", "\(RuleVersions.version(of: self))"),
            ], source: source)
    }
}

extension ReactionRule {
    fileprivate var rule: ClinicalRule {
        let kinds = [("grade 1 or 2", kinds), ("not graded yet", kindsUngraded)]
        return ClinicalRule(
            .reactions, rawValue, meaning,
            details: kinds.filter { !$0.1.isEmpty }.map { name, kinds in
                ClinicalRule.Detail(name, kinds.map(\.rawValue).list)
            }, source: source)
    }
}

extension RecheckRule {
    fileprivate func rule(of pathways: ClinicalPathways) -> ClinicalRule {
        ClinicalRule(
            .rechecks, rawValue, meaning,
            details: [
                ClinicalRule.Detail("when", timing(in: pathways.policy)),
                ClinicalRule.Detail("version", "\(RuleVersions.version(of: self))"),
            ], source: source)
    }
}

extension UrgencyRule {
    fileprivate var rule: ClinicalRule {
        let when = days == 0 ? "the same day" : "within \(days) days"
        return ClinicalRule(
            .urgency, "URGENCY-\(name)", "\(condition): \(urgency.rawValue), \(when).",
            source: source)
    }
}

extension ResponseRule {
    fileprivate func rule(of pathways: ClinicalPathways) -> ClinicalRule {
        ClinicalRule(
            .response, id, meaning(in: pathways.policy),
            details: nextSteps.isEmpty ? [] : [ClinicalRule.Detail("next step", nextSteps.list)],
            source: source)
    }
}

extension PolicySetting {
    fileprivate func rule(of pathways: ClinicalPathways) -> ClinicalRule {
        let row = pathways[self]
        return ClinicalRule(
            .policy, rawValue, row.meaning + (unitInWords.map { ", \($0)" } ?? ""),
            details: [
                ClinicalRule.Detail("default", row.value.description),
                ClinicalRule.Detail("accepted", pathways.accepted(for: self)),
            ], source: row.source)
    }

    private var unitInWords: String? {
        switch unit {
        case "d": "days"
        case "mo": "months"
        case let other: other
        }
    }
}

extension [String] {
    fileprivate var list: String { joined(separator: ", ") }
}
