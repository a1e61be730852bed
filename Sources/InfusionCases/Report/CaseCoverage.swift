public import Infusion
import InfusionKnowledge

/// The rows of the clinical tables, each of which some case must show.
public enum CaseCoverage {
    /// Those of the catalogue whose table asks for cases; the numbers in them make no row.
    public static func rows(of formulary: Formulary) -> [ClinicalRule] {
        RuleCatalogue.rules(of: formulary, .standard).filter(\.table.needsCases)
    }
}
