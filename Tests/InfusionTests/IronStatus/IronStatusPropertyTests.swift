import Foundation
import Infusion
import InfusionKnowledge
import Testing

/// What must hold for every combination of context, markers, comparators and circumstances.
@Suite struct IronStatusPropertyTests {
    private static let ferritins: [Decimal] = [0, 15, 30, 99, 100, 200, 300, 500, 700, 800, 2000]
    private static let saturations: [Decimal] = [0, 5, 19, 20, 25, 30, 39, 40, 45, 46, 50, 100]

    private static func exact(_ values: [Decimal]) -> [IronMarker?] {
        [nil] + values.map { IronMarker($0) }
    }

    private static func compared(_ values: [Decimal]) -> [IronMarker?] {
        values.flatMap { value in
            Comparator.allCases.map { IronMarker(value, comparator: $0) }
        }
    }

    private static let circumstances: [Set<IronStatusCircumstance>] =
        [[]] + IronStatusCircumstance.allCases.map { [$0] }
        + [[.heartFailureMaintenance, .onErythropoiesisStimulatingAgent, .ibdRetreatment]]

    @Test(arguments: ClinicalContext.allCases)
    func `every combination of exact markers has one safe answer`(_ context: ClinicalContext) {
        check(
            context, Self.exact(Self.ferritins), Self.exact(Self.saturations), [nil, 6],
            Self.circumstances)
    }

    @Test(arguments: ClinicalContext.allCases)
    func `every combination with a comparator has one safe answer`(_ context: ClinicalContext) {
        let kinds: [Set<IronStatusCircumstance>] = [Self.circumstances.last ?? []]
        check(context, Self.compared(Self.ferritins), Self.exact([5, 20, 30, 46]), [6], kinds)
        check(
            context, Self.exact([15, 99, 300, 2000]), Self.compared(Self.saturations), [nil], kinds)
        check(context, Self.compared([100, 700]), Self.compared([20, 45]), [nil], kinds)
    }

    /// As far as a site may go, with one limit alone and with all of them at once.
    private static let ownPolicies: [ClinicalPolicy] = {
        let markers = [Analyte.ferritin, .transferrinSaturation].map(\.canonicalUnit)
        let ranges = PolicySetting.allCases.compactMap {
            setting -> (PolicySetting, ClosedRange<Decimal>)? in
            let row = ClinicalPathways.standard[setting]
            guard row.accepted != .fixed, case .decimal(let unit) = setting.shape,
                markers.contains(unit)
            else { return nil }
            return row.range.map { (setting, $0) }
        }
        func policy(_ own: [(PolicySetting, Decimal)]) -> ClinicalPolicy {
            var pathways = ClinicalPathways.standard
            for (setting, number) in own { _ = pathways.set(.decimal(number), for: setting) }
            return pathways.policy
        }
        let single = ranges.flatMap { setting, range in
            [policy([(setting, range.lowerBound)]), policy([(setting, range.upperBound)])]
        }
        let all = [
            policy(ranges.map { ($0, $1.lowerBound) }), policy(ranges.map { ($0, $1.upperBound) }),
        ]
        return single + all
    }()

    @Test(arguments: ClinicalContext.allCases)
    func `every combination has one safe answer by a site's own limits`(
        _ context: ClinicalContext
    ) {
        #expect(Self.ownPolicies.count > 30)
        let kinds: [Set<IronStatusCircumstance>] = [[], Self.circumstances.last ?? []]
        for policy in Self.ownPolicies {
            check(
                context, Self.exact([14, 29, 45, 80, 150, 250, 400, 600]),
                Self.exact([5, 19, 24, 29, 35, 43]), [nil, 6], kinds, by: policy)
        }
    }

    @Test func `no site lets through what a ceiling stops`() {
        for policy in Self.ownPolicies {
            for context in ClinicalContext.allCases {
                for (ferritin, saturation) in [(801, 10), (300, 51)] as [(Decimal, Decimal)] {
                    let status = IronStatus.classify(
                        IronStatusInput(
                            context: context, ferritin: IronMarker(ferritin),
                            saturation: IronMarker(saturation)), by: policy)
                    #expect(status.classification == .overload)
                }
            }
        }
    }

    @Test func `a context more never lets through what a ceiling stops`() {
        for policy in Self.ownPolicies {
            for context in ClinicalContext.allCases {
                for other in ClinicalContext.allCases {
                    for (ferritin, saturation) in [(501, 10), (600, 30), (701, 10), (250, 41)]
                        as [(Decimal, Decimal)]
                    {
                        func status(_ active: Set<ClinicalContext>) -> IronStatus {
                            IronStatus.classify(
                                IronStatusInput(
                                    context: context, activeContexts: active,
                                    ferritin: IronMarker(ferritin),
                                    saturation: IronMarker(saturation)), by: policy)
                        }
                        guard status([context]).classification == .overload else { continue }
                        #expect(status([context, other]).classification == .overload)
                    }
                }
            }
        }
    }

    private func check(
        _ context: ClinicalContext, _ ferritins: [IronMarker?], _ saturations: [IronMarker?],
        _ proteins: [Decimal?], _ circumstances: [Set<IronStatusCircumstance>],
        by policy: ClinicalPolicy = .standard
    ) {
        for ferritin in ferritins {
            for saturation in saturations {
                for protein in proteins {
                    for circumstance in circumstances {
                        let input = IronStatusInput(
                            context: context, ferritin: ferritin, saturation: saturation,
                            cReactiveProtein: protein.map { IronMarker($0) },
                            circumstances: circumstance)
                        if let broken = Self.broken(
                            IronStatus.classify(input, by: policy), input)
                        {
                            Issue.record("\(broken): \(input)")
                            return
                        }
                    }
                }
            }
        }
    }

    /// The invariant that the answer breaks, if any.
    private static func broken(_ status: IronStatus, _ input: IronStatusInput) -> String? {
        let allows =
            [.absolute, .functional].contains(status.classification)
            || status.eligibleToStart == true
        if allows, input.ferritin == nil || input.saturation == nil {
            return "allowed with a marker missing"
        }
        if allows, input.circumstances.contains(.stale) { return "allowed on invalid markers" }
        if [.overload, .discordant, .invalid].contains(status.classification),
            status.eligibleToStart == true
        {
            return "eligible above a ceiling or against a contradiction"
        }
        let kidney: [ClinicalContext] = [.ckdNonDialysis, .ckdPeritonealDialysis, .ckdHemodialysis]
        if kidney.contains(status.context),
            [.absolute, .functional].contains(status.classification),
            status.eligibleToStart != true, !status.flags.contains(.startRuleDisagrees)
        {
            return "deficient where the kidney rule would not start, and nothing says so"
        }
        if [.replete, .notDeficient].contains(status.classification),
            input.ferritin == nil || input.saturation == nil
        {
            return "normal with a marker missing"
        }
        if status.classification == .indeterminate, status.flags.isEmpty {
            return "open without a reason"
        }
        return nil
    }

    @Test(arguments: ClinicalContext.allCases)
    func `a comparator never says more than every number behind it`(_ context: ClinicalContext) {
        for bound in Self.ferritins where bound > 0 {
            let below = Self.classify(context, IronMarker(bound, comparator: .lessThan))
            guard below != .indeterminate else { continue }
            for value in Self.ferritins where value < bound {
                #expect(Self.classify(context, IronMarker(value)) == below)
            }
        }
        for bound in Self.ferritins {
            let above = Self.classify(context, IronMarker(bound, comparator: .greaterOrEqual))
            guard above != .indeterminate else { continue }
            for value in Self.ferritins where value >= bound {
                #expect(Self.classify(context, IronMarker(value)) == above)
            }
        }
    }

    private static func classify(
        _ context: ClinicalContext, _ ferritin: IronMarker
    ) -> IronClassification {
        IronStatus.classify(
            IronStatusInput(
                context: context, ferritin: ferritin, saturation: IronMarker(15),
                cReactiveProtein: IronMarker(3)), by: .standard
        ).classification
    }

    @Test(arguments: ClinicalContext.allCases)
    func `every predicate can be read alone`(_ context: ClinicalContext) {
        let input = IronStatusInput(
            context: context, ferritin: IronMarker(50, evidence: [EventVersion(3)]),
            saturation: IronMarker(15, comparator: .lessThan, evidence: [EventVersion(4)]))
        let predicates = IronStatus.classify(input, by: .standard).predicates
        #expect(!predicates.isEmpty)
        for predicate in predicates {
            #expect(!predicate.source.isEmpty)
            #expect(predicate.unit != nil)
            switch predicate.name {
            case "ferritin":
                #expect(predicate.value == "50")
                #expect(predicate.holds != nil)
                #expect(predicate.evidence == [EventVersion(3)])
            case "transferrin-saturation":
                #expect(predicate.value == "<15")
                #expect(predicate.evidence == [EventVersion(4)])
            case "c-reactive-protein":
                #expect(predicate.value == nil)
                #expect(predicate.holds == nil)
            default: Issue.record("an unexpected predicate: \(predicate.name)")
            }
        }
    }
}
