import Foundation
import Infusion
import InfusionKnowledge
import Testing

@Suite struct IronStatusTests {
    private typealias Fixture = StatusFixture

    @Test(arguments: StatusGrid.all)
    func `every boundary of the catalogue has its class`(_ grid: StatusGrid) {
        #expect(grid.cells.map(\.ferritin) == StatusGrid.ferritins)
        for context in grid.contexts {
            for inflammation in grid.inflammation {
                let protein: String? =
                    switch inflammation {
                    case .raised: "5.1"
                    case .normal: "5"
                    case .missing: nil
                    }
                for (ferritin, answers) in grid.cells {
                    let found = StatusGrid.saturations.map { saturation in
                        StatusGrid.letter(
                            Fixture.classify(context, ferritin, saturation, crp: protein)
                                .classification)
                    }
                    #expect(
                        String(found) == String(answers),
                        "\(context), ferritin \(ferritin), CRP \(inflammation)")
                }
            }
        }
    }

    @Test func `the grids leave no context and no inflammation out`() {
        for context in ClinicalContext.allCases where context != .ckdHemodialysis {
            let seen = StatusGrid.all.filter { $0.contexts.contains(context) }.flatMap(
                \.inflammation)
            #expect(Set(seen) == [.raised, .normal, .missing], "\(context)")
            #expect(seen.count == 3)
        }
    }

    @Test(arguments: StatusGrid.eligibility)
    func `eligibility to start is apart from the class`(_ grid: StatusGrid.Eligibility) {
        #expect(grid.cells.map(\.ferritin) == StatusGrid.ferritins)
        for (ferritin, answers) in grid.cells {
            for (saturation, expected) in zip(StatusGrid.saturations, answers) {
                let status = Fixture.classify(
                    grid.context, ferritin, saturation,
                    Set([grid.circumstance].compactMap(\.self)))
                let found = status.eligibleToStart.map { $0 ? Character("+") : "-" } ?? "?"
                // R-13: with ferritin of 200 or more a saturation above 45 is overload everywhere.
                #expect(found == expected, "\(ferritin) \(saturation ?? "none")")
            }
        }
    }

    @Test func `contexts without a rule of their own give no eligibility`() {
        for context in [
            ClinicalContext.general, .pregnancy, .preOperative, .heartFailure, .oncology,
            .ibdActive,
        ] {
            #expect(Fixture.classify(context, "20", "10").eligibleToStart == nil)
        }
    }

    @Test(arguments: [
        ClinicalContext.oncology, .metastaticBreastCancer, .heartFailure, .ibdActive, .ibdInactive,
        .ckdNonDialysis, .ckdPeritonealDialysis, .ckdHemodialysis, .preOperative,
    ])
    func `a C-reactive protein that its context asks for and nobody measured is named`(
        _ context: ClinicalContext
    ) {
        func named(_ crp: String?) -> [Infusion.Predicate] {
            Fixture.classify(context, "50", "15", crp: crp).predicates
                .filter { $0.name == "c-reactive-protein" }
        }
        #expect(named(nil).map(\.value) == [nil])
        #expect(named(nil).map(\.holds) == [nil])
        #expect(named("3").allSatisfy { $0.value == "3" })
        // It is named, and the answer does not wait for it where it does not turn on it.
        #expect(
            Fixture.classify(context, "20", "15").classification
                == Fixture.classify(context, "20", "15", crp: "3").classification)
    }

    // MARK: The examples that the fact sheet spells out

    @Test func `ferritin exactly 100 and saturation 15`() {
        #expect(Fixture.classify(.general, "100", "15", crp: "20").classification == .sequestration)
        #expect(Fixture.classify(.general, "100", "15").classification == .indeterminate)
        #expect(Fixture.classify(.general, "100", "15").flags == [.cReactiveProteinMissing])
        #expect(Fixture.classify(.oncology, "100", "15").classification == .absolute)
        #expect(Fixture.classify(.heartFailure, "100", "15").classification == .functional)
        #expect(Fixture.classify(.ckdNonDialysis, "100", "15").eligibleToStart == true)
        #expect(Fixture.classify(.ibdActive, "100", "15").classification == .functional)
        #expect(Fixture.classify(.pregnancy, "100", "15").classification == .possible)
    }

    @Test func `ferritin exactly 300 and saturation 15`() {
        #expect(Fixture.classify(.heartFailure, "300", "15").classification == .sequestration)
        let maintenance = Fixture.classify(.heartFailure, "300", "15", [.heartFailureMaintenance])
        #expect(maintenance.eligibleToStart == true)
        #expect(Fixture.classify(.ckdNonDialysis, "300", "15").eligibleToStart == false)
        #expect(Fixture.classify(.ckdHemodialysis, "300", "15").eligibleToStart == true)
    }

    @Test func `metastatic breast cancer is judged by the oncology row`() {
        for ferritin in StatusGrid.ferritins {
            for saturation in StatusGrid.saturations {
                let here = Fixture.classify(.metastaticBreastCancer, ferritin, saturation)
                let there = Fixture.classify(.oncology, ferritin, saturation)
                #expect(here.classification == there.classification)
                #expect(here.flags == there.flags)
            }
        }
    }

    // MARK: Precedence (R-13)

    @Test(arguments: ClinicalContext.allCases)
    func `saturation above 45 with ferritin below 100 is discordant`(_ context: ClinicalContext) {
        #expect(Fixture.classify(context, "99.9", "45.1").classification == .discordant)
        #expect(Fixture.classify(context, "20", "46").classification == .discordant)
    }

    @Test(arguments: ClinicalContext.allCases)
    func `saturation above 45 with ferritin of 200 is overload, from 100 to there a flag`(
        _ context: ClinicalContext
    ) {
        #expect(Fixture.classify(context, "200", "45.1").classification == .overload)
        let between = Fixture.classify(context, "199.9", "45.1")
        switch context {
        case .ckdNonDialysis, .ckdPeritonealDialysis, .ckdHemodialysis:
            // The kidney ceiling of 40 % is stricter.
            #expect(between.classification == .overload)
        case .general, .oncology, .metastaticBreastCancer, .heartFailure, .ibdActive, .ibdInactive,
            .pregnancy, .preOperative:
            #expect(between.classification == .notDeficient)
            #expect(between.flags.contains(.highSaturation))
        }
    }

    @Test(arguments: ClinicalContext.allCases)
    func `overload fires on ferritin alone`(_ context: ClinicalContext) {
        #expect(Fixture.classify(context, "800.1", nil).classification == .overload)
        let kidney = [.ckdNonDialysis, .ckdPeritonealDialysis, .ckdHemodialysis].contains(context)
        #expect((Fixture.classify(context, "700.1", nil).classification == .overload) == kidney)
    }

    @Test func `the strictest ceiling of all active contexts applies`() {
        let kidney: Set<ClinicalContext> = [.ckdHemodialysis, .heartFailure]
        #expect(Fixture.classify(.heartFailure, "50", "40").classification == .absolute)
        #expect(
            Fixture.classify(.heartFailure, "50", "40", active: kidney).classification == .overload)
        #expect(
            Fixture.classify(.heartFailure, "700.1", "15", active: kidney).classification
                == .overload)
        #expect(Fixture.classify(.general, "150", "50").classification == .notDeficient)
        #expect(
            Fixture.classify(.general, "150", "50", active: [.oncology]).classification == .overload
        )
    }

    @Test func `a site's own ceiling holds beside a context's`() {
        var pathways = ClinicalPathways.standard
        let isTaken = pathways.set(.decimal(500), for: .ferritinCeiling)
        #expect(isTaken)
        func status(_ active: Set<ClinicalContext>, _ ferritin: Decimal) -> IronStatus {
            IronStatus.classify(
                IronStatusInput(
                    context: .heartFailure, activeContexts: active,
                    ferritin: IronMarker(ferritin), saturation: IronMarker(25)),
                by: pathways.policy)
        }
        for active: Set<ClinicalContext> in [
            [.heartFailure], [.heartFailure, .oncology], [.heartFailure, .ckdHemodialysis],
            [.heartFailure, .oncology, .ckdHemodialysis],
        ] {
            #expect(status(active, decimal("500.1")).classification == .overload)
            #expect(status(active, 500).classification != .overload)
        }
    }

    @Test(arguments: ClinicalContext.allCases)
    func `known overload is overload, whatever the markers`(_ context: ClinicalContext) {
        for (ferritin, saturation) in [("20", "10"), ("20", "60"), (nil, nil)]
            as [(String?, String?)]
        {
            let status = Fixture.classify(context, ferritin, saturation, [.knownIronOverload])
            #expect(status.classification == .overload)
            #expect(status.flags.contains(.knownIronOverload))
            #expect(status.eligibleToStart != true)
        }
    }

    @Test(arguments: [
        (IronStatusCircumstance.collectedAfterIron, IronStatusFlag.collectedAfterIron),
        (.collectedAfterTransfusion, .collectedAfterTransfusion),
        (.collectedDuringInfection, .collectedDuringInfection), (.stale, .stale),
    ])
    func `invalid markers are not classified`(
        _ circumstance: IronStatusCircumstance, _ flag: IronStatusFlag
    ) {
        for context in ClinicalContext.allCases {
            let status = Fixture.classify(context, "10", "5", [circumstance, .knownIronOverload])
            #expect(status.classification == .invalid)
            #expect(status.flags == [flag, .knownIronOverload])
            #expect(status.eligibleToStart != true)
        }
    }

    @Test func `impossible markers are invalid`() {
        #expect(Fixture.classify(.general, "-1", "15").flags == [.valueImpossible])
        #expect(Fixture.classify(.general, "10", "100.1").flags == [.valueImpossible])
        #expect(Fixture.classify(.general, "10", "0.18").flags == [.saturationLooksLikeFraction])
        #expect(Fixture.classify(.general, "10", "0.18").classification == .invalid)
        #expect(Fixture.classify(.general, "10", "0").classification == .absolute)
        #expect(Fixture.classify(.general, "10", "1").classification == .absolute)
    }

    // MARK: Missing markers

    @Test(arguments: ClinicalContext.allCases)
    func `without ferritin or saturation nothing is proven and nothing normal`(
        _ context: ClinicalContext
    ) {
        for saturation in StatusGrid.saturations {
            let status = Fixture.classify(context, nil, saturation, crp: "3")
            #expect(status.classification == .indeterminate)
            #expect(status.flags.contains(.ferritinMissing))
            #expect(status.eligibleToStart == nil)
        }
        for ferritin in StatusGrid.ferritins {
            let status = Fixture.classify(context, ferritin, nil, crp: "3")
            #expect(
                [.indeterminate, .absoluteProvisional, .overload].contains(status.classification))
            #expect(status.eligibleToStart != true)
        }
    }

    @Test func `the general row is for adults`() {
        #expect(Fixture.classify(.general, "10", "5", [.notAdult]).classification == .indeterminate)
        #expect(Fixture.classify(.general, "900", "5", [.notAdult]).classification == .overload)
        let bowel = Fixture.classify(.ibdActive, "10", "5", [.notAdult])
        #expect(bowel.classification == .absolute)
        #expect(bowel.flags == [.notAdult])
    }

    @Test func `clinical inflammation counts as a raised C-reactive protein`() {
        #expect(
            Fixture.classify(.general, "50", "15", [.inflammation]).classification == .functional)
        #expect(
            Fixture.classify(.general, "50", "15", crp: "1", [.inflammation]).classification
                == .functional)
    }

    @Test func `AGA's cut-off of 45 is a variant`() {
        func classification(_ ferritin: String, _ saturation: String?, _ cutoff: Decimal)
            -> IronClassification
        {
            var pathways = ClinicalPathways.standard
            let isTaken = pathways.set(.decimal(cutoff), for: .generalFerritinAbsolute)
            #expect(isTaken)
            return IronStatus.classify(
                IronStatusInput(
                    context: .general, ferritin: Fixture.marker(ferritin),
                    saturation: Fixture.marker(saturation)), by: pathways.policy
            ).classification
        }
        #expect(classification("44.9", "15", 45) == .absolute)
        #expect(classification("44.9", nil, 45) == .absoluteProvisional)
        #expect(classification("44.9", "25", 30) == .notDeficient)
        #expect(classification("45", "25", 45) == .notDeficient)
    }

    // MARK: Flags

    @Test func `flags say where guidelines differ`() {
        #expect(Fixture.classify(.oncology, "50", "25").flags == [.guidelineOnly])
        #expect(Fixture.classify(.oncology, "29.9", "25").flags.isEmpty)
        #expect(Fixture.classify(.heartFailure, "50", "25").flags == [.packerDisagrees])
        #expect(Fixture.classify(.heartFailure, "50", "15").flags.isEmpty)
        #expect(Fixture.classify(.heartFailure, "300", "15").flags == [.packerDisagrees])
        #expect(
            Fixture.classify(.oncology, "600", "30", [.onErythropoiesisStimulatingAgent]).flags
                == [.individualize])
        #expect(Fixture.classify(.ckdHemodialysis, "600", "25").flags == [.reviewDose])
        #expect(
            Fixture.classify(.preOperative, "50", "25", crp: "1", [.majorBloodLossExpected]).flags
                == [.lowStoresForExpectedLoss])
    }

    /// §3: ferritin alone classifies as absolute below 30; the kidney's rules for starting are no
    /// definitions and are kept apart.
    @Test func `on haemodialysis a ferritin below 30 is absolute where the start rule says no`() {
        for saturation in ["30.1", "35", "39.9"] {
            let status = Fixture.classify(.ckdHemodialysis, "29.9", saturation)
            #expect(status.classification == .absolute)
            #expect(status.eligibleToStart == false)
            #expect(status.flags == [.startRuleDisagrees])
        }
        let starts = Fixture.classify(.ckdHemodialysis, "29.9", "30")
        #expect(starts.classification == .absolute)
        #expect(starts.eligibleToStart == true)
        #expect(starts.flags.isEmpty)
        #expect(
            Fixture.classify(.ckdHemodialysis, "30", "35").classification == .notDeficient)
        #expect(Fixture.classify(.ckdHemodialysis, "29.9", "40").classification == .overload)
    }

    @Test func `what ferritin shows by itself is said without a saturation too`() {
        let loss: Set<IronStatusCircumstance> = [.majorBloodLossExpected]
        let low = Fixture.classify(.preOperative, "60", nil, loss)
        #expect(low.classification == .indeterminate)
        #expect(low.flags == [.saturationMissing, .lowStoresForExpectedLoss])
        let lower = Fixture.classify(.preOperative, "20", nil, loss)
        #expect(lower.classification == .absoluteProvisional)
        #expect(lower.flags == [.saturationMissing, .lowStoresForExpectedLoss])
        #expect(Fixture.classify(.preOperative, "100", nil, loss).flags == [.saturationMissing])
        #expect(
            Fixture.classify(.ckdHemodialysis, "600", nil).flags
                == [.saturationMissing, .reviewDose])
        // Contradicting markers show nothing, and possible benefit needs a saturation below 50.
        #expect(Fixture.classify(.preOperative, "60", "50", loss).flags.isEmpty)
        #expect(
            Fixture.classify(.oncology, "600", nil, [.onErythropoiesisStimulatingAgent]).flags
                == [.saturationMissing])
    }

    @Test func `reticulocyte haemoglobin below 29 pg is a flag`() {
        var input = IronStatusInput(
            context: .ckdHemodialysis, ferritin: Fixture.marker("400"),
            saturation: Fixture.marker("25"),
            reticulocyteHemoglobin: Fixture.marker("28.9"))
        #expect(IronStatus.classify(input, by: .standard).flags == [.reticulocyteHemoglobinLow])
        input.reticulocyteHemoglobin = Fixture.marker("29")
        #expect(IronStatus.classify(input, by: .standard).flags.isEmpty)
    }
}
