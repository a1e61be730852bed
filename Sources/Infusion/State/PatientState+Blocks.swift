extension PatientState {
    /// What stands in the way of iron here for good and does not in `other`: reactions and allergies, known
    /// overload, an infection. Each as the statement that makes it stand there too; a block is never lost where
    /// two histories become one, or one two (facts §10.3, §10.1 rules 6 and 8).
    func blocks(missingIn other: PatientState) -> [ClinicalFact] {
        let known = Exposure.reactions(other)
        var missing: [ClinicalFact] = []
        for exposure in Exposure.reactions(self) {
            let isKnown = known.contains { told in
                told.moiety == exposure.moiety && (told.serious || !exposure.serious)
            }
            let fact = ClinicalFact.ironAllergy(
                IronAllergy(moiety: exposure.moiety, serious: exposure.serious))
            if !isKnown, !missing.contains(fact) { missing.append(fact) }
        }
        if facts.knownIronOverload.latest?.value == true,
            other.facts.knownIronOverload.latest?.value != true
        {
            missing.append(.knownIronOverload(true))
        }
        if facts.infection.latest?.value == true, other.facts.infection.latest?.value != true {
            missing.append(.infection(active: true))
        }
        return missing
    }
}
