import InfusionJournal
import Testing

@Suite struct `The name of a rule set` {
    @Test func `it has both versions and comes back`() {
        let name = RuleSetName(formulary: "2026.11.0+north.1", pathways: "2026.11.0")
        #expect(name.text == "2026.11.0+north.1/2026.11.0")
        #expect(RuleSetName(name.text) == name)
    }

    @Test(arguments: ["2026.11.0", "none", ""])
    func `an event of an earlier release names no pathways`(text: String) {
        #expect(RuleSetName(text).formulary == text)
        #expect(RuleSetName(text).pathways == nil)
        #expect(RuleSetName(text).text == text)
    }
}
