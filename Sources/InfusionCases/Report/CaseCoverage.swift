public import Infusion

/// The rows of the clinical tables, each of which some case must show.
public enum CaseCoverage {
    /// Those of the catalogue whose table asks for cases.
    public static func rows(of formulary: Formulary) -> [ClinicalRule] {
        RuleCatalogue.rules(of: formulary).filter(\.table.needsCases)
    }
}
