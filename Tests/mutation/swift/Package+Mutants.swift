// Appended to the manifest in the copy that `scripts/mutants` makes: only the tests of the rules and of the
// formulary, the runner of the cases, and what these rest on.

package.products = []
package.targets.append(
    .executableTarget(
        name: "mutant-cases",
        dependencies: ["Faults", "Infusion", "InfusionCases", "InfusionKnowledge", "YAMLReader"],
        swiftSettings: strict))

var needed: Set<String> = []
var pending: Set = ["mutant-cases", "InfusionTests", "InfusionKnowledgeTests"]
while let name = pending.popFirst() {
    needed.insert(name)
    for dependency in package.targets.first(where: { $0.name == name })?.dependencies ?? [] {
        if case .byNameItem(let other, _) = dependency, !needed.contains(other) {
            pending.insert(other)
        }
    }
}
package.targets.removeAll { !needed.contains($0.name) }
