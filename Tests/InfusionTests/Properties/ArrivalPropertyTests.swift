import Foundation
import Infusion
import Testing

/// Facts that do not depend on each other, learned in one order and in others, all of them before
/// anything is decided on them.
@Suite struct `The order in which facts arrive` {
    @Test func `it changes no status, gate, need, recheck or response`() throws {
        var classifications: Set<IronClassification> = []
        var verdicts: [Verdict: Int] = [:]
        var reasons: Set<String> = []
        var plans = 0
        for seed in Histories.seeds {
            var random = SplitMix64(seed: seed)
            let context: ClinicalContext = seed.isMultiple(of: 3) ? .oncology : .general
            let base = treated(seed.isMultiple(of: 2) ? .newYork : .rome, context)
            let facts = facts(after: base, context, &random)
            let first = try picture(base, facts)
            for _ in 0..<3 {
                let other = try picture(base, facts.shuffled(using: &random))
                #expect(first == other, "seed \(seed)")
            }
            classifications.formUnion(first.statuses.map(\.classification))
            for finding in first.gates { verdicts[finding.verdict, default: 0] += 1 }
            reasons.formUnion(first.queue.map(\.reason))
            if case .success = first.plan { plans += 1 }
        }
        #expect(classifications.count >= HistoryDemands.arrivalClassifications)
        #expect(reasons.count >= HistoryDemands.arrivalReasons)
        expectDepth("verdicts", verdicts, atLeast: HistoryDemands.arrivalVerdicts)
        #expect(plans >= HistoryDemands.arrivalPlans)
    }

    /// A woman in the middle of a course of ferric carboxymaltose.
    private func treated(_ clinic: Clinic, _ context: ClinicalContext) -> Story {
        given(clinic) { story in
            story.patient(
                .female, [context],
                facts: [.pregnancy(.notPregnant), .hypophosphatemiaRisk(present: true)],
                on: "2026-03-01")
            switch clinic.region {
            case .us:
                story.ordered(on: "2026-03-02")
                story.dose(1, 750, on: "2026-03-02")
            case .eu:
                story.ordered(
                    product: "ferinject", row: "FCM-EU-inf", prescribed: [1000, 500],
                    method: .simplifiedTable, on: "2026-03-02")
                story.dose(1, 1000, on: "2026-03-02")
            }
        }
    }

    /// Results of many analytes, weights, transfusions and one new word on each of several
    /// subjects, all of different instants but a saturation's two parts.
    private func facts(
        after story: Story, _ context: ClinicalContext, _ random: inout SplitMix64
    ) -> [PatientCommand] {
        let start = story.clinic.at("2026-03-03 08:00")
        var instants = (0..<30).map { start.adding(hours: $0 * 72) }.shuffled(using: &random)
        var number: UInt64 = 100
        func instant() -> Instant {
            instants.removeLast().adding(hours: Int64(random.number(0...60)))
        }
        func lab(_ analyte: Analyte, _ value: Int, at: Instant) -> PatientCommand {
            number += 1
            return .recordLabs([Act.result(number, analyte, Decimal(value), at)])
        }
        let analytes: [(Analyte, ClosedRange<Int>)] = [
            (.hemoglobin, 6...13), (.ferritin, 10...300), (.transferrinSaturation, 5...40),
            (.phosphate, 1...4), (.cReactiveProtein, 1...120),
        ]
        var commands = (0..<14).map { _ in
            let (analyte, range) = random.pick(analytes)
            return lab(analyte, random.number(range), at: instant())
        }
        let drawn = instant()
        commands.append(lab(.iron, random.number(20...80), at: drawn))
        commands.append(lab(.totalIronBindingCapacity, random.number(250...450), at: drawn))
        for _ in 0..<2 {
            commands.append(
                .recordMeasurements(
                    weight: Kilograms(Decimal(random.number(45...95))), height: nil,
                    at: instant()))
            number += 1
            commands.append(
                .recordTransfusion(Transfusion(id: id(number), units: 1), at: instant()))
        }
        let last = story.clinic.at("2026-06-08 08:00")
        commands.append(lab(.hemoglobin, random.number(7...11), at: last))
        commands.append(.recordMeasurements(weight: Kilograms(78), height: nil, at: last))
        let words: [ClinicalFact] = [
            .infection(active: random.chance(4)), .infection(active: false),
            .cardiovascularDisease(random.chance(2)), .hypophosphatemiaRisk(present: false),
            .condition(.inflammation, present: random.chance(2)),
            .therapy(.chemotherapy, active: random.chance(2)),
            .symptom(.fatigue, present: random.chance(2)),
            .ironAllergy(IronAllergy(moiety: .ironSucrose, serious: random.chance(2))),
        ]
        for word in words where !random.chance(3) {
            commands.append(.setClinicalContext([context], facts: [word], at: instant()))
        }
        return commands
    }

    private func picture(_ base: Story, _ facts: [PatientCommand]) throws(Refusal) -> FinalPicture {
        var story = base
        for fact in facts { story.does(fact, at: "2026-06-10 08:00") }
        let now = story.clinic.at("2026-06-10 10:00")
        let next =
            switch story.clinic.region {
            case .us:
                Act.order(
                    2, product: "infed", row: "LMWID-US", prescribed: [100, 100],
                    method: .ganzoni, signed: now)
            case .eu:
                Act.order(
                    2, product: "venofer-eu", row: "IS-EU", prescribed: [200, 200],
                    method: .ganzoni, signed: now)
            }
        return try FinalPicture(
            story.state, in: story.clinic.context(now: now), open: id(1), next: next)
    }
}
