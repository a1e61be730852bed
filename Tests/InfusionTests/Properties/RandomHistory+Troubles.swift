import Foundation
import Infusion

/// What may be wrong with one visit, each with the gate it is about.
extension RandomHistory {
    struct Trouble {
        let gate: Gate
        /// What happens before the dose is asked for.
        let before: [VisitStep]
        var start: VisitStep = .start
        /// What mends it on the same day; nothing does where this is empty.
        var after: [VisitStep] = []
        /// Possible with few products or patients, and so taken first where it is.
        var isRare = false
    }

    /// Results that are drawn together.
    enum Panel {
        /// Iron deficiency anemia, and what a course of iron asks for.
        case intake
        /// Hemoglobin and phosphate, as they are when nothing is wrong.
        case count
        case replete, overloaded, inflamed, lowPhosphate, lowHemoglobin, highHemoglobin
    }

    /// What has been wrong least often with this patient; what is rare before the rest.
    mutating func pickTrouble(for order: OrderRecord) -> Trouble? {
        let all = troubles(for: order)
        let fewest = all.map { met[$0.gate, default: 0] }.min() ?? 0
        let new = all.filter { met[$0.gate, default: 0] == fewest }
        let rare = new.filter(\.isRare)
        if new.isEmpty { return nil }
        return random.pick(rare.isEmpty || random.chance(3) ? new : rare)
    }

    private func troubles(for order: OrderRecord) -> [Trouble] {
        var all = troublesOfTheDay + troublesOfThePatient + troubles(of: order.order.moiety)
        all.append(excess(order.order.dosingRow.name))
        if story.state.doses(of: order.id).isEmpty {
            all += troublesOfTheDiagnosis(order.order.indication)
        }
        if order.order.dosingRow.name == "FCM-US-HF" {
            all.append(
                Trouble(
                    gate: .heartFailureHemoglobin, before: [.draw(.highHemoglobin)],
                    after: [.draw(.count)], isRare: true))
        }
        if isLate { all += troublesForGood(order.order.moiety) }
        return all
    }

    /// More than a visit may give, of some rows more than a week may; the right dose mends it.
    private func excess(_ row: String) -> Trouble {
        let hasWeek = LabelLimits.byRow[row]?.week != nil
        return Trouble(
            gate: hasWeek ? .cumulativeDose : .weightAndAge, before: [], start: .startTooMuch,
            after: [.screen], isRare: hasWeek)
    }

    /// At the chair.
    private var troublesOfTheDay: [Trouble] {
        let vitals = VitalSigns(
            systolic: 82, diastolic: 50, heartRate: 110, respiratoryRate: 18,
            oxygenSaturation: 95, temperature: 37)
        let stable = Act.check.vitals
        func check(_ gate: Gate, _ check: ChairsideCheck) -> Trouble {
            Trouble(gate: gate, before: [.check(check)], after: [.check(Act.check)])
        }
        return [
            check(.vitals, ChairsideCheck(vitals: vitals, isStaffed: true, hasConsent: true)),
            check(.staff, ChairsideCheck(vitals: stable, isStaffed: false, hasConsent: true)),
            check(.consent, ChairsideCheck(vitals: stable, isStaffed: true, hasConsent: false)),
            Trouble(gate: .transfusionSameDay, before: [.transfuse]),
            Trouble(
                gate: .transfusion, before: [.draw(.lowHemoglobin)], after: [.draw(.count)]),
            Trouble(
                gate: .cardiotoxicChemotherapy,
                before: [.tell([.general], [infusion(cardiotoxic: true)])]),
        ]
    }

    /// From an hour ago, for three hours.
    private func infusion(cardiotoxic: Bool) -> ClinicalFact {
        .cancerInfusion(
            CancerInfusion(
                start: now.adding(hours: -1), end: now.adding(hours: 2), cardiotoxic: cardiotoxic))
    }

    private var troublesOfThePatient: [Trouble] {
        var all = [
            told(.infection, .infection(active: true), .infection(active: false)),
            told(.overload, .knownIronOverload(true), .knownIronOverload(false)),
            told(
                .atopy, .condition(.atopy, present: true), .condition(.atopy, present: false)),
        ]
        if let registration = story.state.registration, registration.gender == .female,
            let birth = registration.identity.value?.birthDate, birth > date("1990-01-01")
        {
            let due = today.adding(days: 230)
            all.append(
                told(
                    .firstTrimester, .pregnancy(.pregnant(estimatedDueDate: due)),
                    .pregnancy(.notPregnant), isRare: true))
        }
        return all
    }

    private func told(
        _ gate: Gate, _ wrong: ClinicalFact, _ mended: ClinicalFact, isRare: Bool = false
    ) -> Trouble {
        Trouble(
            gate: gate, before: [.tell([.general], [wrong])], after: [.tell([.general], [mended])],
            isRare: isRare)
    }

    /// Of the results that a course is begun on.
    private func troublesOfTheDiagnosis(_ indication: ClinicalContext) -> [Trouble] {
        guard indication == .general else { return [] }
        return [
            Trouble(gate: .overload, before: [.draw(.overloaded)], after: [.draw(.intake)]),
            Trouble(
                gate: .notIronDeficiency, before: [.draw(.replete)], after: [.draw(.intake)],
                isRare: true),
            Trouble(
                gate: .sequestration, before: [.draw(.inflamed)], after: [.draw(.intake)],
                isRare: true),
            Trouble(
                gate: .metastaticBreastCancer,
                before: [.tell([.general, .metastaticBreastCancer], []), .draw(.replete)],
                after: [.tell([.general], []), .draw(.intake)], isRare: true),
        ]
    }

    private func troubles(of moiety: Moiety) -> [Trouble] {
        switch moiety {
        case .ferricCarboxymaltose:
            let phosphate = Trouble(
                gate: .phosphate, before: [.draw(.lowPhosphate)], after: [.draw(.count)],
                isRare: true)
            let symptoms = told(
                .phosphateSymptoms, .symptom(.bonePain, present: true),
                .symptom(.bonePain, present: false), isRare: true)
            return story.state.administered.contains { $0.moiety == moiety }
                ? [phosphate, symptoms, lightness] : [phosphate, lightness]
        case .ferumoxytol:
            return [
                Trouble(
                    gate: .chemotherapySpacing,
                    before: [.tell([.general], [infusion(cardiotoxic: false)])],
                    after: [.later(hours: 4)], isRare: true),
                told(
                    .magneticResonance,
                    .planned(.magneticResonanceImaging, on: today.adding(days: 30)),
                    .planned(.magneticResonanceImaging, on: nil), isRare: true),
            ]
        case .ferricDerisomaltose: return [liver, lightness]
        case .ironDextran: return [liver]
        case .ironSucrose, .sodiumFerricGluconate: return []
        }
    }

    private var liver: Trouble {
        told(
            .liver, .condition(.decompensatedLiverDisease, present: true),
            .condition(.decompensatedLiverDisease, present: false),
            isRare: story.clinic.region == .eu)
    }

    /// Below the weight of the row, or of its dose.
    private var lightness: Trouble {
        Trouble(
            gate: .weightAndAge, before: [.weigh(48)], after: [.weigh(weight)])
    }

    private func troublesForGood(_ moiety: Moiety) -> [Trouble] {
        let other: Moiety = moiety == .ironDextran ? .ironSucrose : .ironDextran
        func allergy(_ gate: Gate, to moiety: Moiety?) -> Trouble {
            let allergy = IronAllergy(moiety: moiety, serious: true)
            return Trouble(
                gate: gate, before: [.tell([.general], [.ironAllergy(allergy)])], isRare: true)
        }
        return [
            allergy(.anaphylaxisSameProduct, to: moiety),
            allergy(.anaphylaxisAnyIron, to: story.clinic.region == .eu ? other : nil),
        ]
    }

    // MARK: Results

    /// All such as come out of pmol/L and mmol/L without a remainder.
    mutating func draw(_ panel: Panel) -> PatientCommand {
        let hemoglobin = random.pick([8, decimal("8.5"), 9, decimal("9.5")])
        let phosphate = (Analyte.phosphate, decimal("3.097"))
        switch panel {
        case .intake:
            counted = now
            return results([
                (.hemoglobin, hemoglobin), (.ferritin, decimal("12.015")),
                (.transferrinSaturation, 8), phosphate, (.cReactiveProtein, 2),
            ])
        case .count:
            counted = now
            return results([(.hemoglobin, hemoglobin), phosphate])
        case .replete:
            return results([(.ferritin, decimal("149.965")), (.transferrinSaturation, 30)])
        case .overloaded:
            return results([(.ferritin, decimal("890")), (.transferrinSaturation, 40)])
        case .inflamed:
            return results([
                (.ferritin, decimal("400.5")), (.transferrinSaturation, 10),
                (.cReactiveProtein, 150),
            ])
        case .lowPhosphate:
            counted = nil
            return results([(.phosphate, decimal("1.5485"))])
        case .lowHemoglobin:
            counted = nil
            return results([(.hemoglobin, 6)])
        case .highHemoglobin:
            counted = nil
            return results([(.hemoglobin, decimal("15.5"))])
        }
    }

    private mutating func results(_ values: [(Analyte, Decimal)]) -> PatientCommand {
        .recordLabs(
            values.map { analyte, value in
                LabResult(
                    id: fresh(), analyte: analyte, value: value.of(analyte), collectedAt: now,
                    status: .final, referenceLow: nil, source: nil)
            })
    }
}
