public import Infusion
import InfusionKnowledge

/// The rows of the clinical tables, each of which some case must show, and what cases say that they show.
public enum CaseCoverage {
    /// A name under `shows` that is neither a rule nor a number of the clinical facts: it shows nothing,
    /// and deleting its case would leave the report as it is.
    public struct UnknownTag: Hashable, Sendable {
        public let tag: String
        /// The name of the case.
        public let name: String
        /// Where the case is.
        public let file: String
    }

    /// Those of the catalogue whose table asks for cases; the numbers in them make no row.
    public static func rows(of formulary: Formulary) -> [ClinicalRule] {
        RuleCatalogue.rules(of: formulary, .standard).filter(\.table.needsCases)
    }

    /// In the order of the cases.
    public static func unknownTags(
        in cases: [ClinicalCase], of formulary: Formulary
    ) -> [UnknownTag] {
        let rules = Set(RuleCatalogue.rules(of: formulary, .standard).map(\.id))
        return cases.flatMap { found in
            found.shows.filter { !rules.contains($0) && !CaseTags.isKnown($0) }
                .map { UnknownTag(tag: $0, name: found.name, file: found.file) }
        }
    }
}
