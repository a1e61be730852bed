import InfusionJournal

extension RuleSetName {
    /// `formulary 2026.11.0 and pathways 2026.11.0`.
    var words: String {
        "formulary \(formulary)" + (pathways.map { " and pathways \($0)" } ?? "")
    }
}
