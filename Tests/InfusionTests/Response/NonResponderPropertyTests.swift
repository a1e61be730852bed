import Foundation
import Infusion
import Testing

/// R-30, facts §7.2 row 10, SEED-B: why it might not have worked is always answered.
@Suite struct `A course that has finally failed` {
    /// What else was measured on day 42.
    private enum Rest: CaseIterable {
        case nothing, normal, lowVitaminB12, lowFolate, smallRedCells, lowFiltrationRate

        var results: [(Analyte, Decimal)] {
            guard self != .nothing else { return [] }
            return [
                (.vitaminB12, self == .lowVitaminB12 ? 150 : 400),
                (.folate, self == .lowFolate ? 3 : 9),
                (.meanCorpuscularVolume, self == .smallRedCells ? 66 : 88),
                (
                    .estimatedGlomerularFiltrationRate,
                    self == .lowFiltrationRate ? 25 : 90
                ),
            ]
        }
    }

    /// So much by 9 March 2026, haemoglobin 9 before it.
    private func treated(
        _ doses: [Decimal], _ contexts: Set<ClinicalContext>, facts: [ClinicalFact]
    ) -> Story {
        given { story in
            story.patient(.male, contexts, facts: facts, on: "2026-03-01")
            story.ordered(indication: contexts.first ?? .general, on: "2026-03-02")
            for (index, (dose, day)) in zip(doses, ["2026-03-02", "2026-03-09"]).enumerated() {
                story.dose(UInt64(index + 1), dose, on: day)
            }
        }
    }

    @Test(arguments: [
        ([Decimal(750), 750], ClinicalContext.general, [ClinicalFact]()),
        ([750], .general, []), ([750, 750], .oncology, []), ([750, 750], .ckdNonDialysis, []),
        ([750, 750], .general, [.bleeding(.menstrual, active: true)]),
        ([750, 750], .general, [.therapy(.chemotherapy, active: true)]),
    ])
    func `has a cause, a missing test or a next step, whatever was measured`(
        _ doses: [Decimal], _ context: ClinicalContext, _ facts: [ClinicalFact]
    ) throws {
        let treated = treated(doses, [context], facts: facts)
        let now = treated.clinic.at("2026-04-21 12:00")
        var seen: Set<ResponseCause> = []
        for ferritin: Decimal? in [nil, 12, 29, 30, 80, 150, 801] {
            for saturation: Decimal? in [nil, 12, 25] {
                for protein: Decimal in [2, 20] {
                    for rest in Rest.allCases {
                        var story = treated
                        let iron: [(Analyte, Decimal?)] = [
                            (.hemoglobin, decimal("9.2")), (.ferritin, ferritin),
                            (.transferrinSaturation, saturation), (.cReactiveProtein, protein),
                        ]
                        for (analyte, value) in iron {
                            if let value { story.lab(analyte, value, on: "2026-04-20") }
                        }
                        for (analyte, value) in rest.results {
                            story.lab(analyte, value, on: "2026-04-20")
                        }
                        let found = try #require(
                            ResponseAssessment.assess(
                                given: story.state, at: now,
                                in: story.clinic.context(now: now)))
                        let what =
                            "ferritin \(ferritin.map { "\($0)" } ?? "none"), "
                            + "saturation \(saturation.map { "\($0)" } ?? "none"), "
                            + "protein \(protein), \(rest)"
                        #expect(found.level == .nonResponder, "\(what)")
                        #expect(!found.isProvisional, "\(what)")
                        #expect(!found.verdicts.isEmpty, "\(what)")
                        #expect(found.verdicts.allSatisfy { !$0.nextStep.isEmpty }, "\(what)")
                        if rest == .nothing {
                            #expect(found.missing.contains(.vitaminB12), "\(what)")
                            #expect(found.missing.contains(.folate), "\(what)")
                        }
                        if !found.missing.isEmpty {
                            #expect(found.verdicts.last?.cause == .needsData, "\(what)")
                        }
                        seen.formUnion(found.verdicts.map(\.cause))
                    }
                }
            }
        }
        #expect(seen.isSuperset(of: [.vitaminDeficiency, .misdiagnosis, .needsData]))
    }
}
